import Foundation

/// A tag of a template's text.
struct TemplateTag: Equatable {
    enum Kind: Equatable {
        case print, printUnescaped, section, inverted, close, partial, comment, forbidden(Character)
    }

    let kind: Kind
    let name: String
    let line: Int

    /// Every tag, in order.
    static func all(in text: String) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var line = 1
        var rest = Substring(text)
        while let open = rest.range(of: "{{") {
            line += rest[..<open.lowerBound].count { $0.isNewline }
            rest = rest[open.upperBound...]
            let isTriple = rest.first == "{"
            guard let close = rest.range(of: isTriple ? "}}}" : "}}") else { break }
            tags.append(read(rest[..<close.lowerBound], line: line))
            line += rest[..<close.lowerBound].count { $0.isNewline }
            rest = rest[close.upperBound...]
        }
        return tags
    }

    private static func read(_ inside: Substring, line: Int) -> TemplateTag {
        let kinds: [Character: Kind] = [
            "#": .section, "^": .inverted, "/": .close, ">": .partial, "!": .comment, "{": .printUnescaped,
            "&": .printUnescaped, "<": .forbidden("<"), "$": .forbidden("$"), "=": .forbidden("="),
            "%": .forbidden("%"),
        ]
        guard let first = inside.first, let kind = kinds[first] else {
            return TemplateTag(kind: .print, name: trimmed(inside), line: line)
        }
        return TemplateTag(kind: kind, name: trimmed(inside.dropFirst()), line: line)
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
