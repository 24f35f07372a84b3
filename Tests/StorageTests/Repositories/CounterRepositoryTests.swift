import Enrollment
import Storage
import Testing

@Suite("The counters equal a recount at any time", .timeLimit(.minutes(5)))
struct CounterRepositoryTests {
    private static let keys = ["430921", "430922", "430923"].map { TenantSeason($0, World.season) }
    private static let categories: [CategoryID?] = [nil, "category_1", "category_2"]

    /// The tenants whose counters differ from a count of their applications, in one state of the database.
    private static func differences(
        _ database: any Database
    ) async throws -> (differing: [TenantCode], applications: Int) {
        try await database.read(.province) { tx in
            let folded = try CounterRepository.fold(season: World.season, in: tx)
            var (differing, applications): ([TenantCode], Int) = ([], 0)
            for key in keys {
                let counted = try tx.reading(.tenant(key.tenant, key.season)) { tx in
                    try CounterRepository.recount(of: key, in: tx)
                }
                applications += counted.values.reduce(0, +)
                if counted != folded[key.tenant]?.cells ?? [:] { differing.append(key.tenant) }
            }
            return (differing: differing, applications: applications)
        }
    }

    @Test(
        "while applications come, move and settle, and deltas are compacted, every look at the database finds both equal",
        arguments: Driver.allCases)
    func concurrent(driver: Driver) async throws {
        try await driver.run { database in
            let rows = try await Self.file(30, in: database)
            #expect(try await Self.differences(database) == (differing: [], applications: 30))
            try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in 0..<4 {
                    group.addTask { try await Self.change(rows, seed: UInt64(worker + 1), in: database) }
                }
                for _ in 0..<2 {
                    group.addTask {
                        for turn in 0..<20 {
                            let key = Self.keys[turn % Self.keys.count]
                            try await database.write(.tenant(key.tenant, key.season)) { tx in
                                _ = try CounterRepository.compact(of: key, in: tx)
                            }
                        }
                        return 0
                    }
                }
                group.addTask {
                    for _ in 0..<20 {
                        let seen = try await Self.differences(database)
                        #expect(seen.differing == [])
                    }
                    return 0
                }
                group.addTask { try await Self.file(20, in: database).count }
                let done = try await group.reduce(0, +)
                #expect(done > 60, "hardly anything changed")
            }
            #expect(try await Self.differences(database) == (differing: [], applications: 50))
            for key in Self.keys {
                try await database.write(.tenant(key.tenant, key.season)) { tx in
                    _ = try CounterRepository.compact(of: key, in: tx)
                }
            }
            #expect(try await Self.differences(database) == (differing: [], applications: 50))
            let folded = try await database.read(.province) { try CounterRepository.fold(season: World.season, in: $0) }
            #expect(folded.values.allSatisfy { $0.rows == $0.cells.count }, "the sums stand in the deltas' place")
        }
    }

    @Test("a delta that is lost is found by the recount", arguments: Driver.allCases)
    func lost(driver: Driver) async throws {
        try await driver.run { database in
            let rows = try await Self.file(3, in: database)
            let key = rows[0].key
            try await database.write(.tenant(key.tenant, key.season)) { tx in
                try tx.execute("DELETE FROM counter_delta WHERE tenant = \(key.tenant)")
            }
            #expect(try await Self.differences(database).differing == [key.tenant])
        }
    }

    @Test("what rolls back counts nothing", arguments: Driver.allCases)
    func rolledBack(driver: Driver) async throws {
        struct Halt: Error {}
        try await driver.run { database in
            let rows = try await Self.file(3, in: database)
            await #expect(throws: Halt.self) {
                try await database.write(.tenant(rows[0].key.tenant, World.season)) { tx in
                    try Self.move(rows[0], to: .qualified, "category_1", in: tx)
                    throw Halt()
                }
            }
            #expect(try await Self.differences(database) == (differing: [], applications: 3))
        }
    }

    private static func file(_ count: Int, in database: any Database) async throws -> [ApplicationRow] {
        var rows: [ApplicationRow] = []
        for number in 0..<count {
            let key = keys[number % keys.count]
            let id: ApplicationID = World.id()
            let row = World.row(key, ReceiptNumber(rawValue: "\(key.tenant)-\(id)"), World.id())
            let added = try await database.write(.tenant(key.tenant, key.season)) { tx in
                try ApplicationRepository.insert(row, in: tx)
            }
            #expect(added)
            rows.append(row)
        }
        return rows
    }

    /// Moves random applications to random states and categories.
    /// - Returns: how many moves took place.
    private static func change(_ rows: [ApplicationRow], seed: UInt64, in database: any Database) async throws -> Int {
        var random = Seeded(state: seed)
        var done = 0
        for _ in 0..<30 {
            guard let row = rows.randomElement(using: &random),
                let state = ApplicationState.allCases.randomElement(using: &random),
                let category = categories.randomElement(using: &random)
            else { continue }
            done += try await database.write(.tenant(row.key.tenant, row.key.season)) { tx in
                try move(row, to: state, category, in: tx) ? 1 : 0
            }
        }
        return done
    }

    @discardableResult
    private static func move(
        _ row: ApplicationRow, to state: ApplicationState, _ category: CategoryID?, in tx: any Writing
    ) throws -> Bool {
        guard let held = try ApplicationRepository.hold(row.id, of: row.key, in: tx) else { return false }
        let change = ApplicationRepository.CategoryChange(was: held.category, now: category)
        if state == held.state { return try ApplicationRepository.settle(change, of: row.id, row.key, in: tx) }
        return try ApplicationRepository.record(
            .checked, moving: row.id, of: row.key, from: held.state, to: state,
            settling: change.was == change.now ? nil : change, actor: .machine, at: World.now, in: tx)
    }
}

/// SplitMix64: the same moves in every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
