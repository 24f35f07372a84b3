/// A piece of text that names one kind of thing and is compared letter by letter.
public protocol Code: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible,
    ExpressibleByStringLiteral
where RawValue == String {
    init(rawValue: String)
}

extension Code {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public var description: String { rawValue }
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// A tenant's own six-digit code: 430922 for 桃江县, 430100 for 长沙市.
public struct TenantCode: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A GB/T 2260 county-level division, six digits. Not to be compared with the first digits of an ID number, which tell
/// where that number was first issued.
public struct DivisionCode: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A school's code, unique within its tenant.
public struct SchoolCode: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// 类别: an ordered class of families in a county's rules. A class of pupils is `SchoolClass`.
public struct CategoryID: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// The number a family is given for its application: tenant, year, and eight digits that follow no order, the last a
/// check digit. `430922-26-0017-4482`.
public struct ReceiptNumber: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Makes a receipt number from seven random digits.
    public static func make(tenant: TenantCode, season: SeasonYear, random: RandomSource) -> ReceiptNumber {
        let word = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let digits = Self.padded(Int(word % 10_000_000), to: 7)
        let year = Self.padded(season.value % 100, to: 2)
        let all = digits + String(checkDigit(tenant.rawValue + year + digits))
        return ReceiptNumber(rawValue: "\(tenant)-\(year)-\(all.prefix(4))-\(all.suffix(4))")
    }

    /// Reads what somebody typed; nil when its shape or its check digit is wrong.
    public init?(reading text: String) {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        guard digits.count == 16, text.allSatisfy({ $0.isNumber && $0.isASCII || $0 == "-" || $0 == " " }),
            let last = digits.last?.wholeNumberValue, Self.checkDigit(String(digits.dropLast())) == last
        else { return nil }
        let parts = Array(digits)
        self.init(
            rawValue:
                "\(String(parts[0..<6]))-\(String(parts[6..<8]))-\(String(parts[8..<12]))-\(String(parts[12..<16]))")
    }

    /// The tenant named by the first six digits.
    public var tenant: TenantCode { TenantCode(rawValue: String(rawValue.prefix(6))) }

    /// Luhn's check digit (ISO/IEC 7812-1, annex B).
    private static func checkDigit(_ digits: String) -> Int {
        var sum = 0
        for (offset, character) in digits.reversed().enumerated() {
            let digit = character.wholeNumberValue ?? 0
            let doubled = offset.isMultiple(of: 2) ? digit * 2 : digit
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return (10 - sum % 10) % 10
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

/// The year in which the season's children enter school.
public struct SeasonYear: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    public let value: Int
    public init(_ value: Int) { self.value = value }
    public init(from decoder: any Decoder) throws { value = try decoder.singleValueContainer().decode(Int.self) }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
    public var description: String { String(value) }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// 学段: the stage of schooling a child enters.
public enum Stage: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable, Comparable {
    /// Grade one of primary school (小学一年级).
    case primary
    /// Grade seven, the first of junior middle school (初中一年级).
    case junior
    public static func < (left: Stage, right: Stage) -> Bool { left == .primary && right == .junior }
}
