// StorageDrivers: the databases behind `Storage.Database`.
//
// Purpose: SQLite through GRDB, the embedded default; PostgreSQL joins it here. A driver opens, guards durability and file
// permissions, runs rendered statements, and turns the library's errors into `StorageError`.
// Not here: SQL of the product (that is in `Storage`), keys, rules. A type of GRDB appears in no public declaration.
// Start reading at `SQLite/SQLiteDatabase.swift`; then `SQLite/SQLiteTransaction.swift`, `SQLite/SQLiteFile.swift`.
