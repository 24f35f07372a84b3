import Dispatch
import Foundation
import GRDB
public import Storage
import Synchronization

/// An SQLite file: one writer at a time, readers beside it, commits on disk when `write` returns.
///
/// Write-ahead log with `synchronous = FULL`, foreign keys on, five seconds of patience with other processes' locks,
/// IMMEDIATE write transactions (a transaction that has read never fails to become a writer). Other processes may open the
/// same file. Bodies run on GRDB's dispatch queues, never on Swift's cooperative pool.
public final class SQLiteDatabase: Storage.Database {
    public let dialect = Dialect.sqlite
    /// Where the file is.
    public let path: String
    private let pool: DatabasePool
    private static let transactions = Mutex(0)
    /// Kept for its end: it removes the file.
    private let directory: TemporaryDirectory?

    private init(path: String, pool: DatabasePool, directory: TemporaryDirectory?) {
        self.path = path
        self.pool = pool
        self.directory = directory
    }

    /// Opens the file, or makes it with its directory, for the owner alone (0600, directory 0700). Throws `unavailable`,
    /// `corrupted`, `busy`.
    public static func open(path: String) async throws -> SQLiteDatabase {
        try await open(path: path, directory: nil)
    }

    /// A database of its own in the temporary directory, removed when closed or forgotten: for tests. It is a file and as
    /// durable as any other, because a pool needs one and a test should see what production sees.
    public static func temporary() async throws -> SQLiteDatabase {
        let directory = TemporaryDirectory()
        return try await open(path: directory.url.appending(path: "ruxue.sqlite").path, directory: directory)
    }

    public func read<T: Sendable>(
        _ scope: Scope, _ body: @escaping @Sendable (any Reading) throws -> T
    ) async throws -> T {
        do {
            return try await pool.read { db in try body(SQLiteTransaction(db, scope, number: 0)) }
        } catch {
            throw StorageError.outside(error)
        }
    }

    @discardableResult
    public func write<T: Sendable>(
        _ scope: Scope, _ body: @escaping @Sendable (any Writing) throws -> T
    ) async throws -> T {
        do {
            let number = Self.transactions.withLock {
                $0 += 1
                return $0
            }
            return try await pool.write { db in try body(SQLiteTransaction(db, scope, number: number)) }
        } catch {
            throw StorageError.outside(error)
        }
    }

    public func close() async throws {
        let pool = pool
        // The closing waits for running transactions, so it waits on a thread of its own.
        try await offThePool { try pool.close() }
        directory?.remove()
    }

    private static func open(path: String, directory: TemporaryDirectory?) async throws -> SQLiteDatabase {
        try await offThePool {
            try SQLiteFile.prepare(path)
            let pool = try DatabasePool(path: path, configuration: configuration())
            try makeDurable(pool)
            return SQLiteDatabase(path: path, pool: pool, directory: directory)
        }
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "ruxue"
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // Erasing a person destroys a key; this overwrites it in the file too instead of leaving it in a free page.
            // Debian's library has it on by default, others not. Measured with rows of 300 bytes, 500 a
            // commit: 2 to 11 % slower, little more than two equal runs differ.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            // Sorting spills to memory, not to a file outside the data directory.
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // A damaged or planted schema cannot call functions with side effects.
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            // A large write-ahead log is cut back after a checkpoint; it holds old pages.
            if !db.configuration.readonly { try db.execute(sql: "PRAGMA journal_size_limit = 67108864") }
        }
        return configuration
    }

    /// GRDB sets `synchronous = NORMAL` when it turns the write-ahead log on, *after* `prepareDatabase`: acknowledged
    /// commits would be lost with the power. So it is set here, and read back, because nothing else would show it.
    private static func makeDurable(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal",
                try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1
            else {
                throw StorageError.unavailable(reason: "SQLite does not keep to the settings that make commits last")
            }
        }
    }
}

/// Runs blocking work on a thread of Dispatch and waits for it without holding a thread of the cooperative pool.
private func offThePool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    do {
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    } catch {
        throw StorageError.outside(error)
    }
}
