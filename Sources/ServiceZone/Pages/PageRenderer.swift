import Enrollment
import Foundation
import Mustache

/// Renders pages: their own template first, then the layout around it.
struct PageRenderer: Sendable {
    let messages: Messages
    let templates: TemplateStore
    let assets: AssetStore

    /// The whole document.
    /// - Parameter body: what ``body(_:_:)`` gave for this page, where it is at hand.
    func document(_ page: some Page, _ layout: LayoutValues, body: String? = nil) throws -> String {
        let content = try body ?? self.body(page, layout)
        var values = layout.dictionary
        values["title"] = page.title
        values["frame"] = type(of: page).frame.rawValue
        values["tenantName"] = page.tenantName.map { $0 as Any } ?? NSNull()
        values["contact"] = page.contact.map { PageValues.dictionary(of: $0) as Any } ?? NSNull()
        values["body"] = content
        values["styleAddress"] = assets.styleAddress
        values["scriptAddress"] = assets.address(of: type(of: page).frame == .desk ? "desk.js" : "live.js")
        values["iconAddress"] = assets.address(of: "icon.svg")
        return try templates.render(
            TemplateStore.layout, ["layout": values, "t": messages.tree(layout.language)])
    }

    /// What stands inside `<main>`.
    func body(_ page: some Page, _ layout: LayoutValues) throws -> String {
        try part(type(of: page).template, page, layout)
    }

    /// One template of a page's own, such as the part of it that is sent again when something changed.
    func part(_ template: String, _ page: some Page, _ layout: LayoutValues) throws -> String {
        try templates.render(
            template,
            [
                "page": PageValues.dictionary(of: page), "layout": layout.dictionary,
                "t": messages.tree(layout.language),
            ])
    }
}
