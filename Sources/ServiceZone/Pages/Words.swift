import Enrollment

/// The messages of one language, for page models.
struct Words: Sendable {
    let language: Language
    private let texts: [String: String]

    init(language: Language, texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    /// The text of a key; a missing one shows itself as `⟦key⟧`, which no test lets through.
    subscript(_ key: String) -> String { texts[key] ?? "⟦\(key)⟧" }

    /// The text of a key with `{name}` replaced by values.
    func callAsFunction(_ key: String, _ values: [String: String] = [:]) -> String {
        var text = ""
        var rest = Substring(self[key])
        // One pass, so that a value that looks like a placeholder stays as it is.
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            text += values[name] ?? "⟦\(key).\(name)⟧"
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// The text of a key, or nil where there is none.
    func optional(_ key: String) -> String? { texts[key] }

    /// Words that come from data files.
    func callAsFunction(_ text: LocalizedText) -> String { text.text(in: language) }

    /// Joins names as a sentence lists them.
    func list(_ items: [String]) -> String { items.joined(separator: self["layout.list_separator"]) }

    static func placeholders(_ text: String) -> Set<String> {
        var found: Set<String> = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            found.insert(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return found
    }
}
