import Enrollment
import Storage
import Testing

@Suite("People and what is theirs alone", .timeLimit(.minutes(5)))
struct PersonRepositoryTests {
    private func person(_ id: PersonID = World.id()) -> PersonRepository.Row {
        .init(id: id, dataKey: [1, 2], sealedIdentity: [3])
    }

    @Test("a paper belongs to one person, also when many add it at once", arguments: Driver.allCases)
    func identifiers(driver: Driver) async throws {
        try await World.run(driver) { world in
            let rows = (0..<8).map { _ in person() }
            let holders = try await withThrowingTaskGroup(of: PersonID.self) { group in
                for row in rows {
                    group.addTask {
                        try await world.database.write(.signIn) { tx in
                            try PersonRepository.add(row, kind: "document", keyedHash: [7], at: World.now, in: tx)
                        }
                    }
                }
                return try await group.reduce(into: Set<PersonID>()) { $0.insert($1) }
            }
            #expect(holders.count == 1)
            let find = { (id: PersonID) in
                try await world.database.read(.person(id)) { try PersonRepository.find(id, in: $0) }
            }
            for row in rows { #expect(try await find(row.id) == (holders.contains(row.id) ? row : nil)) }
            let other = person()
            try await world.database.write(.signIn) { tx in
                _ = try PersonRepository.add(other, kind: "document", keyedHash: [8], at: World.now, in: tx)
                try PersonRepository.addIdentifier(kind: "document", keyedHash: [7], to: other.id, in: tx)
                #expect(try PersonRepository.find(kind: "document", keyedHash: [7], in: tx) == holders.first)
                try PersonRepository.addIdentifier(kind: "subject", keyedHash: [7], to: other.id, in: tx)
                #expect(try PersonRepository.find(kind: "subject", keyedHash: [7], in: tx) == other.id)
                #expect(try PersonRepository.find(kind: "subject", keyedHash: [9], in: tx) == nil)
            }
            #expect(try await find(other.id) == other)
            #expect(try await find(World.id()) == nil)
            try await world.database.write(.person(other.id)) { tx in
                try PersonRepository.setIdentity([9], of: other.id, in: tx)
                #expect(try PersonRepository.find(other.id, in: tx)?.sealedIdentity == [9])
            }
        }
    }

    @Test("a draft is its owner's: another person neither reads, replaces nor deletes it", arguments: Driver.allCases)
    func drafts(driver: Driver) async throws {
        try await World.run(driver) { world in
            let id: ApplicationID = World.id()
            let save = { (sealed: [UInt8], person: PersonID) in
                try await world.database.write(.person(person)) { tx in
                    try DraftRepository.save(
                        id, sealed: sealed, person: person, season: World.season, at: World.now, in: tx)
                }
            }
            try await save([1], world.mother)
            try await save([2], world.mother)
            // The same identifier under another person is another draft.
            try await save([6, 6, 6], world.stranger)
            try await world.database.write(.person(world.stranger)) { tx in
                #expect(try DraftRepository.find(id, person: world.stranger, in: tx) == [6, 6, 6])
                try DraftRepository.delete(id, person: world.stranger, in: tx)
            }
            try await world.database.write(.person(world.mother)) { tx in
                #expect(try DraftRepository.find(id, person: world.mother, in: tx) == [2])
                try DraftRepository.delete(id, person: world.mother, in: tx)
                #expect(try DraftRepository.find(id, person: world.mother, in: tx) == nil)
            }
        }
    }

    @Test("consent, household and guardianship are one person's, the latest kept", arguments: Driver.allCases)
    func household(driver: Driver) async throws {
        try await World.run(driver) { world in
            let later = World.now.adding(.seconds(9))
            try await world.database.write(.person(world.mother)) { tx in
                for _ in 0..<2 {
                    try PersonRepository.addConsent(
                        person: world.mother, purpose: "prefill", textVersion: "1", application: nil, at: World.now,
                        in: tx)
                }
                #expect(try PersonRepository.hasConsented(person: world.mother, purpose: "prefill", in: tx))
                #expect(try !PersonRepository.hasConsented(person: world.mother, purpose: "other", in: tx))
                try PersonRepository.setHousehold([1], of: world.mother, at: World.now, in: tx)
                try PersonRepository.setHousehold([2], of: world.mother, at: later, in: tx)
                let extract = try PersonRepository.household(of: world.mother, in: tx)
                #expect(extract?.sealed == [2] && extract?.fetchedAt == later)
                for relation in [Relation.guardian, .mother] {
                    try PersonRepository.setGuardianship(
                        guardian: world.mother, child: world.application.child, relation: relation, source: "declared",
                        at: World.now, in: tx)
                }
                let relations = try tx.rows("SELECT relation FROM guardianship").map { try $0.text("relation") }
                #expect(relations == ["mother"])
            }
            try await world.database.read(.person(world.stranger)) { tx in
                let consented = try PersonRepository.hasConsented(person: world.stranger, purpose: "prefill", in: tx)
                let household = try PersonRepository.household(of: world.stranger, in: tx)
                #expect(!consented && household == nil)
            }
        }
    }

    @Test("the query log is one person's, the latest first", arguments: Driver.allCases)
    func queries(driver: Driver) async throws {
        try await World.run(driver) { world in
            try await world.database.write(.person(world.stranger)) { tx in
                try QueryLogRepository.add(Samples.query, id: World.id() as CheckID, about: world.stranger, in: tx)
            }
            try await world.database.write(.person(world.mother)) { tx in
                for second in [1, 3, 2] {
                    try QueryLogRepository.add(
                        Samples.query(at: World.now.adding(.seconds(second))), id: World.id() as CheckID,
                        about: world.mother, in: tx)
                }
                let list = try QueryLogRepository.list(about: world.mother, limit: 2, in: tx)
                #expect(list == [3, 2].map { Samples.query(at: World.now.adding(.seconds($0))) })
            }
            let others = try await world.database.read(.person(world.stranger)) {
                try QueryLogRepository.list(about: world.stranger, limit: 9, in: $0)
            }
            #expect(others == [Samples.query])
        }
    }

    @Test("a session ends with its time or its sign-out", arguments: Driver.allCases)
    func sessions(driver: Driver) async throws {
        try await World.run(driver) { world in
            // Expired by the database's own clock too, which row security compares with.
            let (past, end) = (Instant(milliseconds: 1_000_000_000_000), Instant(milliseconds: 4_000_000_000_000))
            let row = SessionRepository.Row(person: world.mother, csrf: "c", expiresAt: end)
            let old = SessionRepository.Row(person: world.mother, csrf: "c", expiresAt: past)
            let find = { (hash: [UInt8], now: Instant) in
                try await world.database.read(.session(tokenHash: hash)) {
                    try SessionRepository.find(tokenHash: hash, at: now, in: $0)
                }
            }
            let before = past.adding(.seconds(-1))
            try await world.database.write(.signIn) { tx in
                for hash: [UInt8] in [[1], [2]] {
                    try SessionRepository.insert(row, tokenHash: hash, at: World.now, in: tx)
                }
                try SessionRepository.insert(old, tokenHash: [5], at: World.now, in: tx)
            }
            #expect(try await find([1], World.now) == row)
            #expect(try await find([1], end) == nil)
            #expect(try await find([3], World.now) == nil)
            #expect(try await find([5], before) == old)
            try await world.database.write(.session(tokenHash: [1])) {
                try SessionRepository.delete(tokenHash: [1], in: $0)
            }
            #expect(try await find([1], World.now) == nil)
            try await world.database.write(.signIn) { try SessionRepository.deleteExpired(before: World.now, in: $0) }
            #expect(try await find([5], before) == nil)
            #expect(try await find([2], World.now) == row)
        }
    }

    @Test("a role ends with its time, or when it is revoked", arguments: Driver.allCases)
    func roles(driver: Driver) async throws {
        try await World.run(driver) { world in
            let end = World.now.adding(.seconds(60))
            let (grant, other) = (
                Samples.grant(world.mother, until: end), Samples.grant(world.mother, tenant: "430923")
            )
            let grants = { (person: PersonID, now: Instant) in
                try await world.database.read(.person(person)) {
                    try StaffRepository.grants(of: person, at: now, in: $0)
                }
            }
            try await world.database.write(.province) { tx in
                for each in [grant, other] { try StaffRepository.insert(each, in: tx) }
                #expect(try StaffRepository.list(tenant: "430922", at: World.now, in: tx) == [grant])
                #expect(try StaffRepository.list(tenant: nil, at: World.now, in: tx) == [grant, other])
            }
            #expect(try await grants(world.mother, World.now) == [grant, other])
            #expect(try await grants(world.mother, end) == [other])
            #expect(try await grants(world.mother, World.now.adding(.seconds(-1))).isEmpty)
            #expect(try await grants(world.stranger, World.now).isEmpty)
            let revoked = try await world.database.write(.province) { tx in
                try [
                    StaffRepository.revoke(grant.id, at: World.now, in: tx),
                    StaffRepository.revoke(grant.id, at: World.now, in: tx),
                ]
            }
            #expect(revoked == [true, false])
            #expect(try await grants(world.mother, World.now) == [other])
        }
    }
}
