/// Reads house numbers at the start of a text whose punctuation is half-width: `49-67号(单号)`, `135、139、…179共13栋`.
struct NumberReader {
    /// What was read, and what follows it.
    struct Reading {
        var numbers: WrittenNumbers
        var rest: String
        /// 共13栋
        var count: Int?
    }

    private var text: Substring
    private var numbers = WrittenNumbers([])

    private init(_ text: String) { self.text = Substring(text) }

    /// nil when the text does not begin with a number.
    static func read(_ text: String) -> Reading? {
        var reader = NumberReader(text)
        return reader.read()
    }

    private mutating func read() -> Reading? {
        guard item() else { return nil }
        while true {
            let before = self
            var separated = false
            while let separator = text.first, "、,和及… ".contains(separator) {
                if separator == "…" { numbers.isComplete = false }
                text.removeFirst()
                separated = true
            }
            guard separated, item() else {
                if separated, text.isEmpty { break }
                self = before
                break
            }
        }
        if text == "等" || text == "号等" {
            numbers.isComplete = false
            text = ""
        }
        let count = countedBuildings()
        return Reading(numbers: numbers, rest: String(text), count: count)
    }

    /// One number, one range or one sub-number, with the parity written after it.
    private mutating func item() -> Bool {
        let before = text
        guard let first = integer() else { return false }
        let hasMark = skip(["号"])
        if hasMark, skip(["之", "附"]), let sub = integer() ?? chineseDigit() {
            _ = skip(["号"])
            numbers.subNumbers.append(HouseNumber(first, sub: sub))
            return true
        }
        var last = first
        let beforeRange = text
        if skip(["-", "~", "—", "–", "至", "到", "―"]) {
            while skip(["-", "—"]) {}
            if let end = integer() { last = end } else { text = beforeRange }
        }
        _ = skip(["号"])
        if isOtherThing {
            // The number belongs to what follows: 633号大院 is a yard, 3栋 a building.
            if numbers.spans.isEmpty && numbers.subNumbers.isEmpty { return keep(first, last, nil) }
            text = before
            return false
        }
        return keep(first, last, parity())
    }

    private mutating func keep(_ first: Int, _ last: Int, _ parity: NumberSet.Parity?) -> Bool {
        numbers.spans.append(WrittenNumbers.Span(first, last, parity))
        return true
    }

    private var isOtherThing: Bool {
        guard let next = text.first else { return false }
        return !"、,和及… 单双(共等除".contains(next)
    }

    private mutating func parity() -> NumberSet.Parity? {
        for (words, parity) in [("单", NumberSet.Parity.odd), ("双", .even)] {
            if skip(["(\(words)号)", "(\(words)数)", "(\(words))", "\(words)号", "\(words)数"]) { return parity }
        }
        return nil
    }

    private mutating func countedBuildings() -> Int? {
        let before = text
        guard skip(["共", "等共"]), let count = integer(), skip(["栋", "幢", "户", "座", "处"]) else {
            text = before
            return nil
        }
        return count
    }

    private mutating func integer() -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let value = Int(digits), value <= NumberSet.limit else { return nil }
        text = text.dropFirst(digits.count)
        return value
    }

    private mutating func chineseDigit() -> Int? {
        guard let first = text.first, let index = Array("一二三四五六七八九").firstIndex(of: first) else { return nil }
        text.removeFirst()
        return index + 1
    }

    private mutating func skip(_ words: [String]) -> Bool {
        guard let word = words.first(where: { text.hasPrefix($0) }) else { return false }
        text = text.dropFirst(word.count)
        return true
    }
}
