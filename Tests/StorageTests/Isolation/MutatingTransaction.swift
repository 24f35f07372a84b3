import Synchronization

@testable import Storage

/// A transaction whose statements are noted, or one of them changed.
struct MutatingTransaction: Writing {
    /// The statements that went by, each text once, in the order in which they came first.
    final class Notes: Sendable {
        private let texts = Mutex<[String]>([])
        private let counts = Mutex<[Int]>([])

        var statements: [String] { texts.withLock { $0 } }

        /// How many rows each statement changed, in their order, also where it left them as they were.
        var changes: [Int] { counts.withLock { $0 } }

        func note(changed: [Int]) -> [Int] {
            counts.withLock { $0 += changed }
            return changed
        }

        func note(_ text: String) {
            texts.withLock { if !$0.contains(text) { $0.append(text) } }
        }
    }

    let inner: any Writing
    let notes: Notes
    /// The condition that is left out.
    let missing: Predicate?

    var scope: Scope { inner.scope }
    var dialect: Dialect { inner.dialect }
    var lane: Int { inner.lane }
    var number: Int { inner.number }

    func rows(_ sql: SQL) throws(StorageError) -> [Row] { try inner.rows(changed(sql)) }

    func row(_ sql: SQL) throws(StorageError) -> Row? { try inner.row(changed(sql)) }

    func rows(ofEach statements: [SQL]) throws(StorageError) -> [[Row]] {
        try inner.rows(ofEach: statements.map(changed))
    }

    func execute(_ sql: SQL) throws(StorageError) -> Int {
        let count = try inner.execute(changed(sql))
        return notes.note(changed: [count])[0]
    }

    func batch(_ statements: [SQL]) throws(StorageError) -> [Int] {
        notes.note(changed: try inner.batch(statements.map(changed)))
    }

    func insert(_ rows: RowBatch) throws(StorageError) -> Int { try inner.insert(rows) }

    func reading<T>(_ scope: Scope, _ body: (any Reading) throws -> T) throws -> T {
        try inner.writing(scope) { try body(MutatingTransaction(inner: $0, notes: notes, missing: missing)) }
    }

    func writing<T>(_ scope: Scope, _ body: (any Writing) throws -> T) throws -> T {
        try inner.writing(scope) { try body(MutatingTransaction(inner: $0, notes: notes, missing: missing)) }
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { inner.afterCommit(action) }

    private func changed(_ sql: SQL) -> SQL {
        let rendered = sql.rendered(for: dialect)
        notes.note(rendered.text)
        guard let missing, missing.statement == rendered.text else { return sql }
        // Each placeholder stands once and in order, so the binds go back to their places one after the other.
        var pieces: [SQL.Piece] = []
        var binds = rendered.binds[...]
        for part in missing.withoutIt.split(separator: /\?\d+/, omittingEmptySubsequences: false) {
            if !pieces.isEmpty { pieces.append(.bind(binds.removeFirst())) }
            pieces.append(.text(String(part)))
        }
        return SQL(pieces: pieces)
    }
}
