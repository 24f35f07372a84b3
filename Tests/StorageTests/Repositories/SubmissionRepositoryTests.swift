import Enrollment
import Storage
import Testing

@Suite("What makes a submission happen once", .timeLimit(.minutes(1)))
struct SubmissionRepositoryTests {
    private func claim(
        _ world: World, _ row: ApplicationRow, child: PersonID
    ) async throws -> Bool {
        try await world.database.write(.filing(row.guardian, row.key.tenant, World.season)) { tx in
            try SubmissionRepository.claim(
                child: child, season: World.season, tenant: row.key.tenant, application: row.id, in: tx)
        }
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
            try await world.database.write(.worker) { tx in
                let holder = try SubmissionRepository.claim(on: child, season: World.season, in: tx)
                #expect(holder?.application == world.application.id && holder?.tenant == "430922")
                #expect(try SubmissionRepository.claim(on: child, season: SeasonYear(2027), in: tx) == nil)
                let next = try SubmissionRepository.claim(
                    child: child, season: SeasonYear(2027), tenant: "430923", application: world.foreign.id, in: tx)
                #expect(next)
            }
        }
    }

    @Test("only the application that holds a claim releases it", arguments: Driver.allCases)
    func release(driver: Driver) async throws {
        try await World.run(driver) { world in
            let child = world.application.child
            _ = try await claim(world, world.application, child: child)
            try await world.database.write(.worker) { tx in
                for row in [world.neighbour, world.foreign] {
                    try SubmissionRepository.release(
                        child: child, season: World.season, tenant: row.key.tenant, application: row.id, in: tx)
                }
                #expect(try SubmissionRepository.claim(on: child, season: World.season, in: tx) != nil)
                try SubmissionRepository.release(
                    child: child, season: World.season, tenant: "430922", application: world.application.id, in: tx)
                #expect(try SubmissionRepository.claim(on: child, season: World.season, in: tx) == nil)
            }
            #expect(try await claim(world, world.foreign, child: child))
        }
    }

    @Test("of many writers that claim one child at once, exactly one wins", arguments: Driver.allCases)
    func atOnce(driver: Driver) async throws {
        try await World.run(driver) { world in
            for _ in 0..<10 {
                let child: PersonID = World.id()
                let tenants: [TenantCode] = ["430922", "430923", "430100", "430121"]
                let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<16 {
                        let (tenant, guardian) = (tenants[number % 4], world.mother)
                        let application: ApplicationID = World.id()
                        group.addTask {
                            try await world.database.write(.filing(guardian, tenant, World.season)) { tx in
                                try SubmissionRepository.claim(
                                    child: child, season: World.season, tenant: tenant, application: application, in: tx
                                )
                            }
                        }
                    }
                    return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(wins == 1)
            }
        }
    }

    @Test("a claim whose transaction fails was never made", arguments: Driver.allCases)
    func rolledBack(driver: Driver) async throws {
        struct Stop: Error {}
        try await World.run(driver) { world in
            let row = world.application
            await #expect(throws: Stop.self) {
                try await world.database.write(.worker) { tx in
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
            try await world.database.write(.worker) { tx in
                let remember = { (person: PersonID) in
                    try SubmissionRepository.remember(
                        keyHash: [1], requestDigest: [2], receipt: "r", person: person, season: World.season,
                        at: World.now, in: tx)
                }
                try remember(world.mother)
                try remember(world.stranger)
                let earlier = try SubmissionRepository.earlier(
                    person: world.mother, season: World.season, keyHash: [1], in: tx)
                #expect(earlier?.requestDigest == [2] && earlier?.receipt == "r")
                #expect(
                    try SubmissionRepository.earlier(person: world.mother, season: World.season, keyHash: [9], in: tx)
                        == nil)
                #expect(
                    try SubmissionRepository.earlier(
                        person: world.mother, season: SeasonYear(2027), keyHash: [1], in: tx)
                        == nil)
                #expect(throws: StorageError.self) { try remember(world.mother) }
            }
        }
    }

    @Test("a guardian's index holds the guardian's own applications across tenants", arguments: Driver.allCases)
    func index(driver: Driver) async throws {
        try await World.run(driver) { world in
            try await world.database.write(.worker) { tx in
                for row in [world.application, world.neighbour, world.foreign] {
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
