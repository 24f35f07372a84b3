/// The schema, step by step. T rows lead every key with (tenant, season); P rows are keyed by person; R rows are small
/// reference data. No foreign key crosses them, so that the same schema distributes.
public enum Schema {
    public static let migrations: [Migration] = [
        Migration(number: 1, name: "spine") { dialect in
            referenceTables(dialect) + personTables(dialect) + applicationTables(dialect) + verificationTables(dialect)
                + reviewTables(dialect) + admissionTables(dialect) + accessTables(dialect)
        },
        Migration(number: 2, name: "isolation") { fileKeys($0) + rowSecurity($0) + ownersFunctions($0) },
        Migration(number: 3, name: "counters") { counterTables($0) },
        Migration(number: 4, name: "queue") { queueTables($0) },
        Migration(number: 5, name: "seasons") { seasonTable($0) },
        // Who signs in clears away what has expired, and does not read everybody's sessions to find it.
        Migration(number: 6, name: "expiry") { _ in ["CREATE INDEX session_by_expiry ON session (expires_at)"] },
    ]
}

/// A table's statement from its name and columns.
/// - Parameter bySeason: whether it holds a tenant's rows, which PostgreSQL keeps apart by season.
func table(
    _ dialect: Dialect, _ name: StaticString, keyed: Bool = true, bySeason: Bool = false, _ columns: [SQL]
) -> SQL {
    "CREATE TABLE \(raw: name) (\(fragment: columns.joined(separator: ", ")))"
        + (keyed ? dialect.keyedTableOptions : dialect.tableOptions) + (bySeason ? dialect.seasonPartitions : "")
}
