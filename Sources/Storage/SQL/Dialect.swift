/// The places where two databases must differ. Everything else is one text for both.
public enum Dialect: String, Sendable, CaseIterable {
    case sqlite
    case postgresql

    /// The placeholder of a bind, counted from one. SQLite also reads `$2`, but as a *name*, numbered by first
    /// appearance: `$2, $1` would swap its values in silence.
    func placeholder(_ number: Int) -> String {
        switch self {
        case .sqlite: "?\(number)"
        case .postgresql: "$\(number)"
        }
    }

    /// Whole numbers of 64 bits: PostgreSQL's INTEGER has 32, SQLite's STRICT tables refuse BIGINT.
    public var integer: SQL {
        switch self {
        case .sqlite: "INTEGER"
        case .postgresql: "BIGINT"
        }
    }

    public var blob: SQL {
        switch self {
        case .sqlite: "BLOB"
        case .postgresql: "BYTEA"
        }
    }

    public var real: SQL {
        switch self {
        case .sqlite: "REAL"
        case .postgresql: "DOUBLE PRECISION"
        }
    }

    /// A column type with key: numbers that the database gives out, rising and never used twice. On PostgreSQL they
    /// become visible in another order than they were given: a reader must not take the highest seen as "all before".
    public var serialKey: SQL {
        switch self {
        case .sqlite: "INTEGER PRIMARY KEY AUTOINCREMENT"
        case .postgresql: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
        }
    }

    /// Follows the closing bracket of CREATE TABLE: SQLite keeps column types only when told to.
    public var tableOptions: SQL {
        switch self {
        case .sqlite: " STRICT"
        case .postgresql: ""
        }
    }

    /// The same for a table that is read by its primary key only, which SQLite then stores once, in key order.
    public var keyedTableOptions: SQL {
        switch self {
        case .sqlite: " STRICT, WITHOUT ROWID"
        case .postgresql: ""
        }
    }

    /// Ends a SELECT that claims work. SQLite has one writer at a time, so nobody else can claim; PostgreSQL passes over
    /// what another worker holds.
    public var claimingWork: SQL {
        switch self {
        case .sqlite: ""
        case .postgresql: " FOR UPDATE SKIP LOCKED"
        }
    }

    /// The database's own clock as milliseconds since 1970; for records about the database itself only, because all other
    /// time comes from `Clock`. SQLite 3.40 has no `unixepoch('subsec')`.
    public var nowMilliseconds: SQL {
        switch self {
        case .sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
        case .postgresql: "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"
        }
    }
}
