import Storage
import StorageDrivers

/// A database with one table, `note(id, body, data, number, ratio, flag)`.
func notes(_ test: (PostgreSQLDatabase, PostgreSQLSandbox) async throws -> Void) async throws {
    try await PostgreSQLSandbox.with { sandbox in
        try await sandbox.open { database in
            try await database.write(.migration) { tx in
                try tx.execute(
                    """
                    CREATE TABLE note (id BIGINT PRIMARY KEY, body TEXT, data BYTEA, number BIGINT,
                      ratio DOUBLE PRECISION, flag BIGINT UNIQUE)
                    """)
            }
            try await test(database, sandbox)
        }
    }
}

/// How many rows the table has.
func count(_ database: PostgreSQLDatabase) async throws -> Int? {
    try await database.read(.province) { tx in try tx.row("SELECT count(*) AS n FROM note")?.int("n") }
}
