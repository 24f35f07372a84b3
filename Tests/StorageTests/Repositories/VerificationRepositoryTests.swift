import Enrollment
import Storage
import Testing

@Suite("Claims, checks, facts and decisions", .timeLimit(.minutes(5)))
struct VerificationRepositoryTests {
    @Test("where a check stands is noted for its own claim; what is not told stays", arguments: Driver.allCases)
    func claims(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key, check) = (world.application.id, world.mine, World.id() as CheckID)
            try await world.write { tx in
                for row in [world.application, world.neighbour] {
                    for credential in [CredentialID.household, .realEstateTitle] {
                        try ClaimRepository.insert(world.claim(credential), of: row.id, revision: 1, key, in: tx)
                    }
                }
                try ClaimRepository.setStatus(
                    "differs", differing: [.certificateNumber, .ownerName], check: check, checkedAt: World.now,
                    retryAt: World.now, credential: .realEstateTitle, of: id, revision: 1, key, in: tx)
                try ClaimRepository.setStatus(
                    "accepted", differing: [], check: nil, checkedAt: nil, retryAt: nil, credential: .realEstateTitle,
                    of: id, revision: 1, key, in: tx)
                // A revision that is not there has no row to change.
                try ClaimRepository.setStatus(
                    "confirmed", differing: [], check: nil, checkedAt: nil, retryAt: nil, credential: .household,
                    of: id,
                    revision: 2, key, in: tx)
                let list = try ClaimRepository.list(of: id, revision: 1, key, in: tx)
                let title = list.first { $0.credential == .realEstateTitle }
                #expect(list.count == 2)
                #expect(title?.status == "accepted" && title?.differing == [] && title?.retryAt == nil)
                #expect(title?.check == check && title?.checkedAt == World.now)
                #expect(list.first { $0.credential == .household }?.status == "waiting")
                #expect(
                    try ClaimRepository.list(of: world.neighbour.id, revision: 1, key, in: tx).allSatisfy {
                        $0.status == "waiting"
                    })
            }
        }
    }

    @Test(
        "a roster waits for unresolved applications whose sources may still answer, and for nobody else",
        arguments: Driver.allCases)
    func waiting(driver: Driver) async throws {
        try await World.run(driver) { world in
            let late = World.now.adding(.seconds(3600))
            try await world.database.write(world.staff(world.other)) { tx in
                try ClaimRepository.insert(
                    world.claim(.household), of: world.foreign.id, revision: 1, world.other, in: tx)
            }
            try await world.write { tx in
                try ClaimRepository.insert(
                    world.claim(.household), of: world.application.id, revision: 1, world.mine, in: tx)
                try ClaimRepository.insert(
                    world.claim(.realEstateTitle, status: "source_down"), of: world.application.id, revision: 1,
                    world.mine,
                    in: tx)
                try ClaimRepository.insert(
                    world.claim(.household, status: "confirmed"), of: world.neighbour.id, revision: 1, world.mine,
                    in: tx)
                var found = try ClaimRepository.waiting(of: world.mine, at: World.now, in: tx)
                #expect(found.applications == 1 && found.until == late)
                found = try ClaimRepository.waiting(of: world.mine, at: late, in: tx)
                #expect(found.applications == 0)
                for state in ApplicationState.allCases where state != .verifying {
                    try ApplicationRepository.record(
                        .checked, moving: world.application.id, of: world.mine, from: .verifying, to: state,
                        actor: .machine, at: World.now, in: tx)
                    found = try ClaimRepository.waiting(of: world.mine, at: World.now, in: tx)
                    #expect(found.applications == (state.isUnresolved ? 1 : 0), "\(state)")
                    try ApplicationRepository.record(
                        .checked, moving: world.application.id, of: world.mine, from: state, to: .verifying,
                        actor: .machine, at: World.now, in: tx)
                }
                // Only the current revision counts.
                try ApplicationRepository.insert(
                    revision: RevisionRow(number: 2, sealedAnswers: [], by: world.mother, at: World.now), choices: [],
                    of: world.application.id, world.mine, in: tx)
                #expect(try ClaimRepository.waiting(of: world.mine, at: World.now, in: tx).applications == 0)
            }
        }
    }

    @Test("checks are kept one by one and counted by credential", arguments: Driver.allCases)
    func checks(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let rows = (1...2).map { attempt in
                CheckRepository.Row(
                    id: World.id(), credential: .household, revision: 1, questionHash: [1], outcome: "unavailable",
                    sealedRecords: attempt == 1 ? nil : [], attempt: attempt, askedAt: World.now,
                    answeredAt: World.now.adding(.milliseconds(20)), validUntil: World.now.adding(.seconds(9)))
            }
            try await world.write { tx in
                for row in rows { try CheckRepository.insert(row, of: id, key, in: tx) }
                #expect(try CheckRepository.find(rows[0].id, of: id, key, in: tx) == rows[0])
                #expect(try CheckRepository.find(rows[1].id, of: id, key, in: tx) == rows[1])
                #expect(try CheckRepository.find(rows[0].id, of: world.neighbour.id, key, in: tx) == nil)
                #expect(try CheckRepository.attempts(credential: .household, of: id, key, in: tx) == 2)
                #expect(try CheckRepository.attempts(credential: .realEstateTitle, of: id, key, in: tx) == 0)
                #expect(try CheckRepository.attempts(credential: .household, of: world.neighbour.id, key, in: tx) == 0)
            }
        }
    }

    @Test(
        "facts of every type and reason come back; a source replaces its own word and no other's",
        arguments: Driver.allCases)
    func facts(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let facts = [
                world.fact(.homeOwned, .known(.flag(true))), world.fact(.insuranceMonths, .known(.integer(-3))),
                world.fact(.homeCommunity, .known(.code("430922/桃花江镇/近桃社区"))),
                world.fact(.householdRegisteredSince, .known(.date(World.now.day))),
                world.fact(.permitValid, .unknown(.disputed)),
                world.fact(.homeOwned, .known(.flag(false)), .declared, credential: nil),
            ]
            try await world.write { tx in
                for fact in facts { try FactRepository.put(fact, of: id, revision: 1, key, in: tx) }
                try FactRepository.put(facts[0], of: world.neighbour.id, revision: 1, key, in: tx)
                #expect(Set(try FactRepository.list(of: id, revision: 1, key, in: tx)) == Set(facts))
                let changed = world.fact(.homeOwned, .unknown(.sourceDown), credential: .realEstateTitle)
                try FactRepository.put(changed, of: id, revision: 1, key, in: tx)
                #expect(
                    Set(try FactRepository.list(of: id, revision: 1, key, in: tx)) == Set(facts.dropFirst() + [changed])
                )
                try FactRepository.forget(
                    credential: .household, sources: [.check], of: id, revision: 1, key, in: tx)
                #expect(Set(try FactRepository.list(of: id, revision: 1, key, in: tx)) == [changed, facts[5]])
                #expect(try FactRepository.list(of: world.neighbour.id, revision: 1, key, in: tx) == [facts[0]])
                #expect(try FactRepository.list(of: id, revision: 2, key, in: tx).isEmpty)
            }
        }
    }

    private func decision(_ verdict: String, _ category: CategoryID?) -> DecisionRepository.Row {
        .init(
            revision: 1, versionHash: "v", program: "p", verdict: verdict, category: category, schools: ["P05", "P01"],
            rankKeys: [-1, 20_000], pending: [.homeOwned], factDigest: "d", at: World.now)
    }

    @Test("the latest decision stands, of one application and of each", arguments: Driver.allCases)
    func decisions(driver: Driver) async throws {
        try await World.run(driver) { world in
            let last = decision("settled", "household_only")
            try await world.database.write(world.staff(world.other)) { tx in
                try DecisionRepository.append(decision("settled", "neither"), of: world.foreign.id, world.other, in: tx)
            }
            try await world.write { tx in
                try DecisionRepository.append(
                    decision("no_category", nil), of: world.application.id, world.mine, in: tx)
                try DecisionRepository.append(last, of: world.application.id, world.mine, in: tx)
                try DecisionRepository.append(
                    decision("undetermined", "home_only"), of: world.neighbour.id, world.mine, in: tx)
                #expect(try DecisionRepository.latest(of: world.application.id, world.mine, in: tx) == last)
                let all = try DecisionRepository.latest(of: world.mine, in: tx)
                #expect(all.count == 2)
                #expect(all[world.application.id] == last)
                #expect(all[world.neighbour.id]?.category == "home_only")
            }
        }
    }

    @Test(
        "a new revision takes over claims, facts and work of the credentials kept, and no others'",
        arguments: Driver.allCases)
    func carryOver(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let (kept, dropped) = (world.job(world.application), world.job(world.application, .realEstateTitle))
            let neighbours = world.job(world.neighbour)
            let found = world.fact(.homeResidential, .known(.flag(true)), .finding, credential: nil)
            let facts = [
                world.fact(.householdInCounty, .known(.flag(true))),
                world.fact(.homeOwned, .unknown(.disputed), credential: .realEstateTitle), found,
                world.fact(.homeKind, .known(.code("owned")), .declared, credential: nil),
            ]
            try await world.write { tx in
                for job in [kept, dropped, neighbours] { try JobRepository.enqueue(job, due: World.now, in: tx) }
                for credential in [CredentialID.household, .realEstateTitle] {
                    try ClaimRepository.insert(world.claim(credential), of: id, revision: 1, key, in: tx)
                    try ClaimRepository.insert(
                        world.claim(credential), of: world.neighbour.id, revision: 1, key, in: tx)
                }
                for fact in facts { try FactRepository.put(fact, of: id, revision: 1, key, in: tx) }
                try CarryOver.claims([.household], from: 1, to: 2, of: id, key, in: tx)
                #expect(try ClaimRepository.list(of: id, revision: 2, key, in: tx).map(\.credential) == [.household])
                #expect(try FactRepository.list(of: id, revision: 2, key, in: tx) == [facts[0]])
                try CarryOver.findings(from: 1, to: 2, except: [], of: id, key, in: tx)
                #expect(Set(try FactRepository.list(of: id, revision: 2, key, in: tx)) == [facts[0], found])
                #expect(try FactRepository.list(of: id, revision: 1, key, in: tx).count == 4)
                #expect(try JobRepository.find(kept.id, of: id, key, in: tx)?.revision == 2)
                #expect(try JobRepository.find(dropped.id, of: id, key, in: tx)?.revision == 1)
                #expect(try JobRepository.find(neighbours.id, of: world.neighbour.id, key, in: tx)?.revision == 1)
                #expect(try ClaimRepository.list(of: world.neighbour.id, revision: 2, key, in: tx).isEmpty)
            }
        }
    }
}
