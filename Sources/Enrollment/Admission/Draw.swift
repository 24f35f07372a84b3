import Protection

/// A child's number in the draw: 256 bits, compared as one unsigned number, smaller is earlier.
public struct DrawNumber: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public let hexadecimal: String

    /// HMAC-SHA-256(seed, ticket): bound to the child's ticket, the same whatever form is restarted.
    public init(seed: [UInt8], ticket: String) {
        hexadecimal = Hex.encode(hmacSHA256(key: seed, message: Array(ticket.utf8)))
    }

    public init(hexadecimal: String) { self.hexadecimal = hexadecimal }

    public var description: String { hexadecimal }

    /// Digits of equal length compare as numbers do.
    public static func < (left: Self, right: Self) -> Bool { left.hexadecimal < right.hexadecimal }
}
