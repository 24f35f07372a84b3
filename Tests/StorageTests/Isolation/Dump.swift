@testable import Storage

/// All rows of all tables as text, the same on both databases.
struct Dump: Sendable {
    private struct Column: Sendable {
        let name: String
        let kind: String
    }

    private let tables: [(name: String, columns: [Column])]
    private let dialect: Dialect

    /// Reads from the database's own catalogue which tables and columns there are.
    init(_ database: any Database) async throws {
        dialect = database.dialect
        let catalogue: SQL =
            switch dialect {
            case .sqlite:
                """
                SELECT t.name AS "table", c.name AS "column", c.type AS kind
                FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'schema_migration'
                ORDER BY t.name, c.name
                """
            case .postgresql:
                """
                SELECT t.relname::text AS "table", c.attname::text AS "column", format_type(c.atttypid, NULL) AS kind
                FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
                WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
                  AND NOT t.relispartition AND t.relname <> 'schema_migration'
                ORDER BY t.relname, c.attname
                """
            }
        let rows = try await database.read(.province) { try $0.rows(catalogue) }
        let columns = try rows.map {
            (table: try $0.text("table"), column: Column(name: try $0.text("column"), kind: try $0.text("kind")))
        }
        tables = Dictionary(grouping: columns, by: \.table).sorted { $0.key < $1.key }
            .map { (name: $0.key, columns: $0.value.map(\.column)) }
    }

    /// Each row once, as its table and its values. On PostgreSQL no scope sees everything, so all of them look.
    func rows(in tx: any Reading) throws -> Set<String> {
        let statement = statement
        let look = { (tx: any Reading) in try tx.rows(statement).map { try $0.text("line") } }
        guard dialect == .postgresql else { return Set(try look(tx)) }
        var rows: Set<String> = []
        for scope in Planted.everything { rows.formUnion(try tx.reading(scope, look)) }
        return rows
    }

    private var statement: SQL {
        let parts = tables.map { table in
            let values = table.columns.map { "'\($0.name)=' || " + quoted($0) }.joined(separator: " || ' ' || ")
            return "SELECT '\(table.name) ' || \(values) AS line FROM \(table.name)"
        }
        return SQL(pieces: [.text(parts.joined(separator: " UNION ALL "))])
    }

    private func quoted(_ column: Column) -> String {
        switch (dialect, column.kind) {
        case (.sqlite, _): "quote(\(column.name))"
        case (.postgresql, "bytea"):
            "COALESCE('X''' || upper(encode(\(column.name), 'hex')) || '''', 'NULL')"
        case (.postgresql, "text"): "quote_nullable(\(column.name))"
        case (.postgresql, _): "COALESCE(\(column.name)::text, 'NULL')"
        }
    }
}
