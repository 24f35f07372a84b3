import Enrollment
import Foundation
import HTTPTypes
import Hummingbird
public import Services

/// What every answer needs, whatever it is about: words, templates, styles, who is signed in.
///
/// Apart from use cases, so that pages, forms and errors can be tested without a database.
public struct ZoneFrame: Sendable {
    public let settings: ZoneSettings
    let renderer: PageRenderer
    /// The session behind a cookie's token; nil for a forged or expired one.
    let readSession: @Sendable (_ token: String) async throws -> Viewer?
    /// The business time when it is not the real one, for the banner.
    let demonstration: @Sendable () -> String?
    /// Refuses a form of somebody who sends very many.
    let countForm: @Sendable (Viewer) throws -> Void
    let isReady: @Sendable () async -> Bool

    /// Reads templates, messages and assets of this module and checks them against each other.
    /// - Throws: ``ZoneError`` with every problem found.
    public init(
        settings: ZoneSettings, readSession: @escaping @Sendable (String) async throws -> Viewer?,
        demonstration: @escaping @Sendable () -> String?,
        countForm: @escaping @Sendable (Viewer) throws -> Void = { _ in }, isReady: @escaping @Sendable () async -> Bool
    ) throws {
        self.settings = settings
        self.readSession = readSession
        self.demonstration = demonstration
        self.countForm = countForm
        self.isReady = isReady
        renderer = try Self.checkedRenderer()
    }

    static func checkedRenderer() throws -> PageRenderer {
        let resources = Bundle.module.bundleURL
        let renderer = PageRenderer(
            messages: try Messages(directory: resources.appendingPathComponent("Messages")),
            templates: try TemplateStore(directory: resources.appendingPathComponent("Templates")),
            assets: try AssetStore(directory: resources.appendingPathComponent("Assets")))
        let problems = TemplateChecker(templates: renderer.templates, messages: renderer.messages)
            .problems(pages: PageCatalogue.all)
        guard problems.isEmpty else { throw ZoneError.templates(problems) }
        return renderer
    }

    func words(_ context: ZoneContext) -> Words { renderer.messages.words(context.language) }

    func layout(_ context: ZoneContext) -> LayoutValues {
        LayoutValues(
            language: context.language, isLargeType: context.isLargeType, csrf: context.viewer?.csrf ?? "",
            signedInName: context.viewer?.identity.name.value, isOfficer: context.viewer?.grants.isEmpty == false,
            path: context.path, demonstration: demonstration())
    }

    /// Answers with a page.
    func respond(
        _ page: some Page, _ context: ZoneContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        .html(try renderer.document(page, layout(context)), status: status)
    }
}

extension Response {
    /// 303: the browser fetches the next page, and a reload does not send the form again.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
