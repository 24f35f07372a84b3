import Enrollment
import Storage
import Testing

@Suite("What makes a submission happen once", .timeLimit(.minutes(5)))
struct SubmissionRepositoryTests {
    private func claim(
        _ world: World, _ row: ApplicationRow, child: PersonID, season: SeasonYear = World.season
    ) async throws -> Bool {
        try await world.database.write(.filing(row.guardian, row.key.tenant, season, row.id)) { tx in
            try SubmissionRepository.claim(
                child: child, season: season, tenant: row.key.tenant, application: row.id, in: tx)
        }
    }

    private func release(_ world: World, _ row: ApplicationRow, child: PersonID) async throws {
        try await world.database.write(world.filing(row)) { tx in
            try SubmissionRepository.release(
                child: child, season: World.season, tenant: row.key.tenant, application: row.id, in: tx)
        }
    }

    private func holder(_ world: World, of child: PersonID) async throws -> SubmissionRepository.Claim? {
        try await world.write { try SubmissionRepository.claim(on: child, of: world.mine, in: $0) }
    }

    @Test(
        "a child has one claim in the whole province, and a season's claim is not another season's",
        arguments: Driver.allCases)
    func unique(driver: Driver) async throws {
        try await World.run(driver) { world in
            let child = world.application.child
            #expect(try await claim(world, world.application, child: child))
            #expect(try await !claim(world, world.neighbour, child: child))
            #expect(try await !claim(world, world.foreign, child: child))
            #expect(try await claim(world, world.foreign, child: world.foreign.child))
            let found = try await holder(world, of: child)
            #expect(found?.application == world.application.id && found?.tenant == "430922")
            // Another tenant's claim is nobody's business here.
            #expect(try await holder(world, of: world.foreign.child) == nil)
            #expect(try await claim(world, world.foreign, child: child, season: SeasonYear(2027)))
        }
    }

    @Test("only the application that holds a claim releases it", arguments: Driver.allCases)
    func release(driver: Driver) async throws {
        try await World.run(driver) { world in
            let child = world.application.child
            _ = try await claim(world, world.application, child: child)
            for row in [world.neighbour, world.foreign] { try await release(world, row, child: child) }
            #expect(try await holder(world, of: child) != nil)
            try await release(world, world.application, child: child)
            #expect(try await holder(world, of: child) == nil)
            #expect(try await claim(world, world.foreign, child: child))
        }
    }

    @Test("a claim whose transaction fails was never made", arguments: Driver.allCases)
    func rolledBack(driver: Driver) async throws {
        struct Stop: Error {}
        try await World.run(driver) { world in
            let row = world.application
            await #expect(throws: Stop.self) {
                try await world.write { tx in
                    _ = try SubmissionRepository.claim(
                        child: row.child, season: World.season, tenant: "430922", application: row.id, in: tx)
                    throw Stop()
                }
            }
            let claimed = try await claim(world, world.foreign, child: row.child)
            #expect(claimed)
        }
    }

    @Test("a submission key is one person's in one season, kept with what it was used for", arguments: Driver.allCases)
    func keys(driver: Driver) async throws {
        try await World.run(driver) { world in
            let remember = { (person: PersonID) in
                try await world.database.write(.person(person)) { tx in
                    try SubmissionRepository.remember(
                        keyHash: [1], requestDigest: [2], receipt: "r", person: person, season: World.season,
                        at: World.now, in: tx)
                }
            }
            let earlier = { (season: SeasonYear, hash: [UInt8]) in
                try await world.database.read(.person(world.mother)) {
                    try SubmissionRepository.earlier(person: world.mother, season: season, keyHash: hash, in: $0)
                }
            }
            try await remember(world.mother)
            try await remember(world.stranger)
            let kept = try await earlier(World.season, [1])
            #expect(kept?.requestDigest == [2] && kept?.receipt == "r")
            #expect(try await earlier(World.season, [9]) == nil)
            #expect(try await earlier(SeasonYear(2027), [1]) == nil)
            await #expect {
                try await remember(world.mother)
            } throws: {
                ($0 as? StorageError)?.conflicts(
                    on: "submission_key.person", "submission_key.season", "submission_key.key_hash") == true
            }
        }
    }

    @Test("a guardian's index holds the guardian's own applications across tenants", arguments: Driver.allCases)
    func index(driver: Driver) async throws {
        try await World.run(driver) { world in
            for row in [world.application, world.neighbour, world.foreign] {
                try await world.database.write(.person(row.guardian)) { tx in
                    try SubmissionRepository.index(
                        Samples.entry(row), person: row.guardian, season: World.season, in: tx)
                }
            }
            try await world.database.read(.person(world.stranger)) { tx in
                let entries = try SubmissionRepository.entries(of: world.stranger, season: World.season, in: tx)
                #expect(entries == [Samples.entry(world.neighbour), Samples.entry(world.foreign)])
                let other = try SubmissionRepository.entry(
                    world.application.receipt, of: world.stranger, season: World.season, in: tx)
                #expect(other == nil)
                #expect(
                    try SubmissionRepository.entry(
                        world.foreign.receipt, of: world.stranger, season: World.season, in: tx)
                        == Samples.entry(world.foreign))
            }
        }
    }
}
