public import Enrollment

/// The end of a season: from then on nothing of any family's file is added, changed, or on SQLite removed, whoever tries.
///
/// The database itself refuses, with `StorageError.seasonClosed`: PostgreSQL by a constraint on each of the season's
/// partitions that no new row version satisfies (rows that are there are not looked at), SQLite by triggers. Both are the
/// work of the schema's owner. Rounds, counters and the queue stay writable, because processes that start, fold or rotate
/// write there in any season.
public enum SeasonClosing {
    /// What stays writable, and tables whose rows are no family's.
    private static let writable: Set<String> = ["round", "counter_delta", "job", "dead_job", "tenant_version"]

    /// Closes a season, unless applications are in states that end nothing.
    /// - Parameter ends: the states in which a child's way through the season is over.
    /// - Returns: applications in other states, by tenant; the season is closed when there are none. Closing it twice is
    ///   harmless.
    /// - Throws: `StorageError.notFound` when the season was never opened.
    public static func close(
        _ season: SeasonYear, ends: Set<ApplicationState>, _ database: any Database
    ) async throws -> [TenantCode: Int] {
        do {
            try await database.write(.migration) { tx in
                // The locks come first, so that nobody adds an application behind the count.
                for statement in try refusals(season, tx) { try tx.execute(statement) }
                let rows = try tx.rows(
                    """
                    SELECT tenant, COUNT(*) AS n FROM application
                    WHERE season = \(season) AND state NOT IN \(in: ends.sorted { $0.rawValue < $1.rawValue })
                    GROUP BY tenant
                    """)
                let open = try Dictionary(eachOnce: rows.map { (try $0.code("tenant") as TenantCode, try $0.int("n")) })
                guard open.isEmpty else { throw Unfinished(applications: open) }
                try keep("closed", season, tx)
            }
            return [:]
        } catch let unfinished as Unfinished {
            return unfinished.applications
        }
    }

    /// Lets a season that was closed be written again.
    /// - Returns: whether it was closed.
    public static func reopen(_ season: SeasonYear, _ database: any Database) async throws -> Bool {
        try await database.write(.migration) { tx in
            for statement in try permissions(season, tx) { try tx.execute(statement) }
            guard try closed(from: tx).contains(season) else { return false }
            try keep("open", season, tx)
            return true
        }
    }

    /// The seasons that are closed.
    public static func closed(_ database: any Database) async throws -> Set<SeasonYear> {
        try await database.read(.migration) { try closed(from: $0) }
    }

    private static func closed(from source: any Reading) throws -> Set<SeasonYear> {
        Set(try source.rows("SELECT year FROM season WHERE state = 'closed'").map { SeasonYear(try $0.int("year")) })
    }

    private static func keep(_ state: String, _ season: SeasonYear, _ tx: any Writing) throws {
        try tx.execute(
            """
            INSERT INTO season (year, state, changed_at)
            VALUES (\(season), \(state), \(fragment: tx.dialect.nowMilliseconds))
            ON CONFLICT (year) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at
            """)
    }

    private struct Unfinished: Error {
        let applications: [TenantCode: Int]
    }
}

extension SeasonClosing {
    /// Statements that make the database refuse.
    private static func refusals(_ season: SeasonYear, _ tx: any Writing) throws -> [SQL] {
        switch tx.dialect {
        case .sqlite:
            try tables(tx).flatMap { table in
                Self.actions.map { action, row in
                    """
                    CREATE TRIGGER IF NOT EXISTS \(fragment: trigger(table, season, action)) BEFORE \(raw: action)
                    ON \(name: table) WHEN \(raw: row).season = \(fragment: year(season))
                    BEGIN SELECT RAISE(ABORT, 'season_closed'); END
                    """
                }
            }
        case .postgresql:
            try partitions(season, tx).filter { !$0.isClosed }.map {
                "ALTER TABLE \(name: $0.name) ADD CONSTRAINT season_closed CHECK (false) NOT VALID"
            }
        }
    }

    private static func permissions(_ season: SeasonYear, _ tx: any Writing) throws -> [SQL] {
        switch tx.dialect {
        case .sqlite:
            try tables(tx).flatMap { table in
                Self.actions.map { action, _ in
                    "DROP TRIGGER IF EXISTS \(fragment: trigger(table, season, action))"
                }
            }
        case .postgresql:
            try partitions(season, tx).filter(\.isClosed).map {
                "ALTER TABLE \(name: $0.name) DROP CONSTRAINT season_closed"
            }
        }
    }

    private static let actions: [(name: StaticString, row: StaticString)] = [
        ("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"),
    ]

    private static func tables(_ tx: any Reading) throws -> [SQLIdentifier] {
        try TableShape.all(from: tx).filter { $0.isOfTenants && !writable.contains($0.name.description) }.map(\.name)
    }

    private static func partitions(
        _ season: SeasonYear, _ tx: any Reading
    ) throws -> [(name: SQLIdentifier, isClosed: Bool)] {
        let rows = try tx.rows(
            """
            SELECT c.relname AS name, p.relname AS parent, EXISTS (
                SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.conname = 'season_closed') AS closed
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
            JOIN pg_partitioned_table t ON t.partrelid = p.oid
            JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = t.partattrs[0]
            WHERE p.relnamespace = current_schema()::regnamespace AND a.attname = 'season'
              AND c.relname = p.relname || '_' || CAST(\("\(season)") AS text)
            ORDER BY c.relname
            """)
        guard !rows.isEmpty else { throw StorageError.notFound(what: "season; open it first") }
        return try rows.filter { !writable.contains(try $0.text("parent")) }.map {
            (name: try SQLIdentifier("name", of: $0), isClosed: try $0.bool("closed"))
        }
    }

    private static func trigger(_ table: SQLIdentifier, _ season: SeasonYear, _ action: StaticString) -> SQL {
        SQL(pieces: [.text("\"season_closed_\(season.value)_\(table)_\(action)\"")])
    }

    /// A number in the text, because a trigger takes no binds.
    private static func year(_ season: SeasonYear) -> SQL { SQL(pieces: [.text("\(season.value)")]) }
}
