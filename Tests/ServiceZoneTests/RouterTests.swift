import Enrollment
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Services
import Synchronization
import Testing

@testable import ServiceZone

/// Requests through the whole middleware, with routes of the test's own and no database.
@Suite("Every request, whatever it asks")
struct RouterTests {
    private static let viewer: Viewer = {
        do {
            return Viewer(
                person: PersonID(high: 1, low: 1),
                identity: SignedInIdentity(
                    subject: "sample", name: try PersonName("林样"),
                    document: try PersonDocument(kind: .passport, number: "SAMPLE01"), phone: nil),
                csrf: "token-of-the-session",
                grants: [])
        } catch { preconditionFailure("the sample is written in this file: \(error)") }
    }()

    private func answer(
        _ method: HTTPRequest.Method, _ path: String, cookie: String? = "ruxue_session=good", form: String? = nil,
        contentType: String = "application/x-www-form-urlencoded", headers: HTTPFields = [:],
        handler: @escaping @Sendable (ZoneContext) throws -> String = { _ in "done" }
    ) async throws -> Answer {
        let frame = try ZoneFrame(
            settings: ZoneSettings(publicAddress: "https://ruxue.example"),
            readSession: { $0 == "good" ? Self.viewer : nil }, demonstration: { "2026-07-06 09:00" }, isReady: { true })
        let router = framedRouter(frame)
        AssetController(assets: frame.renderer.assets).addRoutes(to: router)
        HealthController(frame: frame).addRoutes(to: router)
        PreferencesController(settings: frame.settings).addRoutes(to: router)
        router.get("/family/probe") { _, context in
            _ = try context.requireViewer()
            return Response.text(try handler(context))
        }
        router.post("/family/probe") { _, context in Response.text(try handler(context)) }
        router.get("/api/v1/probe") { _, context in
            _ = try context.requireViewer()
            return Response.text(try handler(context))
        }
        closeMethods(of: router)
        var fields = headers
        if let cookie { fields[.cookie] = cookie }
        if let form {
            fields[.contentType] = contentType
            if fields[.contentLength] == nil { fields[.contentLength] = "\(form.utf8.count)" }
        }
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "https", authority: "ruxue.example", path: path, headerFields: fields),
            body: RequestBody(buffer: ByteBuffer(string: form ?? "")))
        let response = try await router.buildResponder().respond(
            to: request, context: ZoneContext(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let body = Mutex("")
        try await response.body.write(Collector { text in body.withLock { $0 += text } })
        return Answer(status: response.status, headers: response.headers, body: body.withLock { $0 })
    }

    private struct Answer {
        let status: HTTPResponse.Status
        let headers: HTTPFields
        let body: String
    }

    private struct Collector: ResponseBodyWriter {
        let take: (String) -> Void
        mutating func write(_ buffer: ByteBuffer) async throws { take(String(buffer: buffer)) }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    @Test("a form with the session's token is taken")
    func goodForm() async throws {
        let answer = try await answer(.post, "/family/probe", form: "csrf=token-of-the-session&a=b") { $0.form["a"] }
        #expect(answer.status == .ok)
        #expect(answer.body == "b")
    }

    @Test(
        "a form without the token, or with another, is refused with a page",
        arguments: ["a=b", "csrf=", "csrf=token-of-the-sessioN"])
    func forgedForm(form: String) async throws {
        let answer = try await answer(.post, "/family/probe", form: form)
        #expect(answer.status == .forbidden)
        #expect(answer.body.contains("页面已过期"))
        #expect(!answer.body.contains("done"))
    }

    @Test("a multipart form needs the token as well")
    func forgedMultipart() async throws {
        let form = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b--"
        let refused = try await answer(
            .post, "/family/probe", form: form, contentType: "multipart/form-data; boundary=b")
        #expect(refused.status == .forbidden)
        let token = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken-of-the-session\r\n"
        let taken = try await answer(
            .post, "/family/probe", form: token + form, contentType: "multipart/form-data; boundary=b")
        #expect(taken.status == .ok)
    }

    @Test(
        "without a session, or with a forged one, the browser is sent to sign in",
        arguments: [nil, "ruxue_session=forged"])
    func signIn(cookie: String?) async throws {
        let page = try await answer(.get, "/family/probe", cookie: cookie)
        #expect(page.status == .seeOther)
        #expect(page.headers[.location] == "/sign-in?next=/family/probe")
        let form = try await answer(.post, "/family/probe", cookie: cookie, form: "csrf=token-of-the-session")
        #expect(form.status == .seeOther)
        #expect(form.headers[.location] == "/sign-in?next=/family&ask=yes")
        if cookie != nil { #expect(page.headers[.setCookie]?.contains("Max-Age=0") == true) }
    }

    @Test("the interface answers errors as problem documents")
    func problemDocument() async throws {
        let answer = try await answer(.get, "/api/v1/probe", cookie: nil)
        #expect(answer.status == .unauthorized)
        #expect(answer.headers[.contentType] == "application/problem+json")
        let problem = try JSONDecoder().decode(ProblemDetails.self, from: Data(answer.body.utf8))
        #expect(problem.code == "zone.sign_in_needed")
        #expect(problem.status == 401)
    }

    @Test("a form that is too large is refused with a page that says what to do")
    func tooLarge() async throws {
        let declared = try await answer(
            .post, "/family/probe", form: "csrf=token-of-the-session", headers: [.contentLength: "70000"])
        #expect(declared.status == .contentTooLarge)
        #expect(declared.body.contains("8 MB"))
        let undeclared = try await answer(
            .post, "/family/probe", form: "csrf=token-of-the-session&a=" + String(repeating: "x", count: 70_000),
            headers: [.contentLength: "10"])
        #expect(undeclared.status == .contentTooLarge)
    }

    @Test("a body of another kind is refused")
    func otherKind() async throws {
        let answer = try await answer(.post, "/family/probe", form: "{}", contentType: "application/json")
        #expect(answer.status == .unsupportedMediaType)
    }

    @Test(
        "an error becomes its status, with a request id and a next step",
        arguments: [
            (ServiceError.notFound, 404), (.forbidden, 403), (.childClaimed(nil), 409), (.submissionKeyReused, 409),
            (.sourceUnavailable(.household), 503), (.invalid([FormProblem("a", "required")]), 422),
        ])
    func errorPages(error: ServiceError, status: Int) async throws {
        let answer = try await answer(.get, "/family/probe") { _ in throw error }
        #expect(answer.status.code == status)
        #expect(answer.body.contains("事件编号"))
        #expect(answer.body.contains("class=\"button\""))
    }

    @Test("what an unforeseen error says reaches nobody")
    func unforeseenError() async throws {
        struct Unforeseen: Error { let secret = "4309222020" }
        let answer = try await answer(.get, "/family/probe") { _ in throw Unforeseen() }
        #expect(answer.status == .internalServerError)
        #expect(!answer.body.contains("4309222020"))
    }

    @Test("an unknown address is a page, an unknown method says which are known")
    func unknown() async throws {
        let missing = try await answer(.get, "/nowhere")
        #expect(missing.status == .notFound)
        #expect(missing.body.contains("找不到这个页面"))
        let method = try await answer(.delete, "/healthz")
        #expect(method.status == .methodNotAllowed)
        #expect(method.headers[.allow] == "GET, HEAD")
    }

    @Test("HEAD answers like GET, without the body")
    func head() async throws {
        let answer = try await answer(.head, "/healthz")
        #expect(answer.status == .ok)
        #expect(answer.body.isEmpty)
    }

    @Test("personal pages are not kept, not framed, and run no script of others")
    func headers() async throws {
        let answer = try await answer(.get, "/family/probe")
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
        #expect(answer.headers[.contentSecurityPolicy]?.contains("unsafe") == false)
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test("styles are kept for a year under an address that changes with them")
    func assets() async throws {
        let renderer = try PortalRenderer.shared.get()
        let answer = try await answer(.get, renderer.assets.styleAddress, cookie: nil)
        #expect(answer.status == .ok)
        #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
        #expect(answer.body.contains("--teal"))
    }

    @Test("language and type are kept, and lead back to where one was")
    func preferences() async throws {
        let answer = try await answer(
            .post, "/preferences", cookie: nil, form: "language=en&type=large&back=/family/probe")
        #expect(answer.status == .seeOther)
        #expect(answer.headers[.location] == "/family/probe")
        let cookies = answer.headers[values: .setCookie].joined(separator: "\n")
        #expect(cookies.contains("ruxue_language=en") && cookies.contains("ruxue_type=large"))
        #expect(cookies.contains("Secure") && cookies.contains("HttpOnly"))
        let elsewhere = try await self.answer(
            .post, "/preferences", cookie: nil, form: "language=en&back=//evil.example")
        #expect(elsewhere.headers[.location] == "/")
        let page = try await self.answer(.get, "/nowhere", cookie: "ruxue_language=en; ruxue_type=large")
        #expect(page.body.contains("<html lang=\"en\"") && page.body.contains("large"))
    }
}
