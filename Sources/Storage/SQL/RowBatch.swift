/// Rows of one shape for one table. PostgreSQL takes them as one array a column, which is some twenty times quicker than
/// row by row; SQLite, which has no arrays, runs one prepared statement over and over.
public struct RowBatch: Sendable {
    /// What a column holds.
    public enum Kind: String, Sendable {
        case integer, text, blob
    }

    public struct Column: Sendable {
        public let name: String
        public let kind: Kind

        public init(_ name: StaticString, _ kind: Kind) {
            self.name = "\(name)"
            self.kind = kind
        }

        init(_ name: SQLIdentifier, _ kind: Kind) {
            self.name = "\"\(name)\""
            self.kind = kind
        }
    }

    public let table: String
    public let columns: [Column]
    /// Whether rows whose key exists are passed over.
    public let skipsExisting: Bool
    /// One value a column, of its kind or NULL.
    public private(set) var rows: [[SQLValue]] = []

    public init(into table: StaticString, _ columns: [Column], skipsExisting: Bool = false) {
        self.table = "\(table)"
        self.columns = columns
        self.skipsExisting = skipsExisting
    }

    /// For a table of the database's catalogue.
    init(into table: SQLIdentifier, _ columns: [Column], skipsExisting: Bool) {
        self.table = "\"\(table)\""
        self.columns = columns
        self.skipsExisting = skipsExisting
    }

    /// Adds a row; a value too many or too few is a programmer's error.
    public mutating func add(_ values: [SQLValue]) {
        precondition(values.count == columns.count, "a row has one value a column")
        rows.append(values)
    }

    /// The statement for one row, the same text for all of them.
    public func statement(for row: [SQLValue]) -> SQL {
        var pieces: [SQL.Piece] = [.text(head + " VALUES (")]
        for (number, value) in row.enumerated() {
            if number > 0 { pieces.append(.text(", ")) }
            pieces.append(.bind(value))
        }
        pieces.append(.text(")" + tail))
        return SQL(pieces: pieces)
    }

    /// `INSERT INTO table (columns)`.
    public var head: String { "INSERT INTO \(table) (\(columns.map(\.name).joined(separator: ", ")))" }

    /// What follows the values.
    public var tail: String { skipsExisting ? " ON CONFLICT DO NOTHING" : "" }
}
