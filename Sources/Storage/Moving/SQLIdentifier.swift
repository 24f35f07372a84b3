/// The name of a table or column that a database's own catalogue gave. It is the one way by which a name that does not
/// stand in the source gets into a statement; there is none from a row's value, a file or a person's input.
public struct SQLIdentifier: Hashable, Comparable, Sendable, CustomStringConvertible {
    private let name: String

    /// Takes a name out of a row of the catalogue. Throws `StorageError.column` for anything but small letters, digits and
    /// `_`, which is all that this schema uses.
    init(_ column: String, of row: Row) throws(StorageError) {
        let name = try row.text(column)
        let isPlain =
            (1...63).contains(name.utf8.count) && name.utf8.first.map(Self.isLetter) == true
            && name.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) }
        guard isPlain else { throw .column(name: column, problem: "is no plain name of a table or column") }
        self.name = name
    }

    public var description: String { name }

    public static func < (left: Self, right: Self) -> Bool { left.name < right.name }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension SQL.Interpolation {
    /// A table or column of the database's catalogue, in quotes, because `until` and the like are words of SQL elsewhere.
    mutating func appendInterpolation(name: SQLIdentifier) { pieces.append(.text("\"\(name)\"")) }
}
