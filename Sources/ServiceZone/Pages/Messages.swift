import Enrollment
import Foundation

/// Every word of the portal in every language, from `Messages/<language>/*.json`.
struct Messages: Sendable {
    /// Flat keys to texts, by language.
    let texts: [Language: [String: String]]
    private let trees: [Language: MessageTree]

    init(texts: [Language: [String: String]]) {
        self.texts = texts
        trees = texts.mapValues { MessageTree(flat: $0) }
    }

    /// Reads every file of every language.
    /// - Throws: ``ZoneError`` when a file cannot be read or a key stands in two files of one language.
    init(directory: URL) throws {
        var texts: [Language: [String: String]] = [:]
        for language in Language.allCases {
            let folder = directory.appendingPathComponent(language.rawValue)
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "json" }
            var all: [String: String] = [:]
            for file in files.sorted(by: { $0.lastPathComponent < $1.lastPathComponent }) {
                let entries = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
                for (key, text) in entries {
                    guard all.updateValue(text, forKey: key) == nil else {
                        throw ZoneError.messages(["\(language.rawValue)/\(file.lastPathComponent): \(key) stands twice"]
                        )
                    }
                }
            }
            texts[language] = all
        }
        self.init(texts: texts)
    }

    func words(_ language: Language) -> Words { Words(language: language, texts: texts[language] ?? [:]) }

    /// The texts as a template looks them up: `{{t.family.title}}`.
    func tree(_ language: Language) -> MessageTree { trees[language] ?? MessageTree(flat: [:]) }

    /// Everything by which the languages differ in keys or placeholders.
    var problems: [String] {
        let keys = texts.values.reduce(into: Set<String>()) { $0.formUnion($1.keys) }.sorted()
        return keys.flatMap { key in
            let missing = Language.allCases.filter { texts[$0]?[key] == nil }
                .map { "message \(key) is missing in \($0.rawValue)" }
            let blanks = Set(Language.allCases.compactMap { texts[$0]?[key].map(Words.placeholders) })
            let differ = blanks.count > 1 ? ["message \(key) has other placeholders in another language"] : []
            return missing + differ
        }
    }
}
