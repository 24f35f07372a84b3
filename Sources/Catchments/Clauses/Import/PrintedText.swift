/// A text with one form for each punctuation mark, character for character beside the printed one, and its brackets paired.
struct PrintedText {
    let printed: [Character]
    /// As printed with half-width digits, letters and punctuation; as long as ``printed``.
    let plain: [Character]
    /// How many bracket pairs are open at a character; the brackets themselves count as inside.
    let depth: [Int]
    /// Offsets of brackets without a partner.
    let loneBrackets: Set<Int>

    init(_ text: String) {
        let printed = Array(text)
        let plain = printed.map(Self.plain)
        var open: [Int] = []
        var lone: Set<Int> = []
        for (offset, character) in plain.enumerated() {
            if character == "(" { open.append(offset) }
            if character == ")", open.popLast() == nil { lone.insert(offset) }
        }
        lone.formUnion(open)
        var level = 0
        var depth: [Int] = []
        for (offset, character) in plain.enumerated() {
            let isPaired = !lone.contains(offset)
            if isPaired, character == "(" { level += 1 }
            depth.append(level)
            if isPaired, character == ")" { level -= 1 }
        }
        (self.printed, self.plain, self.depth, loneBrackets) = (printed, plain, depth, lone)
    }

    func plain(_ range: Range<Int>) -> String { String(plain[range]) }

    func stretch(_ range: Range<Int>) -> ImportedParagraph.Stretch {
        ImportedParagraph.Stretch(
            start: range.lowerBound, end: range.upperBound, text: String(printed[range]))
    }

    private static func plain(_ character: Character) -> Character {
        if character.isNewline { return "\n" }
        if character.isWhitespace { return " " }
        if "[【〔「{".contains(character) { return "(" }
        if "]】〕」}".contains(character) { return ")" }
        guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
            (0xFF01...0xFF5E).contains(scalar.value), let half = Unicode.Scalar(scalar.value - 0xFEE0)
        else { return character }
        return half == "[" || half == "{" ? "(" : half == "]" || half == "}" ? ")" : Character(half)
    }
}
