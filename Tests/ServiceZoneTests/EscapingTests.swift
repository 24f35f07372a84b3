import Catchments
import Enrollment
import Foundation
import Testing

@testable import ServiceZone

@Suite("What a family types never becomes part of a page's code")
struct EscapingTests {
    private static let hostile = "\" data-evil=\"'><script>alert('林')</script>&lt;{{layout.csrf}}"

    @Test("HTML in every value of every page is escaped", arguments: SnapshotTests.names)
    func everyValueIsEscaped(name: String) throws {
        let type = try #require(PageCatalogue.all.first { String(describing: $0) == name })
        let renderer = try PortalRenderer.shared.get()
        func bodies<Value: Page>(_ type: Value.Type) throws -> [String] {
            try type.samples(renderer.messages.words(.zh)).map { page in
                let values = Self.poisoned(PageValues.dictionary(of: page))
                return try renderer.templates.render(
                    type.template,
                    [
                        "page": values, "layout": LayoutValues(csrf: Self.hostile).dictionary,
                        "t": renderer.messages.tree(.zh),
                    ])
            }
        }
        for html in try bodies(type) {
            #expect(!html.contains("<script"))
            #expect(!html.contains("\" data-evil"), "a value left its attribute")
        }
    }

    @Test("HTML in the layout's own values is escaped")
    func layoutIsEscaped() throws {
        let renderer = try PortalRenderer.shared.get()
        let page = ErrorPage(
            title: Self.hostile, text: "x", nextLabel: "x", nextAddress: "/", requestID: Self.hostile)
        let html = try renderer.document(
            page,
            LayoutValues(
                csrf: Self.hostile, signedInName: Self.hostile, path: Self.hostile, demonstration: Self.hostile))
        #expect(html.components(separatedBy: "<script").count == 2, "only the portal's own script stands in the page")
    }

    private static func poisoned(_ value: Any) -> Any {
        switch value {
        case is NSNull, is Bool: value
        case let list as [Any]: list.map { poisoned($0) }
        case let group as [String: Any]: group.mapValues { poisoned($0) }
        default: hostile
        }
    }
}
