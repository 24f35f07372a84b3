import Foundation

/// An address as it is compared: Unicode scalars without blanks, in half width, Latin letters in capitals. Where blanks or
/// punctuation stood is remembered, because a name may end there and a number does.
struct AddressText: Sendable {
    /// The scalars' values; a hyphen stands for every dash between numbers.
    private(set) var scalars: [UInt32] = []
    /// Whether something was left out before the scalar of that index; one longer than ``scalars``.
    private(set) var isBreak: [Bool] = [true]

    var count: Int { scalars.count }

    /// The text of an address; words such as 住址 before the place are passed over.
    init(_ text: String) {
        self.init(name: text)
        for lead in Self.leads where starts(with: lead, at: 0) {
            scalars.removeFirst(lead.count)
            isBreak.removeFirst(lead.count)
            isBreak[0] = true
            break
        }
    }

    /// A name, whole as it stands.
    init(name text: String) {
        let needsComposing = text.unicodeScalars.contains { Self.isComposed($0.value) }
        let source = needsComposing ? text.precomposedStringWithCanonicalMapping : text
        scalars.reserveCapacity(source.utf8.count / 2)
        for scalar in source.unicodeScalars { append(scalar.value) }
        isBreak[isBreak.count - 1] = true
    }

    private mutating func append(_ value: UInt32) {
        switch value {
        case 0xFF01...0xFF5E where value != 0xFF5E: append(value - 0xFEE0)
        case 0x30...0x39, 0x41...0x5A: keep(value)
        case 0x61...0x7A: keep(value - 0x20)
        case 0x2D, 0x2010...0x2015, 0x2212, 0x7E, 0xFF5E, 0x301C, 0x2500: keep(Self.hyphen)
        case 0x3007, 0x25CB, 0x25EF, 0x3021...0x3029: keep(Self.numeralForms[value] ?? value)
        // Marks that take no room: joiners, direction, byte order, variation.
        case 0x200B...0x200F, 0x2060, 0xFEFF, 0xFE00...0xFE0F, 0xE0100...0xE01EF: break
        case 0x2E80... where !Self.isPunctuation(value): keep(value)
        default: isBreak[isBreak.count - 1] = true
        }
    }

    private mutating func keep(_ value: UInt32) {
        scalars.append(value)
        isBreak.append(false)
    }

    /// Whether the words stand at this place.
    func starts(with words: [UInt32], at start: Int) -> Bool {
        guard start + words.count <= scalars.count else { return false }
        for offset in 0..<words.count where scalars[start + offset] != words[offset] { return false }
        return true
    }

    /// Whether the words stand somewhere in the range.
    func contains(_ words: [UInt32], in range: Range<Int>) -> Bool {
        range.contains { $0 + words.count <= range.upperBound && starts(with: words, at: $0) }
    }

    /// The text of a range.
    func string(_ range: Range<Int>) -> String {
        var result = String.UnicodeScalarView()
        for value in scalars[range] { if let scalar = Unicode.Scalar(value) { result.append(scalar) } }
        return String(result)
    }

    /// The scalar's value there, or nil behind the end.
    subscript(index: Int) -> UInt32? { index < scalars.count ? scalars[index] : nil }

    static let hyphen: UInt32 = 0x2D
    static func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }
    static func isLetter(_ value: UInt32) -> Bool { (0x41...0x5A).contains(value) }

    /// Whether a scalar has another canonical form or joins the one before.
    private static func isComposed(_ value: UInt32) -> Bool {
        (0x300...0x36F).contains(value) || (0xF900...0xFAFF).contains(value) || (0x2F800...0x2FA1F).contains(value)
    }

    private static func isPunctuation(_ value: UInt32) -> Bool {
        (0x3000...0x3020).contains(value) && value != 0x3005 && value != 0x3006 && value != 0x3007
            || (0xFE30...0xFE4F).contains(value) || (0xFF5F...0xFF65).contains(value)
    }

    /// 〇 and the circles people type for it, and the merchants' numerals, as usual numerals.
    private static let numeralForms: [UInt32: UInt32] = Dictionary(
        uniqueKeysWithValues: zip(
            [0x3007, 0x25CB, 0x25EF, 0x3021, 0x3022, 0x3023, 0x3024, 0x3025, 0x3026, 0x3027, 0x3028, 0x3029],
            "〇〇〇一二三四五六七八九".unicodeScalars.map(\.value)))

    private static let leads = [
        "家庭住址", "居住地址", "现居住地", "现居住在", "现住址", "居住在", "现住在", "现住", "家住", "住址", "地址", "住在", "中国",
    ].map(\.scalars)
}

extension String {
    /// The values of the scalars.
    var scalars: [UInt32] { unicodeScalars.map(\.value) }
}
