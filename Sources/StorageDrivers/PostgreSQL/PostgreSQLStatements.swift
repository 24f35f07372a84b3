/// A statement that the server has parsed and knows by a name.
struct PostgreSQLStatement {
    let name: String
    let parameterTypes: [UInt32]
    let columns: [String]
}

/// The prepared statements of one connection; the one used longest ago makes room. Texts with lists in them, of which
/// there are as many as there are lengths, have a smaller room of their own, so that they never push out the others.
struct PostgreSQLStatements {
    private struct Room {
        let capacity: Int
        var entries: [String: (statement: PostgreSQLStatement, used: Int)] = [:]

        /// The name of the statement that made room, if one had to.
        mutating func keep(_ statement: PostgreSQLStatement, for text: String, _ clock: Int) -> String? {
            entries[text] = (statement, clock)
            guard entries.count > capacity, let oldest = entries.min(by: { $0.value.used < $1.value.used }) else {
                return nil
            }
            entries[oldest.key] = nil
            return oldest.value.statement.name
        }
    }

    private var fixed: Room
    private var varying: Room
    private var clock = 0
    private var names = 0
    /// Names that the server still has to forget.
    private(set) var evicted: [String] = []

    init(capacity: Int = 256, varyingCapacity: Int = 128) {
        fixed = Room(capacity: capacity)
        varying = Room(capacity: varyingCapacity)
    }

    /// How many different texts one exchange may have at most, so that none of them pushes out another.
    static let perExchange = 64

    /// Finds a statement and marks it as used.
    mutating func find(_ text: String, isReusable: Bool) -> PostgreSQLStatement? {
        clock += 1
        if isReusable {
            fixed.entries[text]?.used = clock
            return fixed.entries[text]?.statement
        }
        varying.entries[text]?.used = clock
        return varying.entries[text]?.statement
    }

    mutating func nextName() -> String {
        names += 1
        return "s\(names)"
    }

    mutating func keep(_ statement: PostgreSQLStatement, for text: String, isReusable: Bool) {
        clock += 1
        let old =
            isReusable
            ? fixed.keep(statement, for: text, clock) : varying.keep(statement, for: text, clock)
        if let old { evicted.append(old) }
    }

    mutating func forgotten(_ name: String) { evicted.removeAll { $0 == name } }
}
