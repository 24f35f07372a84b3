public import Enrollment

/// A value as a database keeps it.
public enum SQLValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case real(Double)
}

/// A type that may stand in a statement, always as a bind. Codes and enumerations with text behind them need no
/// conformance: ``SQL`` takes any `RawRepresentable` of `String`.
public protocol SQLBindable {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
    public var sqlValue: SQLValue { self }
}

extension Int: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int32: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLBindable {
    public var sqlValue: SQLValue { .integer(self) }
}

extension Bool: SQLBindable {
    /// 0 or 1: SQLite's STRICT tables have no BOOLEAN, and one text serves both databases.
    public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Double: SQLBindable {
    public var sqlValue: SQLValue { .real(self) }
}

extension String: SQLBindable {
    public var sqlValue: SQLValue { .text(self) }
}

extension Array: SQLBindable where Element == UInt8 {
    public var sqlValue: SQLValue { .blob(self) }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension TypedID: SQLBindable {
    /// Sixteen bytes.
    public var sqlValue: SQLValue { .blob(bytes) }
}

extension Instant: SQLBindable {
    /// Milliseconds since 1970, UTC.
    public var sqlValue: SQLValue { .integer(milliseconds) }
}

extension CivilDate: SQLBindable {
    /// `YYYY-MM-DD`, which sorts as the dates do.
    public var sqlValue: SQLValue { .text(description) }
}

extension SeasonYear: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(value)) }
}
