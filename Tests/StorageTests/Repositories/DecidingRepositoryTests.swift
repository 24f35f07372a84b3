import Enrollment
import Storage
import Testing

@Suite("Reviews, runs, offers, versions and the audit", .timeLimit(.minutes(5)))
struct DecidingRepositoryTests {
    @Test("findings are proposed, then signed or returned; only those of the revision", arguments: Driver.allCases)
    func findings(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key, second) = (world.application.id, world.mine, World.id() as PersonID)
            let (first, old) = (
                Samples.finding(by: world.stranger), Samples.finding(by: world.stranger, .homeResidential)
            )
            try await world.write { tx in
                try ReviewRepository.insert(first, of: id, revision: 1, key, in: tx)
                try ReviewRepository.insert(old, of: id, revision: 2, key, in: tx)
                try ReviewRepository.insert(
                    Samples.finding(by: second), of: world.neighbour.id, revision: 1, key, in: tx)
                #expect(try ReviewRepository.findings(of: id, revision: 1, key, in: tx) == [first])
                try ReviewRepository.close(as: "returned", secondBy: second, of: id, revision: 1, key, in: tx)
                try ReviewRepository.close(as: "signed", secondBy: second, of: id, revision: 1, key, in: tx)
                let closed = try ReviewRepository.findings(of: id, revision: 1, key, in: tx)
                #expect(closed.map(\.state) == ["returned"] && closed.map(\.secondBy) == [second])
                #expect(try ReviewRepository.findings(of: id, revision: 2, key, in: tx) == [old])
                #expect(
                    try ReviewRepository.findings(of: world.neighbour.id, revision: 1, key, in: tx).map(\.state)
                        == ["proposed"])
            }
        }
    }

    @Test("reviews and notes stand in the order in which they were made", arguments: Driver.allCases)
    func notes(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            try await world.write { tx in
                for stage in ["first", "second", "first"] {
                    try ReviewRepository.insert(
                        Samples.review(by: world.stranger, stage: stage), of: id, revision: 1, key, in: tx)
                }
                try ReviewRepository.insert(
                    Samples.review(by: world.stranger), of: world.neighbour.id, revision: 1, key, in: tx)
                #expect(
                    try ReviewRepository.reviews(of: id, revision: 1, key, in: tx).map(\.stage)
                        == ["first", "second", "first"])
                #expect(try ReviewRepository.reviews(of: id, revision: 2, key, in: tx).isEmpty)
                for byte: UInt8 in [3, 1, 2] {
                    try ReviewRepository.insert(Samples.note(by: world.mother, text: [byte]), of: id, key, in: tx)
                }
                #expect(try ReviewRepository.notes(of: id, key, in: tx).map(\.sealedText) == [[3], [1], [2]])
                #expect(try ReviewRepository.notes(of: world.neighbour.id, key, in: tx).isEmpty)
            }
        }
    }

    @Test("a tenant's round has one run; it is released once", arguments: Driver.allCases)
    func run(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (key, id) = (world.mine, World.id() as AllocationRunID)
            let entries = [Samples.entry(world.application.id), Samples.entry(world.neighbour.id, provisional: true)]
            try await world.write { tx in
                #expect(try AdmissionRepository.run(of: key, in: tx) == nil)
                try AdmissionRepository.insert(Samples.run(id), of: key, in: tx)
                for entry in entries { try AdmissionRepository.insert(entry, run: id, of: key, in: tx) }
                try AdmissionRepository.place(world.application.id, at: "P05", run: id, of: key, in: tx)
                #expect(try AdmissionRepository.run(of: key, in: tx) == Samples.run(id))
                #expect(Set(try AdmissionRepository.roster(run: id, of: key, in: tx)) == Set(entries))
                #expect(try AdmissionRepository.rosterEntry(world.neighbour.id, run: id, of: key, in: tx) == entries[1])
                #expect(try AdmissionRepository.placements(run: id, of: key, in: tx) == [world.application.id: "P05"])
                let later = World.now.adding(.seconds(60))
                let released = try (
                    AdmissionRepository.release(id, by: world.stranger, at: later, of: key, in: tx),
                    AdmissionRepository.release(id, by: world.mother, at: later, of: key, in: tx)
                )
                #expect(released.0 && !released.1)
                let run = try AdmissionRepository.run(of: key, in: tx)
                #expect(run?.releasedBy == world.stranger && run?.releasedAt == later)
            }
            await #expect(throws: StorageError.self) {
                try await world.write { try AdmissionRepository.insert(Samples.run(World.id()), of: key, in: $0) }
            }
            let foreign = try await world.database.read(world.staff(world.other)) {
                try AdmissionRepository.run(of: world.other, in: $0)
            }
            #expect(foreign == nil)
        }
    }

    @Test("an offer is answered once, and counted by school and state", arguments: Driver.allCases)
    func offers(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (key, run) = (world.mine, World.id() as AllocationRunID)
            let (mine, neighbours) = (Samples.offer(world.application.id, run), Samples.offer(world.neighbour.id, run))
            try await world.write { tx in
                for offer in [mine, neighbours] { try OfferRepository.insert(offer, of: key, in: tx) }
                #expect(try OfferRepository.find(application: world.application.id, of: key, in: tx) == mine)
                let answers = try (
                    OfferRepository.answer(
                        mine.id, to: world.application.id, state: "accepted", at: World.now, of: key, in: tx),
                    OfferRepository.answer(
                        mine.id, to: world.application.id, state: "released", at: World.now, of: key, in: tx)
                )
                #expect(answers.0 && !answers.1)
                #expect(
                    try OfferRepository.find(application: world.application.id, of: key, in: tx)?.state == "accepted")
                #expect(try OfferRepository.find(application: world.neighbour.id, of: key, in: tx) == neighbours)
                #expect(try OfferRepository.counts(of: key, in: tx) == ["P01": ["accepted": 1, "open": 1]])
            }
            await #expect(throws: StorageError.self) {
                try await world.write {
                    try OfferRepository.insert(Samples.offer(world.application.id, run), of: key, in: $0)
                }
            }
        }
    }

    @Test("a round stays with the version to which it was pinned first", arguments: Driver.allCases)
    func versions(driver: Driver) async throws {
        try await World.run(driver) { world in
            try await world.database.write(.province) { tx in
                for (hash, bundle) in [("a", "1"), ("b", "2"), ("a", "3")] {
                    try TenantVersionRepository.insert(
                        world.mine, versionHash: hash, bundle: bundle, at: World.now, in: tx)
                }
                #expect(try TenantVersionRepository.bundle(world.mine, versionHash: "a", in: tx) == "1")
                #expect(try TenantVersionRepository.bundle(world.other, versionHash: "a", in: tx) == nil)
                let pinned = try ["a", "b"].map {
                    try TenantVersionRepository.pin(world.mine, versionHash: $0, at: World.now, in: tx)
                }
                #expect(pinned == [true, false])
                #expect(try TenantVersionRepository.pinned(season: World.season, in: tx) == ["430922": "a"])
                #expect(try TenantVersionRepository.pinned(season: SeasonYear(2027), in: tx).isEmpty)
                #expect(try TenantVersionRepository.businessClockAhead(in: tx) == nil)
                for ahead: Int64 in [-5, 7] { try TenantVersionRepository.setBusinessClockAhead(ahead, in: tx) }
                #expect(try TenantVersionRepository.businessClockAhead(in: tx) == 7)
            }
        }
    }

    @Test("an audit chain has one entry a number, read page by page", arguments: Driver.allCases)
    func audit(driver: Driver) async throws {
        try await World.run(driver) { world in
            let append = { (writer: String, number: Int) in
                try await world.database.write(.province) { tx in
                    try AuditRepository.append(
                        [
                            .init(
                                sequence: number, prevHash: "h\(number - 1)", entry: "e\(number)",
                                hash: "h\(number)", at: World.now)
                        ], writer: writer, in: tx)
                }
            }
            for number in 1...3 { try await append("a", number) }
            try await append("b", 1)
            await #expect(throws: StorageError.self) { try await append("a", 3) }
            try await world.database.read(.province) { tx in
                #expect(try AuditRepository.writers(in: tx) == ["a", "b"])
                let page = try AuditRepository.entries(of: "a", after: 1, limit: 1, in: tx)
                #expect(page.map(\.entry) == ["e2"] && page.map(\.prevHash) == ["h1"])
                #expect(try AuditRepository.entries(of: "a", after: 3, limit: 9, in: tx).isEmpty)
            }
        }
    }
}
