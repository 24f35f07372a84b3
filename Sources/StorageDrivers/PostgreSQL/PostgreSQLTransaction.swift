import Storage

/// A transaction as a body sees it, in one scope.
struct PostgreSQLTransaction: Writing {
    let scope: Scope
    let dialect = Dialect.postgresql
    private let session: PostgreSQLSession

    /// How many statements go out before their answers are read to the end; bounds the memory of answers.
    private static let statementsAtOnce = 500
    /// How many rows make one array; bounds the memory of values.
    private static let rowsAtOnce = 5_000

    let isDistributed: Bool

    init(_ session: PostgreSQLSession, _ scope: Scope, isDistributed: Bool) {
        self.session = session
        self.isDistributed = isDistributed
        self.scope = scope
    }

    var lane: Int { session.lane }
    var number: Int { session.number }

    func rows(_ sql: SQL) throws(StorageError) -> [Row] {
        guard let answer = try session.run(CollectionOfOne(PostgreSQLCall(sql)), in: scope).first else { return [] }
        return try answer.result.rows(columns: answer.columns)
    }

    func row(_ sql: SQL) throws(StorageError) -> Row? { try rows(sql).first }

    func rows(ofEach statements: [SQL]) throws(StorageError) -> [[Row]] {
        try each(of: statements) { answer throws(StorageError) in try answer.result.rows(columns: answer.columns) }
    }

    @discardableResult
    func execute(_ sql: SQL) throws(StorageError) -> Int {
        try session.run(CollectionOfOne(PostgreSQLCall(sql)), in: scope).first?.result.changes ?? 0
    }

    @discardableResult
    func batch(_ statements: [SQL]) throws(StorageError) -> [Int] {
        try each(of: statements) { answer throws(StorageError) in answer.result.changes }
    }

    @discardableResult
    func insert(_ rows: RowBatch) throws(StorageError) -> Int {
        // Citus turns rows that come out of arrays into a COPY to each server, which row-level security refuses there.
        if isDistributed { return try batch(rows.rows.map(rows.statement)).reduce(0, +) }
        var count = 0
        var start = 0
        while start < rows.rows.count {
            let chunk = rows.rows[start..<min(start + Self.rowsAtOnce, rows.rows.count)]
            count +=
                try session.run(CollectionOfOne(try Self.call(chunk, of: rows)), in: scope).first?.result.changes ?? 0
            start = chunk.endIndex
        }
        return count
    }

    @discardableResult
    func insert(each batches: [RowBatch]) throws(StorageError) -> [Int] {
        guard !isDistributed, batches.count <= PostgreSQLStatements.perExchange,
            batches.allSatisfy({ $0.rows.count <= Self.rowsAtOnce })
        else {
            var counts: [Int] = []
            for batch in batches { counts.append(try insert(batch)) }
            return counts
        }
        var calls: [PostgreSQLCall] = []
        for batch in batches where !batch.rows.isEmpty { calls.append(try Self.call(batch.rows[...], of: batch)) }
        var answers = calls.isEmpty ? [][...] : try session.run(calls, in: scope)[...]
        return batches.map { $0.rows.isEmpty ? 0 : answers.popFirst()?.result.changes ?? 0 }
    }

    private static func call(
        _ chunk: ArraySlice<[SQLValue]>, of rows: RowBatch
    ) throws(StorageError) -> PostgreSQLCall {
        let arrays = rows.columns.enumerated().map { number, column in
            switch column.kind {
            case .integer: "$\(number + 1)::bigint[]"
            case .text: "$\(number + 1)::text[]"
            case .blob: "$\(number + 1)::bytea[]"
            }
        }
        let text = "\(rows.head) SELECT * FROM UNNEST(\(arrays.joined(separator: ", ")))\(rows.tail)"
        var parameters = PostgreSQLParameters()
        for (number, column) in rows.columns.enumerated() {
            try parameters.append(number, of: chunk, kind: column.kind)
        }
        return PostgreSQLCall(text: text, parameters)
    }

    func reading<T>(_ scope: Scope, _ body: (any Reading) throws -> T) throws -> T {
        try body(PostgreSQLTransaction(session, scope, isDistributed: isDistributed))
    }

    func writing<T>(_ scope: Scope, _ body: (any Writing) throws -> T) throws -> T {
        try body(PostgreSQLTransaction(session, scope, isDistributed: isDistributed))
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { session.afterCommit(action) }

    private func each<Value>(
        of statements: [SQL], _ value: (PostgreSQLConnection.Answer) throws(StorageError) -> Value
    ) throws(StorageError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(statements.count)
        var calls: [PostgreSQLCall] = []
        var texts: Set<String> = []
        for statement in statements {
            let call = PostgreSQLCall(statement)
            texts.insert(call.text)
            if calls.count == Self.statementsAtOnce || texts.count > PostgreSQLStatements.perExchange {
                for answer in try session.run(calls, in: scope) { values.append(try value(answer)) }
                calls = []
                texts = [call.text]
            }
            calls.append(call)
        }
        guard !calls.isEmpty else { return values }
        for answer in try session.run(calls, in: scope) { values.append(try value(answer)) }
        return values
    }
}
