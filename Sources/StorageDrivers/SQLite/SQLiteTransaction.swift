import Foundation
import GRDB
import Storage

/// One transaction on one connection, on that connection's queue.
struct SQLiteTransaction: Writing {
    let scope: Scope
    let dialect = Dialect.sqlite
    /// SQLite has one writer at a time.
    let lane = 0
    let number: Int
    private let db: GRDB.Database

    init(_ db: GRDB.Database, _ scope: Scope, number: Int) {
        self.db = db
        self.scope = scope
        self.number = number
    }

    func rows(_ sql: Storage.SQL) throws(StorageError) -> [Storage.Row] { try fetch(sql, firstOnly: false) }

    func row(_ sql: Storage.SQL) throws(StorageError) -> Storage.Row? { try fetch(sql, firstOnly: true).first }

    @discardableResult
    func execute(_ sql: Storage.SQL) throws(StorageError) -> Int {
        try translating {
            let (statement, arguments) = try prepare(sql)
            let before = db.totalChangesCount
            try statement.execute(arguments: arguments)
            // sqlite3_changes keeps the number of an earlier statement when this one was no INSERT, UPDATE or DELETE.
            return db.totalChangesCount == before ? 0 : db.changesCount
        }
    }

    @discardableResult
    func batch(_ statements: [Storage.SQL]) throws(StorageError) -> [Int] {
        var counts: [Int] = []
        for statement in statements { counts.append(try execute(statement)) }
        return counts
    }

    func rows(ofEach statements: [Storage.SQL]) throws(StorageError) -> [[Storage.Row]] {
        var results: [[Storage.Row]] = []
        for statement in statements { results.append(try rows(statement)) }
        return results
    }

    @discardableResult
    func insert(_ batch: RowBatch) throws(StorageError) -> Int {
        var count = 0
        for row in batch.rows { count += try execute(batch.statement(for: row)) }
        return count
    }

    func reading<T>(_ scope: Scope, _ body: (any Reading) throws -> T) throws -> T {
        try body(SQLiteTransaction(db, scope, number: number))
    }

    func writing<T>(_ scope: Scope, _ body: (any Writing) throws -> T) throws -> T {
        try body(SQLiteTransaction(db, scope, number: number))
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) {
        db.afterNextTransaction(onCommit: { _ in action() })
    }

    private func fetch(_ sql: Storage.SQL, firstOnly: Bool) throws(StorageError) -> [Storage.Row] {
        try translating {
            let (statement, arguments) = try prepare(sql)
            let columns = statement.columnNames
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments)
            var rows: [Storage.Row] = []
            while let row = try cursor.next() {
                rows.append(
                    Storage.Row(columns: columns, values: columns.indices.map { SQLValue(row[$0] as DatabaseValue) }))
                // A statement that writes (RETURNING) has to be run to its end.
                if firstOnly && statement.isReadonly { break }
            }
            return rows
        }
    }

    private func prepare(_ sql: Storage.SQL) throws -> (Statement, StatementArguments) {
        let rendered = sql.rendered(for: dialect)
        // GRDB's cache has no bound, so what has no end of different texts stays out of it; so does the schema's DDL.
        let statement =
            rendered.isReusable && scope != .migration
            ? try db.cachedStatement(sql: rendered.text) : try db.makeStatement(sql: rendered.text)
        return (statement, StatementArguments(try rendered.binds.map(Self.databaseValue)))
    }

    private static func databaseValue(_ value: SQLValue) throws(StorageError) -> DatabaseValue {
        switch value {
        case .null: return .null
        case .integer(let number): return number.databaseValue
        case .real(let number): return number.databaseValue
        case .blob(let bytes): return Data(bytes).databaseValue
        case .text(let text):
            // GRDB binds text as a C string and would cut it at the first NUL in silence; PostgreSQL refuses it.
            guard !text.utf8.contains(0) else { throw .text }
            return text.databaseValue
        }
    }

    private func translating<T>(_ work: () throws -> T) throws(StorageError) -> T {
        do { return try work() } catch { throw StorageError(inside: error) }
    }
}

extension SQLValue {
    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob([UInt8](data))
        }
    }
}
