extension TableShape {
    /// What one page holds at most, unless a single row is larger.
    private static let bytesOfPage = 4 << 20
    private static let rowsOfPage = 2_000

    /// Hands out all rows by the order of their key, so many at a time that memory stays bounded whatever is attached to
    /// them; values in the order of ``columns``. Rows that appear meanwhile are missed or not, unless the reading is of
    /// one state.
    public func eachPage(of source: any Reading, _ body: ([[SQLValue]]) throws -> Void) throws {
        let order = key.isEmpty ? columns.map(\.name) : key
        let texts = columns.map(\.name.description)
        let places = order.compactMap { part in columns.firstIndex { $0.name == part } }
        var last: [SQLValue]?
        while true {
            let rest = rest(by: order, after: last)
            let limit = try rowsThatFit(source, rest)
            guard limit > 0 else { return }
            let page = try source.rows("SELECT \(fragment: selected)\(fragment: rest) LIMIT \(limit)")
            let rows = try page.map { row in try texts.map { text throws(StorageError) in try row.value(text) } }
            guard let end = rows.last else { return }
            last = places.map { end[$0] }
            if key.isEmpty {
                for (row, copies) in zip(rows, try page.map { try $0.int("copies") }) {
                    for start in stride(from: 0, to: copies, by: Self.rowsOfPage) {
                        try body(Array(repeating: row, count: min(Self.rowsOfPage, copies - start)))
                    }
                }
            } else {
                try body(rows)
            }
        }
    }

    /// Adds rows that ``eachPage(of:_:)`` of the same table elsewhere gave.
    public func insert(_ rows: [[SQLValue]], into target: any Writing, skipsExisting: Bool) throws {
        var batch = RowBatch(into: name, columns.map { .init($0.name, $0.kind) }, skipsExisting: skipsExisting)
        for row in rows { batch.add(row) }
        try target.insert(batch)
    }

    /// Empties a table whose rows have no key, so that it can be filled once more: nothing tells its rows apart.
    public func emptyWithoutKey(_ target: any Writing) throws {
        if key.isEmpty { try target.execute("DELETE FROM \(name: name)") }
    }

    /// Tells the planner how many rows there are now.
    public func analyze(_ target: any Writing) throws {
        if target.dialect == .postgresql { try target.execute("ANALYZE \(name: name)") }
    }

    /// Equal rows of a table without a key are counted: a page would not know where among them it ended.
    private var selected: SQL {
        let names = columns.map { SQL("\(name: $0.name)") }.joined(separator: ", ")
        return key.isEmpty ? "\(fragment: names), COUNT(*) AS copies" : names
    }

    private func rest(by order: [SQLIdentifier], after last: [SQLValue]?) -> SQL {
        let columns = order.map { SQL("\(name: $0)") }.joined(separator: ", ")
        let binds = (last ?? []).map { SQL("\($0)") }.joined(separator: ", ")
        let from: SQL = " FROM \(name: name)"
        let after: SQL = last == nil ? "" : " WHERE (\(fragment: columns)) > (\(fragment: binds))"
        return from + after + (key.isEmpty ? " GROUP BY \(fragment: columns)" : "")
            + " ORDER BY \(fragment: columns)"
    }

    /// Asked of the server before the rows themselves, which may carry megabytes each.
    private func rowsThatFit(_ source: any Reading, _ rest: SQL) throws -> Int {
        let sizes = columns.filter { $0.kind != .integer }.map { SQL("COALESCE(LENGTH(\(name: $0.name)), 0)") }
        guard !sizes.isEmpty else { return Self.rowsOfPage }
        let sum = sizes.joined(separator: " + ")
        var (rows, bytes) = (0, 0)
        for row in try source.rows("SELECT \(fragment: sum) AS bytes\(fragment: rest) LIMIT \(Self.rowsOfPage)") {
            bytes += try row.int("bytes")
            if rows > 0, bytes > Self.bytesOfPage { break }
            rows += 1
        }
        return rows
    }
}
