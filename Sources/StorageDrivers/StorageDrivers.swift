// StorageDrivers: the databases behind `Storage.Database`.
//
// Purpose: SQLite through GRDB, the embedded default; PostgreSQL through libpq, for a province's set of servers. A driver
// opens, guards durability and file permissions, runs rendered statements, and turns the library's errors into
// `StorageError`.
// Not here: SQL of the product (that is in `Storage`), keys, rules. A type of GRDB or libpq appears in no public
// declaration.
// Start reading at `SQLite/SQLiteDatabase.swift`; then `SQLite/SQLiteTransaction.swift`, `SQLite/SQLiteFile.swift`. Of
// PostgreSQL: `PostgreSQL/PostgreSQLDatabase.swift` (what it promises), `PostgreSQLSession.swift` (one transaction, and
// what becomes of it when something breaks), `PostgreSQLWire.swift` (libpq), `PostgreSQLPool.swift` (who gets a connection).
