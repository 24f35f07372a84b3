/// The house rules that the compiler cannot check, as pure functions over (path, text).
///
/// Every answer is a list of sentences `path:line: what, because why`; an empty list is a pass.
enum ArchitectureRules {
    static let longestFile = 400
    static let longestHeader = 25

    /// Finds everything wrong with one file; `path` is relative to the tree, with `/`.
    static func problems(path: String, text: String) -> [String] {
        let length = tooLong(path: path, text: text)
        guard let target = target(of: path) else { return length }
        guard let row = TargetRow.named(target) else {
            return length + ["\(path):1: no row for target \(target), because every target needs a stated reason"]
        }
        return length + forbiddenImports(path: path, text: text, row: row)
            + strayPhrases(path: path, text: text, target: target)
    }

    /// The target a source belongs to; nil outside `Sources/`.
    static func target(of path: String) -> String? {
        let parts = path.split(separator: "/")
        return parts.count >= 3 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// Checks the file that opens a target: it exists and starts with a comment of at most ``longestHeader`` lines.
    static func openingProblems(target: String, text: String?) -> [String] {
        let path = "Sources/\(target)/\(target).swift"
        let reason = "because a newcomer starts there: purpose, what may not be here, where to go on"
        guard let text else { return ["\(path):1: missing, \(reason)"] }
        let header = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("//") }
        if header.count < 3 { return ["\(path):1: opens with no header comment, \(reason)"] }
        if header.count > longestHeader {
            return ["\(path):\(longestHeader + 1): header of \(header.count) lines, because more is not read"]
        }
        return []
    }

    private static func tooLong(path: String, text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - (text.hasSuffix("\n") ? 1 : 0)
        guard lines > longestFile else { return [] }
        return ["\(path):\(longestFile + 1): \(lines) lines, because a file holds one type that is read in one go"]
    }

    private static func forbiddenImports(path: String, text: String, row: TargetRow) -> [String] {
        ImportStatement.all(in: text).filter { !row.allows($0.module) }.map { statement in
            let own = TargetRow.reasons[statement.module].map { "; and \($0)" } ?? ""
            return
                "\(path):\(statement.line): \(row.name) may not import \(statement.module) because \(row.because)\(own)"
        }
    }

    /// Phrases that belong to a few targets only.
    private static let phrases: [(text: String, targets: Set<String>, because: String)] = [
        ("SELECT ", ["Storage", "StorageDrivers"], "SQL stands in Storage alone, where the scope guards it"),
        ("INSERT INTO ", ["Storage", "StorageDrivers"], "SQL stands in Storage alone, where the scope guards it"),
        (
            "@unchecked Sendable", ["Gateways", "StorageDrivers", "Protection"],
            "only a target that wraps C may vouch for what the compiler cannot see"
        ),
    ]

    private static func strayPhrases(path: String, text: String, target: String) -> [String] {
        let stray = phrases.filter { !$0.targets.contains(target) && text.contains($0.text) }
        if stray.isEmpty { return [] }
        let lines = SwiftText(text).code.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { index, line in
            stray.filter { line.contains($0.text) }.map { phrase in
                "\(path):\(index + 1): \"\(phrase.text)\" in \(target), because \(phrase.because)"
            }
        }
    }
}
