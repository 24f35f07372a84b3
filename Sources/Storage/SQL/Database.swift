/// A database of either dialect.
///
/// The closures are synchronous on purpose. A transaction holds a connection, and on SQLite the one write lock; a closure
/// that could await a department or another transaction would hold it for as long as they please, and with few
/// connections two of them wait for each other for ever. So nothing outside can be awaited inside: ask first, then
/// write what was answered. The closures run on the connection's own thread, never on Swift's cooperative pool.
///
/// An error thrown by a closure rolls its transaction back and comes out unchanged. A cancelled task gets
/// `CancellationError`, with its transaction rolled back.
public protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Reads from one consistent state of the database; writers are neither waited for nor held up. A write inside throws
    /// `StorageError.readOnly`.
    func read<T: Sendable>(_ scope: Scope, _ body: @escaping @Sendable (any Reading) throws -> T) async throws -> T

    /// Runs a transaction: when this returns, everything in it is on disk; when it throws, nothing is (but see
    /// `StorageError.unavailable`). Not to be nested: the inner call would wait for the outer one.
    @discardableResult
    func write<T: Sendable>(_ scope: Scope, _ body: @escaping @Sendable (any Writing) throws -> T) async throws -> T

    /// Waits for what is running and closes; later use throws `StorageError.unavailable`. Closing twice is harmless.
    func close() async throws
}

/// What can be done in a transaction that reads. Valid inside its closure only.
public protocol Reading {
    var scope: Scope { get }
    var dialect: Dialect { get }

    /// Whether tables are spread over several servers, which cannot do all that one can.
    var isDistributed: Bool { get }

    /// All rows, in memory: put a LIMIT where a result could be long.
    func rows(_ sql: SQL) throws(StorageError) -> [Row]

    /// The first row; nil when there is none.
    func row(_ sql: SQL) throws(StorageError) -> Row?

    /// The rows of each statement, in one round trip where there is a wire between.
    func rows(ofEach statements: [SQL]) throws(StorageError) -> [[Row]]

    /// Goes on in another scope inside the same transaction, and comes back to this one. The outer value is not to be
    /// used meanwhile.
    func reading<T>(_ scope: Scope, _ body: (any Reading) throws -> T) throws -> T
}

extension Reading {
    public var isDistributed: Bool { false }
}

/// What can be done in a transaction that writes; `rows` and `row` also take statements with RETURNING, and see what the
/// transaction has written so far.
///
/// A statement that throws `conflict` leaves nothing of itself behind. Let the error out, though: PostgreSQL refuses every
/// further statement of that transaction, SQLite does not. Where a duplicate is expected, write ON CONFLICT.
public protocol Writing: Reading {
    /// A number that no other transaction under way in this process has: what is numbered a lane needs no lock.
    var lane: Int { get }

    /// A number that no other transaction of this process ever has.
    var number: Int { get }

    /// Runs a statement; the number of rows it inserted, updated or deleted itself (without triggers and cascades).
    @discardableResult func execute(_ sql: SQL) throws(StorageError) -> Int

    /// Runs statements in order, in one round trip where there is a wire between; how many rows each changed.
    @discardableResult func batch(_ statements: [SQL]) throws(StorageError) -> [Int]

    /// Inserts many rows of one shape; how many were inserted, which is fewer only with `ON CONFLICT DO NOTHING`.
    @discardableResult func insert(_ rows: RowBatch) throws(StorageError) -> Int

    /// Inserts rows of several shapes in order, in one round trip where there is a wire between; how many of each were
    /// inserted.
    @discardableResult func insert(each batches: [RowBatch]) throws(StorageError) -> [Int]

    /// Goes on in another scope inside the same transaction, and comes back to this one. The outer value is not to be
    /// used meanwhile.
    func writing<T>(_ scope: Scope, _ body: (any Writing) throws -> T) throws -> T

    /// Has something done once the transaction is known to be on disk, before another of its lane begins; never when it
    /// was rolled back or its outcome is unknown.
    func afterCommit(_ action: @escaping @Sendable () -> Void)
}

extension Writing {
    @discardableResult
    public func insert(each batches: [RowBatch]) throws(StorageError) -> [Int] {
        var counts: [Int] = []
        for batch in batches { counts.append(try insert(batch)) }
        return counts
    }
}
