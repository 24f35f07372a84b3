/// Numbers as addresses write them: 12, 十二, 二〇五, 两百零三.
enum ChineseNumeral {
    /// Reads a number in Arabic or Chinese digits. Chinese numerals are either all digits (二〇五) or have places (二百零五).
    /// - Returns: the number and the index behind it, or nil where none stands or it is no number below ten million.
    static func read(_ text: AddressText, at start: Int) -> (value: Int, end: Int)? {
        guard let first = text[start] else { return nil }
        return AddressText.isDigit(first) ? readArabic(text, at: start) : readChinese(text, at: start)
    }

    /// The Arabic writing of a name with Chinese numerals, digit by digit or by its places; nil for a name without one.
    static func arabic(_ name: [UInt32]) -> [UInt32]? {
        var text = name
        var changed = false
        var index = 0
        while index < text.count {
            guard isNumeral(text[index]) else { index += 1; continue }
            var end = index
            while end < text.count, isNumeral(text[end]) { end += 1 }
            guard let value = value(of: text[index..<end]) else { return nil }
            let digits = String(value).scalars
            text.replaceSubrange(index..<end, with: digits)
            index += digits.count
            changed = true
        }
        return changed ? text : nil
    }

    /// Whether the scalar is one of the numerals, places included.
    static func isNumeral(_ scalar: UInt32) -> Bool { digits[scalar] != nil || places[scalar] != nil }

    private static func readArabic(_ text: AddressText, at start: Int) -> (value: Int, end: Int)? {
        var value = 0
        var end = start
        while let scalar = text[end], AddressText.isDigit(scalar), end == start || !text.isBreak[end] {
            value = value * 10 + Int(scalar - 0x30)
            guard value < limit else { return nil }
            end += 1
        }
        return (value, end)
    }

    private static func readChinese(_ text: AddressText, at start: Int) -> (value: Int, end: Int)? {
        var end = start
        while let scalar = text[end], isNumeral(scalar), end == start || !text.isBreak[end] { end += 1 }
        guard end > start, end - start < 8, let value = value(of: text.scalars[start..<end]) else { return nil }
        return (value, end)
    }

    private static func value(of numerals: ArraySlice<UInt32>) -> Int? {
        guard numerals.contains(where: { places[$0] != nil }) else {
            guard numerals.count < 8 else { return nil }
            return numerals.reduce(0) { $0 * 10 + (digits[$1] ?? 0) }
        }
        var sum = 0
        var pending: Int?
        var last = limit
        for numeral in numerals {
            if let place = places[numeral] {
                // Places fall: 二百三十, never 三十二百.
                guard place < last, pending != nil || place == 10 && sum == 0 else { return nil }
                sum += (pending ?? 1) * place
                (pending, last) = (nil, place)
            } else {
                guard pending == nil || pending == 0 else { return nil }
                pending = digits[numeral]
            }
        }
        return sum + (pending ?? 0)
    }

    private static let limit = 10_000_000
    private static let digits: [UInt32: Int] = {
        var result: [UInt32: Int] = [:]
        for row in ["〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"] {
            for (value, scalar) in row.unicodeScalars.enumerated() { result[scalar.value] = value }
        }
        for scalar in "两".unicodeScalars { result[scalar.value] = 2 }
        return result
    }()
    private static let places: [UInt32: Int] = Dictionary(
        uniqueKeysWithValues: zip("十百千拾佰仟".scalars, [10, 100, 1000, 10, 100, 1000]))
}
