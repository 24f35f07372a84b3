public import Enrollment

/// A table as its database's catalogue describes it, for work that must reach every table, those of later versions too:
/// moving an installation, closing a season, spreading over several servers.
public struct TableShape: Hashable, Sendable {
    public struct Column: Hashable, Sendable {
        public let name: SQLIdentifier
        public let kind: RowBatch.Kind
    }

    public let name: SQLIdentifier
    /// In the order of their names, which is the same on every database.
    public let columns: [Column]
    /// The columns of the primary key, in its order; none where rows have no key and equal ones may stand side by side.
    public let key: [SQLIdentifier]

    /// Every table but the list of migrations, by name. Throws `StorageError.column` for a column of a kind that rows are
    /// not moved with.
    public static func all(in database: any Database) async throws -> [TableShape] {
        try await database.read(.migration) { try all(from: $0) }
    }

    static func all(from source: any Reading) throws -> [TableShape] {
        let catalogue: SQL =
            switch source.dialect {
            case .sqlite:
                """
                SELECT t.name AS "table", c.name AS "column", c.type AS kind, c.pk AS place
                FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'schema_migration'
                """
            case .postgresql:
                """
                SELECT t.relname AS "table", c.attname AS "column", format_type(c.atttypid, NULL) AS kind,
                  COALESCE((SELECT k.place FROM pg_index x
                    CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                    WHERE x.indrelid = t.oid AND x.indisprimary AND k.number = c.attnum), 0) AS place
                FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
                WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
                  AND NOT t.relispartition AND t.relname <> 'schema_migration'
                """
            }
        var found: [SQLIdentifier: [(column: Column, place: Int)]] = [:]
        for row in try source.rows(catalogue) {
            let column = Column(name: try SQLIdentifier("column", of: row), kind: try kind(of: row))
            found[try SQLIdentifier("table", of: row), default: []].append((column, try row.int("place")))
        }
        return found.map { name, columns in
            TableShape(
                name: name, columns: columns.map(\.column).sorted { $0.name < $1.name },
                key: columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.column.name))
        }.sorted { $0.name < $1.name }
    }

    private static func kind(of row: Row) throws(StorageError) -> RowBatch.Kind {
        switch try row.text("kind") {
        case "INTEGER", "bigint": return .integer
        case "TEXT", "text": return .text
        case "BLOB", "bytea": return .blob
        default: throw .column(name: try row.text("column"), problem: "is of a type that rows are not moved with")
        }
    }

    /// How many rows there are.
    public func count(in source: any Reading) throws -> Int {
        try source.row("SELECT COUNT(*) AS n FROM \(name: name)")?.int("n") ?? 0
    }

    /// The seasons of a tenant's rows; none where rows have no tenant and season.
    public func seasons(in source: any Reading) throws -> Set<SeasonYear> {
        guard isOfTenants else { return [] }
        return Set(
            try source.rows("SELECT DISTINCT season FROM \(name: name)").map { SeasonYear(try $0.int("season")) })
    }

    /// Whether the rows are a tenant's, season by season.
    public var isOfTenants: Bool {
        Set(["tenant", "season"]).isSubset(of: (key.isEmpty ? columns.map(\.name) : key).map(\.description))
    }
}
