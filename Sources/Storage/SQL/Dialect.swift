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

    /// Follows a tenant's table: PostgreSQL keeps each season in a partition of its own, made when the season is opened.
    public var seasonPartitions: SQL {
        switch self {
        case .sqlite: ""
        case .postgresql: " PARTITION BY LIST (season)"
        }
    }

    /// Follows the table of jobs: PostgreSQL keeps each slot in a partition of its own, which it can empty at once.
    public var jobSlots: SQL {
        switch self {
        case .sqlite: ""
        case .postgresql: " PARTITION BY LIST (slot)"
        }
    }

    /// Comes before statements that want the first few rows in an index's order. PostgreSQL does not know how many rows a
    /// table has that was emptied a moment ago, nor how few a row policy hides; left alone it reads and sorts them all.
    public var inIndexOrder: [SQL] {
        switch self {
        case .sqlite: []
        case .postgresql:
            ["SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"]
        }
    }

    /// Ends a SELECT of a row that the transaction decides upon: others who would write it wait. SQLite has one writer at
    /// a time.
    public var holdingRows: SQL {
        switch self {
        case .sqlite: ""
        case .postgresql: " FOR UPDATE"
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
