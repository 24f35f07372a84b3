import Enrollment
import Foundation
import Testing

@testable import ServiceZone

@Suite("Templates, messages and pages fit each other")
struct TemplateTests {
    private static let page = "probe"

    private struct ProbePage: Page {
        static let template = "probe"
        let title: String
        let note: String?
        let rows: [Row]
        let isOpen: Bool

        struct Row: Sendable { let name: String }

        static func samples(_ words: Words) -> [ProbePage] {
            [ProbePage(title: "title", note: "note", rows: [Row(name: "name")], isOpen: true)]
        }
    }

    private func problems(_ text: String, partials: [String: String] = [:]) throws -> [String] {
        var texts = partials
        texts["probe"] = text
        texts["layout"] = "{{{layout.body}}}"
        let messages = Messages(texts: [.zh: ["known": "字", "half": "半"], .en: ["known": "word", "half": "half"]])
        return try TemplateChecker(templates: TemplateStore(texts: texts), messages: messages)
            .problems(pages: [ProbePage.self])
    }

    @Test("every template of the portal fits its page and the messages")
    func portalIsConsistent() throws { _ = try ZoneFrame.checkedRenderer() }

    @Test("a template that fits has no problems")
    func fittingTemplate() throws {
        let text = "{{page.title}}{{#page.note}}{{.}}{{/page.note}}{{#page.rows}}{{name}}{{/page.rows}}{{t.known}}"
        #expect(try problems(text) == [])
    }

    @Test(
        "a fault in a template is found",
        arguments: [
            ("{{page.titel}}", "no such value"), ("{{#page.rows}}{{title}}{{/page.rows}}", "no such value"),
            ("{{t.unknown}}", "no message"), ("{{{page.title}}}", "unescaped"), ("{{& page.title}}", "unescaped"),
            ("{{>partials/none}}", "no such partial"), ("{{page.rows}}", "only a text"),
            ("{{page.isOpen}}", "only a text"),
            ("{{#page.open}}x{{/page.open}}", "no such value"), ("{{<layout}}{{/layout}}", "not used here"),
        ])
    func faultIsFound(text: String, words: String) throws {
        let found = try problems(text)
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }

    @Test("a template that no page uses is found")
    func orphanIsFound() throws {
        #expect(try problems("{{page.title}}", partials: ["left": ""]) == ["left: no page uses this template"])
    }

    @Test("a message that one language lacks, or whose placeholders differ, is found")
    func unevenMessages() {
        let messages = Messages(texts: [.zh: ["a": "{n} 项", "b": "乙"], .en: ["a": "items"]])
        #expect(messages.problems.count == 2)
    }

    @Test("every key that page models name exists", arguments: ["zh", "en"])
    func namedKeysExist(language: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/ServiceZone")
        let words = try PortalRenderer.shared.get().messages.words(language == "zh" ? .zh : .en)
        let files = FileManager.default.enumerator(atPath: root.path)
        var missing: [String] = []
        while let file = files?.nextObject() as? String {
            guard file.hasSuffix(".swift") else { continue }
            let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
            for match in text.matches(of: /words(?:\(|\[|\.optional\()\s*"([a-z0-9_.]+)"/)
            where words.optional(String(match.1)) == nil {
                missing.append("\(file): \(match.1)")
            }
        }
        #expect(missing == [])
    }
}
