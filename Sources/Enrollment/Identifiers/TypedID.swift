/// A random 128-bit identifier of one kind of thing; identifiers of different kinds do not compare.
///
/// Text form: 32 lower-case hexadecimal digits.
public struct TypedID<Kind>: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Draws a fresh identifier.
    public init(from random: RandomSource) {
        self.init(bytes: random.bytes(16))
    }

    /// Takes the first sixteen bytes, big-endian; a shorter array is a programmer's error.
    public init(bytes: [UInt8]) {
        precondition(bytes.count >= 16, "an identifier needs sixteen bytes")
        self.init(
            high: bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) },
            low: bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Reads the text form; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    public var description: String { Self.hex(high) + Self.hex(low) }

    /// The sixteen bytes, big-endian.
    public var bytes: [UInt8] {
        [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    }

    public static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a 128-bit identifier"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func hex(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

public enum PersonKind {}
public enum ApplicationKind {}
public enum CheckKind {}
public enum FindingKind {}
public enum RunKind {}
public enum OfferKind {}
public enum AttachmentKind {}
public enum JobKind {}
public enum GrantKind {}

public typealias PersonID = TypedID<PersonKind>
public typealias ApplicationID = TypedID<ApplicationKind>
public typealias CheckID = TypedID<CheckKind>
public typealias FindingID = TypedID<FindingKind>
public typealias AllocationRunID = TypedID<RunKind>
public typealias OfferID = TypedID<OfferKind>
public typealias AttachmentID = TypedID<AttachmentKind>
public typealias JobID = TypedID<JobKind>
public typealias StaffGrantID = TypedID<GrantKind>
