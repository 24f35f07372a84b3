/// A citizen's ID number (GB 11643-1999): seventeen digits and a check character.
///
/// The first six digits tell where the number was first issued; they may name a county that no longer exists, so they
/// are never compared with today's list of divisions.
public struct IDNumber: Hashable, Sendable, Codable {
    /// Eighteen characters, the last a digit or upper-case X.
    public let value: String

    /// Reads what a person typed: blanks are dropped, full-width digits and lower-case x are accepted.
    public init(_ text: String) throws(IDNumberProblem) {
        let cleaned = text.unicodeScalars.compactMap { scalar -> Character? in
            switch scalar.value {
            case 0x20, 0x3000, 0x09: nil
            case 0xFF10...0xFF19: Character(UnicodeScalar(UInt8(scalar.value - 0xFF10 + 0x30)))
            case 0x78, 0xFF58, 0xFF38: "X"
            default: Character(scalar)
            }
        }
        guard cleaned.count == 18 else { throw .length }
        guard cleaned.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }),
            cleaned[17].isASCII, cleaned[17].isNumber || cleaned[17] == "X"
        else { throw .characters }
        let digits = cleaned.dropLast().compactMap(\.wholeNumberValue)
        guard Self.birthDate(of: digits) != nil else { throw .birthDate }
        guard Self.checkCharacter(digits) == cleaned[17] else { throw .checkDigit }
        value = String(cleaned)
    }

    /// Completes seventeen digits with their check character.
    /// - Parameter prefix: the six digits of the place of first issue.
    /// - Parameter sequence: 0...999; odd for males, even for females.
    public init(prefix: String, birthDate: CivilDate, sequence: Int) throws(IDNumberProblem) {
        let date = birthDate.description.filter { $0 != "-" }
        let tail = String(repeating: "0", count: max(0, 3 - String(sequence).count)) + String(sequence)
        let digits = (prefix + date + tail).compactMap(\.wholeNumberValue)
        guard digits.count == 17 else { throw .length }
        try self.init(prefix + date + tail + String(Self.checkCharacter(digits)))
    }

    public var birthDate: CivilDate {
        guard let date = Self.birthDate(of: value.dropLast().compactMap(\.wholeNumberValue)) else {
            preconditionFailure("an ID number is only made with a birth date")
        }
        return date
    }

    public var sex: Sex {
        let digit = value.dropLast().last?.wholeNumberValue ?? 0
        return digit.isMultiple(of: 2) ? .female : .male
    }

    private static func birthDate(of digits: [Int]) -> CivilDate? {
        let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
        return CivilDate(year: number(6..<10), month: number(10..<12), day: number(12..<14))
    }

    private static func checkCharacter(_ digits: [Int]) -> Character {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return Array("10X98765432")[sum % 11]
    }
}

/// What is wrong with an ID number; each has its own words on the page.
public enum IDNumberProblem: String, Error, Sendable {
    case length, characters, birthDate, checkDigit
}

public enum Sex: String, Sendable, Codable { case male, female }
