// StorageDrivers: the databases behind `Storage.Database`.
//
// Purpose: SQLite through GRDB, the embedded default; PostgreSQL through libpq, for a province. A driver opens, guards
// durability and who may read, sets the scope that row-level security looks at, runs rendered statements on threads of its
// own, and turns the library's errors into `StorageError` with what a repetition would mean.
// Not here: SQL of the product (that is in `Storage`), keys, rules. A type of GRDB or libpq appears in no public
// declaration.
// Start reading at `SQLite/SQLiteDatabase.swift`; for PostgreSQL at `PostgreSQL/PostgreSQLDatabase.swift`, then
// `PostgreSQLSession.swift` (a transaction), `PostgreSQLPool.swift`, `PostgreSQLConnection.swift`.
