/// One `import` in a source, whatever its attributes, access level, kind of declaration or submodule.
struct ImportStatement: Equatable {
    /// The top-level module: `Glibc` for `import struct Glibc.stat`.
    let module: String
    /// The line, counted from 1.
    let line: Int

    /// Reads every import of a source; comments and texts are not looked at.
    static func all(in source: String) -> [ImportStatement] {
        var found: [ImportStatement] = []
        let lines = SwiftText(source).bare.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.contains("import") {
            for statement in line.split(separator: ";") {
                guard let module = module(importedBy: statement) else { continue }
                found.append(ImportStatement(module: module, line: index + 1))
            }
        }
        return found
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let declarationKinds: Set<Substring> = [
        "typealias", "struct", "class", "enum", "protocol", "let", "var", "func",
    ]

    private static func module(importedBy statement: Substring) -> String? {
        var words = withoutAttributes(statement).split(whereSeparator: \.isWhitespace)[...]
        if let first = words.first, accessLevels.contains(first) { words = words.dropFirst() }
        guard words.first == "import" else { return nil }
        words = words.dropFirst()
        if let first = words.first, declarationKinds.contains(first) { words = words.dropFirst() }
        return words.first?.split(separator: ".").first.map { String($0.filter { $0 != "`" }) }
    }

    /// Drops `@preconcurrency`, `@_spi(Name)` and their like.
    private static func withoutAttributes(_ statement: Substring) -> String {
        var kept = ""
        var depth = 0
        var inAttribute = false
        for character in statement {
            switch character {
            case "@": inAttribute = true
            case "(" where inAttribute: depth += 1
            case ")" where inAttribute: depth -= 1
            case _ where inAttribute && depth == 0 && character.isWhitespace: inAttribute = false
            case _ where !inAttribute: kept.append(character)
            default: break
            }
        }
        return kept
    }
}
