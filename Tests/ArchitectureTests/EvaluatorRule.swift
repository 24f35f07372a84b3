/// The stand-ins know people and credentials, never the evaluator: truth that the evaluator helped to make proves nothing.
///
/// The compiler cannot see this, because both stand in `Enrollment`; so the names that its deciding folders declare are
/// looked for in `Sandbox`.
enum EvaluatorRule {
    /// The folders of `Enrollment` that decide.
    static let folders = ["Admission", "Decision", "Facts"]

    /// Every name of the evaluator in one file of the stand-ins, as `path:line: what, because why`.
    ///
    /// - Parameters:
    ///   - evaluator: The sources of the deciding folders.
    ///   - ownNames: Names that the stand-ins declare themselves; they are theirs to use.
    static func problems(path: String, text: String, evaluator: [String], ownNames: Set<String>) -> [String] {
        let forbidden = evaluator.reduce(into: Set<String>()) { $0.formUnion(publicNames(in: $1)) }.subtracting(
            ownNames)
        let lines = SwiftText(text).bare.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { index, line in
            Set(words(in: line)).intersection(forbidden).sorted().map { name in
                "\(path):\(index + 1): Sandbox may not use \(name) because truth made by the evaluator proves nothing"
            }
        }
    }

    /// Public declarations at the top of a file.
    static func publicNames(in source: String) -> Set<String> {
        names(in: source) { $0.hasPrefix("public ") }
    }

    /// All declarations in a file, at any depth.
    static func allNames(in source: String) -> Set<String> { names(in: source) { _ in true } }

    private static let declarations: Set<String> = [
        "struct", "enum", "class", "actor", "protocol", "func", "typealias", "case", "let", "var",
    ]

    private static func names(in source: String, where isWanted: (Substring) -> Bool) -> Set<String> {
        var found: Set<String> = []
        for line in SwiftText(source).bare.split(separator: "\n") where isWanted(line) {
            let words = words(in: line)
            for (keyword, name) in zip(words, words.dropFirst()) where declarations.contains(keyword) {
                found.insert(name)
            }
        }
        return found
    }

    private static func words(in line: Substring) -> [String] {
        line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }
}
