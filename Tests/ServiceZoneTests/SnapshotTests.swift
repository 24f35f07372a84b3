import Enrollment
import Foundation
import Testing

@testable import ServiceZone

/// Every page with sample values, in Chinese, as text files; English is rendered and searched for gaps.
///
/// `RUXUE_RECORD=1` writes the files anew; look at what changed before committing them.
@Suite("Pages as they are rendered")
struct SnapshotTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Snapshots")
    private static let isRecording = ProcessInfo.processInfo.environment["RUXUE_RECORD"] == "1"

    static let names = PageCatalogue.all.map { String(describing: $0) }

    @Test("a page with sample values looks as recorded", arguments: names)
    func matchesSnapshot(name: String) throws {
        let type = try #require(PageCatalogue.all.first { String(describing: $0) == name })
        let renderer = try PortalRenderer.shared.get()
        for (index, html) in try Self.documents(type, renderer, .zh).enumerated() {
            let file = Self.folder.appendingPathComponent("\(name)-\(index + 1).html")
            if Self.isRecording {
                try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
                try html.write(to: file, atomically: true, encoding: .utf8)
            }
            let recorded = try String(contentsOf: file, encoding: .utf8)
            #expect(html == recorded, "\(file.lastPathComponent) differs; record again with RUXUE_RECORD=1")
        }
    }

    @Test("no page shows a key instead of a word, in either language", arguments: names)
    func noGaps(name: String) throws {
        let type = try #require(PageCatalogue.all.first { String(describing: $0) == name })
        let renderer = try PortalRenderer.shared.get()
        for language in Language.allCases {
            for html in try Self.documents(type, renderer, language) { #expect(!html.contains("⟦")) }
        }
    }

    @Test("a page has one h1, a language, and less than 60 kB", arguments: names)
    func isWellFormed(name: String) throws {
        let type = try #require(PageCatalogue.all.first { String(describing: $0) == name })
        for html in try Self.documents(type, PortalRenderer.shared.get(), .zh) {
            #expect(html.components(separatedBy: "<h1").count == 2)
            #expect(html.contains("<html lang=\"zh-CN\""))
            #expect(html.utf8.count < 60_000)
            #expect(!html.contains("style=") && !html.contains("onclick"))
        }
    }

    static func documents(
        _ type: any Page.Type, _ renderer: PageRenderer, _ language: Language
    ) throws -> [String] {
        func render<Value: Page>(_ type: Value.Type) throws -> [String] {
            try type.samples(renderer.messages.words(language)).map { page in
                let text = try renderer.document(
                    page, LayoutValues(language: language, csrf: "sample", signedInName: "林样", path: "/family"))
                // Addresses of styles change with every touch of a style; the page does not.
                return text.replacing(/\/assets\/([a-z]+)\.[0-9a-f]+\./) { "/assets/\($0.1)." }
            }
        }
        return try render(type)
    }
}
