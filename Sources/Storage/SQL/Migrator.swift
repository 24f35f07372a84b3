/// One step of the schema, written once: a step that has been released is never edited, another follows it.
public struct Migration: Sendable {
    public let number: Int
    public let name: String
    /// The statements, each alone; DDL takes no binds.
    public let statements: @Sendable (Dialect) -> [SQL]

    public init(number: Int, name: String, statements: @escaping @Sendable (Dialect) -> [SQL]) {
        self.number = number
        self.name = name
        self.statements = statements
    }

    /// Tells two texts of one migration apart. FNV-1a, 64 bit: it guards against accidents, not against somebody.
    func digest(_ dialect: Dialect) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for statement in statements(dialect) {
            for byte in Array(statement.rendered(for: dialect).text.utf8) + [0] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
        }
        let text = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

/// How a database's schema stands against what this version knows.
public struct SchemaStatus: Sendable, Hashable {
    /// Numbers of the migrations that the database has.
    public let applied: [Int]
    /// Numbers of the migrations that it still needs.
    public let pending: [Int]
    /// Why this version must not touch the database; nil also when there are only pending migrations.
    public let problem: SchemaProblem?

    /// Whether `serve` may work on it.
    public var isCurrent: Bool { pending.isEmpty && problem == nil }
}

/// Brings a schema forward: numbered steps, one transaction each, never back.
public struct Migrator: Sendable {
    private let migrations: [Migration]

    /// Takes the migrations numbered 1, 2, 3 … in order; anything else is a programmer's error.
    public init(_ migrations: [Migration]) {
        precondition(
            migrations.map(\.number) == Array(1..<(migrations.count + 1)), "migrations are numbered from 1 without gaps"
        )
        self.migrations = migrations
    }

    /// Applies what is pending and returns its numbers. Several processes may call it at once: each step is applied by one
    /// of them. Throws `storage.schema` and changes nothing when the database is newer or differs. A step that fails leaves
    /// the steps before it in place.
    public func migrate(_ database: any Database) async throws -> [Int] {
        try await database.write(.migration) { tx in
            try tx.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_migration (
                    number \(fragment: tx.dialect.integer) PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL,
                    applied_at \(fragment: tx.dialect.integer) NOT NULL)\(fragment: tx.dialect.tableOptions)
                """)
        }
        var done: [Int] = []
        for migration in migrations {
            let applied = try await database.write(.migration) { tx in
                // Asked again inside each transaction, because another process may have come first.
                let status = try status(in: tx)
                if let problem = status.problem { throw StorageError.schema(problem) }
                guard status.pending.contains(migration.number) else { return false }
                try tx.batch(migration.statements(tx.dialect))
                try tx.execute(
                    """
                    INSERT INTO schema_migration (number, name, digest, applied_at) VALUES
                    (\(migration.number), \(migration.name), \(migration.digest(tx.dialect)),
                     \(fragment: tx.dialect.nowMilliseconds))
                    """)
                return true
            }
            if applied { done.append(migration.number) }
        }
        return done
    }

    /// Compares, and changes nothing.
    public func status(_ database: any Database) async throws -> SchemaStatus {
        try await database.read(.migration) { tx in
            guard try tableExists(tx) else {
                return SchemaStatus(applied: [], pending: migrations.map(\.number), problem: nil)
            }
            return try status(in: tx)
        }
    }

    /// Throws `storage.schema` unless the schema is exactly the one this version works on.
    public func requireCurrent(_ database: any Database) async throws {
        let status = try await status(database)
        if let problem = status.problem { throw StorageError.schema(problem) }
        if !status.pending.isEmpty { throw StorageError.schema(.pending(status.pending)) }
    }

    private func status(in tx: any Reading) throws(StorageError) -> SchemaStatus {
        var applied: [Int: String] = [:]
        for row in try tx.rows("SELECT number, digest FROM schema_migration") {
            applied[try row.int("number")] = try row.text("digest")
        }
        let highest = applied.keys.max() ?? 0
        var problem: SchemaProblem?
        if highest > migrations.count {
            problem = .newer(found: highest, known: migrations.count)
        } else if let missing = (1..<(highest + 1)).first(where: { applied[$0] == nil }) {
            problem = .incomplete(missing: missing)
        } else if let changed = migrations.first(where: {
            guard let digest = applied[$0.number] else { return false }
            return digest != $0.digest(tx.dialect)
        }) {
            problem = .changed(number: changed.number)
        }
        return SchemaStatus(
            applied: applied.keys.sorted(), pending: migrations.map(\.number).filter { applied[$0] == nil },
            problem: problem)
    }

    private func tableExists(_ tx: any Reading) throws(StorageError) -> Bool {
        let found =
            switch tx.dialect {
            case .sqlite: try tx.row("SELECT 1 AS n FROM sqlite_schema WHERE name = 'schema_migration'")
            case .postgresql: try tx.row("SELECT 1 AS n WHERE to_regclass('schema_migration') IS NOT NULL")
            }
        return found != nil
    }
}
