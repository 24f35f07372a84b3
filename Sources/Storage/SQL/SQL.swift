/// A statement, or a part of one. What is interpolated can only become a bind, never text:
///
///     tx.rows("SELECT receipt FROM application WHERE tenant = \(tenant) AND state = \(state)")
///
/// The literal's own text is trusted, because it stands in the source. There is no way to make an `SQL` from a `String`
/// that came from elsewhere. Placeholders are written by the database's dialect, `?1` or `$1`, when the statement is sent.
/// Do not quote an interpolation (`'\(name)'`): the placeholder would be text, and the statement is refused.
public struct SQL: ExpressibleByStringInterpolation, Sendable, Hashable {
    enum Piece: Hashable, Sendable {
        case text(String)
        case bind(SQLValue)
        case list([SQLValue])
    }

    let pieces: [Piece]

    init(pieces: [Piece]) { self.pieces = pieces }

    public init(stringLiteral value: StaticString) { self.init(pieces: [.text("\(value)")]) }

    public init(stringInterpolation: Interpolation) { self.init(pieces: stringInterpolation.pieces) }

    /// One text after the other.
    public static func + (left: SQL, right: SQL) -> SQL { SQL(pieces: left.pieces + right.pieces) }

    /// Collects a statement's text and binds in their order.
    public struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: StaticString) { pieces.append(.text("\(literal)")) }

        /// Binds a value; nil is NULL, for which `= \(…)` is never true: write `IS NOT DISTINCT FROM` (SQLite: `IS`).
        public mutating func appendInterpolation(_ value: some SQLBindable) { pieces.append(.bind(value.sqlValue)) }

        /// Binds a value, or NULL; of its own, because the compiler warns of optionals where only a generic one fits.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            pieces.append(.bind(value?.sqlValue ?? .null))
        }

        /// Binds a code or an enumeration's text.
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value)
        where Value.RawValue == String { pieces.append(.bind(.text(value.rawValue))) }

        /// Binds a code or an enumeration's text, or NULL.
        public mutating func appendInterpolation<Value: RawRepresentable>(_ value: Value?)
        where Value.RawValue == String { pieces.append(.bind((value?.rawValue).sqlValue)) }

        /// A bind for each value, in brackets, for `column IN \(in: values)`. An empty list matches nothing; `NOT IN` an
        /// empty list also matches nothing, as SQL's NULL has it, so ask whether the list is empty first.
        public mutating func appendInterpolation<Value: SQLBindable>(in values: [Value]) {
            pieces.append(.list(values.map(\.sqlValue)))
        }

        /// The same for codes and enumerations.
        public mutating func appendInterpolation<Value: RawRepresentable>(in values: [Value])
        where Value.RawValue == String { pieces.append(.list(values.map { .text($0.rawValue) })) }

        /// Text that stands in the source: a column or table chosen by the code.
        public mutating func appendInterpolation(raw text: StaticString) { pieces.append(.text("\(text)")) }

        /// Another piece of SQL, binds and all.
        public mutating func appendInterpolation(fragment: SQL) { pieces.append(contentsOf: fragment.pieces) }
    }
}

extension Sequence<SQL> {
    /// The pieces with a separator between them: rows of a `VALUES`, conditions with ` AND `.
    public func joined(separator: StaticString) -> SQL {
        var pieces: [SQL.Piece] = []
        for part in self {
            if !pieces.isEmpty { pieces.append(.text("\(separator)")) }
            pieces.append(contentsOf: part.pieces)
        }
        return SQL(pieces: pieces)
    }
}

/// A statement as one database reads it.
public struct RenderedSQL: Hashable, Sendable {
    public let text: String
    /// In the order of the placeholders' numbers.
    public let binds: [SQLValue]
    /// False when the text depends on how many values a list has: such statements are not worth keeping prepared.
    public let isReusable: Bool
}

extension SQL {
    /// Writes the statement with numbered placeholders, each value bound once.
    public func rendered(for dialect: Dialect) -> RenderedSQL {
        var text = ""
        var binds: [SQLValue] = []
        var isReusable = true
        func place(_ value: SQLValue) {
            binds.append(value)
            text += dialect.placeholder(binds.count)
        }
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .bind(let value): place(value)
            case .list(let values):
                isReusable = false
                text += "("
                for (offset, value) in dialect.padded(values).enumerated() {
                    if offset > 0 { text += ", " }
                    place(value)
                }
                // PostgreSQL refuses `IN ()`.
                text += values.isEmpty ? "NULL)" : ")"
            }
        }
        return RenderedSQL(text: text, binds: binds, isReusable: isReusable)
    }
}

extension Dialect {
    /// A list made longer by its last value, so that there are few lengths and the server knows each text already.
    fileprivate func padded(_ values: [SQLValue]) -> [SQLValue] {
        guard self == .postgresql, values.count > 3, let last = values.last else { return values }
        var length = 4
        while length < values.count { length *= 2 }
        // No statement has more binds than 65,535.
        return length > 16_384 ? values : values + Array(repeating: last, count: length - values.count)
    }
}
