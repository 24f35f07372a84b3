public import Enrollment

/// One row of a result. A column that is missing, NULL where a value was asked for, or of another type throws
/// `StorageError.column`: the code and the schema disagree, and guessing would turn that into wrong data.
public struct Row: Sendable {
    /// The names of a result's columns, shared by its rows.
    private let columns: [String]
    private let values: [SQLValue]

    /// For drivers: one value a column, in the same order.
    public init(columns: [String], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value as it is stored. Of two columns with the same name the first is taken.
    public func value(_ column: String) throws(StorageError) -> SQLValue {
        // Results have few columns: a search is cheaper than a dictionary for each result.
        guard let index = columns.firstIndex(of: column) else {
            throw .column(name: column, problem: "is not in the result")
        }
        return values[index]
    }
}

extension Row {
    public func int(_ column: String) throws(StorageError) -> Int {
        Int(try required(column, try optionalInt64(column)))
    }
    public func int64(_ column: String) throws(StorageError) -> Int64 {
        try required(column, try optionalInt64(column))
    }
    public func bool(_ column: String) throws(StorageError) -> Bool {
        try required(column, try optionalBool(column))
    }
    public func real(_ column: String) throws(StorageError) -> Double {
        try required(column, try optionalReal(column))
    }
    public func text(_ column: String) throws(StorageError) -> String {
        try required(column, try optionalText(column))
    }
    public func blob(_ column: String) throws(StorageError) -> [UInt8] {
        try required(column, try optionalBlob(column))
    }
    public func instant(_ column: String) throws(StorageError) -> Instant {
        try required(column, try optionalInstant(column))
    }
    public func date(_ column: String) throws(StorageError) -> CivilDate {
        try required(column, try optionalDate(column))
    }
    public func season(_ column: String) throws(StorageError) -> SeasonYear { SeasonYear(try int(column)) }

    public func id<Kind>(
        _ column: String, as type: TypedID<Kind>.Type = TypedID<Kind>.self
    ) throws(StorageError) -> TypedID<Kind> {
        try required(column, try optionalID(column))
    }

    /// A code; any text is one.
    public func code<Value: Code>(_ column: String, as type: Value.Type = Value.self) throws(StorageError) -> Value {
        Value(rawValue: try text(column))
    }

    /// An enumeration; a text that is none of its cases throws.
    public func decode<Value: RawRepresentable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(StorageError) -> Value where Value.RawValue == String {
        try required(column, try optionalDecode(column))
    }
}

extension Row {
    public func optionalInt(_ column: String) throws(StorageError) -> Int? { try optionalInt64(column).map { Int($0) } }

    public func optionalInt64(_ column: String) throws(StorageError) -> Int64? {
        switch try value(column) {
        case .null: nil
        case .integer(let number): number
        default: throw .column(name: column, problem: "is no whole number")
        }
    }

    public func optionalBool(_ column: String) throws(StorageError) -> Bool? {
        switch try optionalInt64(column) {
        case nil: nil
        case 0: false
        case 1: true
        default: throw .column(name: column, problem: "is neither 0 nor 1")
        }
    }

    /// Whole numbers are read as well: SQLite hands out 2.0 of an expression as it likes.
    public func optionalReal(_ column: String) throws(StorageError) -> Double? {
        switch try value(column) {
        case .null: nil
        case .real(let number): number
        case .integer(let number): Double(number)
        default: throw .column(name: column, problem: "is no number")
        }
    }

    public func optionalText(_ column: String) throws(StorageError) -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let text): text
        default: throw .column(name: column, problem: "is no text")
        }
    }

    public func optionalBlob(_ column: String) throws(StorageError) -> [UInt8]? {
        switch try value(column) {
        case .null: nil
        case .blob(let bytes): bytes
        default: throw .column(name: column, problem: "is no blob")
        }
    }

    public func optionalInstant(_ column: String) throws(StorageError) -> Instant? {
        try optionalInt64(column).map { Instant(milliseconds: $0) }
    }

    public func optionalDate(_ column: String) throws(StorageError) -> CivilDate? {
        guard let text = try optionalText(column) else { return nil }
        guard let date = CivilDate(text) else { throw .column(name: column, problem: "is no date YYYY-MM-DD") }
        return date
    }

    public func optionalID<Kind>(
        _ column: String, as type: TypedID<Kind>.Type = TypedID<Kind>.self
    ) throws(StorageError) -> TypedID<Kind>? {
        guard let bytes = try optionalBlob(column) else { return nil }
        guard bytes.count == 16 else { throw .column(name: column, problem: "has not the 16 bytes of an identifier") }
        return TypedID(bytes: bytes)
    }

    public func optionalCode<Value: Code>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(StorageError) -> Value? {
        try optionalText(column).map { Value(rawValue: $0) }
    }

    public func optionalDecode<Value: RawRepresentable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(StorageError) -> Value? where Value.RawValue == String {
        guard let text = try optionalText(column) else { return nil }
        // The text itself stays out of the error.
        guard let value = Value(rawValue: text) else { throw .column(name: column, problem: "is no \(Value.self)") }
        return value
    }

    private func required<Value>(_ column: String, _ value: Value?) throws(StorageError) -> Value {
        guard let value else { throw .column(name: column, problem: "is NULL") }
        return value
    }
}

extension Dictionary {
    /// Rows by a key of which the statement gives each once. A key that comes twice throws `StorageError.column`: taking
    /// either row would be a guess, and a trap would end the process for everybody.
    init(eachOnce pairs: [(Key, Value)]) throws(StorageError) {
        self.init(minimumCapacity: pairs.count)
        for (key, value) in pairs {
            guard updateValue(value, forKey: key) == nil else {
                throw .column(name: "\(Key.self)", problem: "is there twice")
            }
        }
    }
}
