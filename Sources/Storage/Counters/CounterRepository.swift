public import Enrollment

/// How many applications stand where: deltas written with every event, added up when they are read.
///
/// Their sum equals a count of the applications at any time, because both are written in one transaction. Nobody waits
/// for a counter: writers only add rows.
public enum CounterRepository {
    /// What is counted together.
    public struct Cell: Sendable, Hashable {
        public let stage: Stage
        /// The settled category; nil for those that have none yet.
        public let category: CategoryID?
        public let state: ApplicationState

        public init(stage: Stage, category: CategoryID?, state: ApplicationState) {
            self.stage = stage
            self.category = category
            self.state = state
        }

        init(_ row: Row) throws(StorageError) {
            let category = try row.optionalText("category") ?? ""
            self.init(
                stage: try row.decode("stage"), category: category.isEmpty ? nil : CategoryID(rawValue: category),
                state: try row.decode("state"))
        }
    }

    /// A tenant's counts, none of them zero.
    public struct Counts: Sendable, Hashable {
        public internal(set) var cells: [Cell: Int] = [:]
        /// Rows that were added up: more than cells where deltas wait to be compacted.
        public internal(set) var rows = 0

        public init() {}
    }

    /// Every tenant's counts as the deltas give them.
    public static func fold(season: SeasonYear, in tx: any Reading) throws -> [TenantCode: Counts] {
        try tx.scope.require(oneOf: .province)
        var folded: [TenantCode: Counts] = [:]
        for row in try tx.rows(
            """
            SELECT tenant, stage, category, state, CAST(SUM(n) AS \(fragment: tx.dialect.integer)) AS n, COUNT(*) AS deltas
            FROM counter_delta WHERE season = \(season) GROUP BY tenant, stage, category, state
            """)
        {
            let n = try row.int("n")
            let tenant: TenantCode = try row.code("tenant")
            folded[tenant, default: Counts()].rows += try row.int("deltas")
            if n != 0 { folded[tenant, default: Counts()].cells[try Cell(row)] = n }
        }
        return folded
    }

    /// The same counted from a tenant's applications themselves.
    public static func recount(of key: TenantSeason, in tx: any Reading) throws -> [Cell: Int] {
        try tx.scope.require(key)
        let rows = try tx.rows(
            """
            SELECT stage, category, state, COUNT(*) AS n FROM application
            WHERE tenant = \(key.tenant) AND season = \(key.season) GROUP BY stage, category, state
            """)
        return try Dictionary(eachOnce: rows.map { (try Cell($0), try $0.int("n")) })
    }

    /// Puts the sums of a tenant's deltas in their place, in one transaction: who reads meanwhile sees the deltas or the
    /// sums, never both. What others add meanwhile stays; two that compact at once take each row once.
    /// - Returns: how many rows there are fewer.
    @discardableResult
    public static func compact(of key: TenantSeason, in tx: any Writing) throws -> Int {
        try tx.scope.require(key)
        // Only what this transaction itself has removed is summed up.
        let removed = try tx.rows(
            """
            DELETE FROM counter_delta WHERE tenant = \(key.tenant) AND season = \(key.season)
            RETURNING stage, category, state, n
            """)
        var sums = CounterDeltas(key)
        for row in removed { sums.add(try row.int("n"), try Cell(row)) }
        let rows = sums.rows
        try tx.insert(rows)
        return removed.count - rows.rows.count
    }
}
