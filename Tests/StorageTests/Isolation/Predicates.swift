/// One condition of a statement: what stands between WHERE, ON and AND, in subqueries too.
struct Predicate: Hashable, Sendable {
    /// The statement with its placeholders.
    let statement: String
    let text: String
    /// Where the condition stands, in characters.
    private let range: Range<Int>

    /// The statement with this condition always true. Its placeholders stay, in their order, so that the binds fit.
    var withoutIt: String {
        let characters = Array(statement)
        let placeholders = text.matches(of: /\?\d+/).map { " OR \($0.output) IS NULL" }.joined()
        return String(characters[..<range.lowerBound]) + "(1 = 1\(placeholders))"
            + String(characters[range.upperBound...])
    }

    /// What it is called in a list of survivors: the statement up to its first condition, and the condition with its number
    /// among equal ones. Lists of any length are one, because the statement is written once.
    var name: String {
        let statement = Self.canonical(statement)
        let head = statement.split(separator: " WHERE ", maxSplits: 1).first ?? ""
        let before = Self.canonical(String(self.statement.prefix(range.lowerBound)))
        let equalOnes = before.split(separator: Self.canonical(text), omittingEmptySubsequences: false).count
        // Where one statement has several shapes, the whole of it tells them apart.
        return "\(head) | \(Self.canonical(text))" + (equalOnes > 1 ? " #\(equalOnes)" : "")
            + "\u{0}" + statement
    }

    private static func canonical(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .replacing(/\?\d+(, \?\d+)*/, with: "?")
    }

    private static let ends: Set<String> = [
        "AND", "GROUP", "ORDER", "LIMIT", "RETURNING", "JOIN", "LEFT", "WHERE", "UNION", "FOR", "ON", "HAVING",
    ]

    /// All conditions of a statement.
    static func all(of statement: String) -> [Predicate] {
        let words = Word.all(of: statement)
        var found: [Predicate] = []
        for (number, word) in words.enumerated() {
            guard word.text == "WHERE" || (word.text == "ON" && words[number + 1].text != "CONFLICT") else { continue }
            found += conditions(from: number + 1, words, statement)
        }
        return found
    }

    /// The conditions of an expression: what ANDs join at its outermost level.
    static func conditions(ofExpression text: String) -> [Predicate] {
        conditions(from: 0, Word.all(of: text), text)
    }

    private static func conditions(from start: Int, _ words: [Word], _ statement: String) -> [Predicate] {
        let characters = Array(statement)
        var found: [Predicate] = []
        var (depth, first) = (0, start)
        func close(at end: Int) {
            guard end > first else { return }
            let range = words[first].range.lowerBound..<words[end - 1].range.upperBound
            found.append(Predicate(statement: statement, text: String(characters[range]), range: range))
        }
        for number in start..<words.count {
            switch words[number].text {
            case "(": depth += 1
            case ")":
                depth -= 1
                if depth < 0 {
                    close(at: number)
                    return found
                }
            case let word where depth == 0 && ends.contains(word):
                close(at: number)
                guard word == "AND" else { return found }
                first = number + 1
            default: break
            }
        }
        close(at: words.count)
        return found
    }
}

/// A word, a bracket, a text in quotes, or anything else between blanks.
private struct Word {
    let text: String
    let range: Range<Int>

    static func all(of statement: String) -> [Word] {
        let characters = Array(statement)
        var words: [Word] = []
        var at = 0
        while at < characters.count {
            let start = at
            switch characters[at] {
            case "(", ")": at += 1
            case "'":
                repeat { at += 1 } while at < characters.count && characters[at] != "'"
                at += 1
            case let blank where blank.isWhitespace:
                at += 1
                continue
            default:
                while at < characters.count, !characters[at].isWhitespace, !"()'".contains(characters[at]) { at += 1 }
            }
            words.append(Word(text: String(characters[start..<at]), range: start..<at))
        }
        return words
    }
}
