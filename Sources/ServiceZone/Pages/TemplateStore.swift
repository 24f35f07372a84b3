import Foundation
import Mustache

/// Every template under `Templates/`, parsed once; the text is kept for the check.
struct TemplateStore: Sendable {
    static let layout = "layout"

    /// Name to text.
    let texts: [String: String]
    private let library: MustacheLibrary

    /// - Throws: the parser's error, which names the template and the line.
    init(texts: [String: String]) throws {
        self.texts = texts
        var library = MustacheLibrary()
        for (name, text) in texts {
            do {
                try library.register(text, named: name)
            } catch {
                throw ZoneError.templates(["\(name).mustache: \(error)"])
            }
        }
        self.library = library
    }

    init(directory: URL) throws {
        let root = directory.resolvingSymlinksInPath().path
        var texts: [String: String] = [:]
        let files = FileManager.default.enumerator(atPath: root)
        while let file = files?.nextObject() as? String {
            guard file.hasSuffix(".mustache") else { continue }
            texts[String(file.dropLast(".mustache".count))] = try String(
                contentsOfFile: root + "/" + file, encoding: .utf8)
        }
        try self.init(texts: texts)
    }

    func render(_ name: String, _ values: [String: Any]) throws -> String {
        guard let text = library.render(values, withTemplate: name) else {
            throw ZoneError.templates(["there is no template \(name)"])
        }
        return text
    }
}
