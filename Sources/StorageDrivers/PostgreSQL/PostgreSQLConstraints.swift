import Storage
import Synchronization

/// The columns of unique keys, in the words that SQLite uses (`table.column, table.column`), asked of the server once each.
final class PostgreSQLConstraints: Sendable {
    private let known = Mutex<[String: String]>([:])

    /// The columns of the key that a row would have doubled; nil when nobody knows. To be asked outside a transaction.
    func columns(of refusal: PostgreSQLRefusal, on wire: PostgreSQLWire) throws(PostgreSQLFailure) -> String? {
        guard let name = refusal.constraint else { return nil }
        let schema = refusal.schema ?? ""
        let key = "\(schema).\(name)"
        if let columns = known.withLock({ $0[key] }) { return columns }
        // Where tables lie on several servers, the names of their parts end in numbers.
        let short = name.replacing(/_[0-9]+$/, with: "")
        for candidate in Set([name, short]).sorted(by: { $0.count > $1.count }) {
            guard let columns = try Self.ask(schema, candidate, on: wire) else { continue }
            known.withLock { $0[key] = columns }
            return columns
        }
        return nil
    }

    /// A partition's key is named after the table that is parted. Expressions have no columns and are passed over.
    private static func ask(
        _ schema: String, _ name: String, on wire: PostgreSQLWire
    ) throws(PostgreSQLFailure) -> String? {
        try wire.send(
            """
            SELECT r.relname AS "table", a.attname AS "column"
            FROM pg_catalog.pg_index x
            JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
            JOIN pg_catalog.pg_class r
              ON r.oid = coalesce(pg_catalog.pg_partition_root(x.indrelid)::pg_catalog.oid, x.indrelid)
            CROSS JOIN LATERAL pg_catalog.unnest(x.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k(number, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.number
            WHERE x.indisunique AND i.relname = \(wire.quoted(name)) AND n.nspname = \(wire.quoted(schema))
              AND k.place <= x.indnkeyatts
            ORDER BY k.place
            """)
        try wire.mark()
        guard let result = try wire.answers().first, let rows = try? result.rows(columns: nil) else { return nil }
        // Two names are columns of every row of this statement.
        let columns = rows.compactMap { row in try? "\(row.text("table")).\(row.text("column"))" }
        return columns.isEmpty ? nil : columns.joined(separator: ", ")
    }
}
