import Enrollment
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceZone
import Services
import Storage
import Synchronization
import Tenancy

/// The portal over the installation's own database and keys, in this process and without a socket, with the canary's
/// counties for tenants, departments and a sign-in that are written here, and a business clock of its own.
final class CanaryPortal: Sendable {
    /// Answers as a server would.
    typealias Respond = @Sendable (Request, ZoneContext) async throws -> Response
    /// What stands between the routes and whoever asks; tests put faults there.
    typealias Around = @Sendable (Zone, @escaping Respond) -> Respond
    typealias Adding = @Sendable (Router<ZoneContext>) -> Void

    let platform: Platform
    let ground: CanaryGround
    let routes: [CanaryRoute]
    private let zone: Zone
    private let respond: Respond
    private let signIns: SignIns
    private let businessTime: BusinessTime
    private static let logger = Logger(label: "ruxue.canary") { _ in SwiftLogNoOpLogHandler() }

    /// How far the canary's own time is ahead. What it plants is due, in force and valid a day from now: no worker takes
    /// its checks, no process meets its officers, and what an interrupted run left ends by itself.
    private static let ahead: Int64 = 86_400

    private final class SignIns: Sendable {
        let byCode = Mutex<[String: SignedInIdentity]>([:])
    }

    private final class BusinessTime: Sendable {
        let now: Mutex<Instant>
        init(_ start: Instant) { now = Mutex(start) }
    }

    init(
        _ database: any Database, _ vault: Vault, _ ground: CanaryGround, _ registers: CanaryRegisters, around: Around?,
        adding: Adding?
    ) throws {
        let signIns = SignIns()
        let time = BusinessTime(try ground.morning("07-06"))
        self.ground = ground
        self.signIns = signIns
        businessTime = time
        platform = Platform(
            database: database, vault: vault,
            clock: Clock(
                business: { time.now.withLock { $0 } },
                real: { DemonstrationClock.machineNow().adding(.seconds(Self.ahead)) }),
            random: .system, source: registers.source,
            identity: IdentityProvider(
                authorizationAddress: { "https://canary.invalid/?state=\($0.state)" },
                redeem: { code, _ in
                    guard let identity = signIns.byCode.withLock({ $0[code] }) else { throw ServiceError.forbidden }
                    return identity
                }),
            changes: Changes(),
            settings: PlatformSettings(
                signInRedirectAddress: "https://canary.invalid/sign-in/callback", sessionLifetime: .seconds(900)),
            registry: ground.registry, demonstrationClock: nil,
            background: Background { work in Task { await work() } })
        zone = try Zone(platform: platform, settings: ZoneSettings(publicAddress: "https://canary.invalid"))
        let router = serviceZoneRouter(zone)
        adding?(router)
        routes = router.routes.map { CanaryRoute(method: $0.method, path: $0.path.description) }
        let responder = router.buildResponder()
        let plain: Respond = { try await responder.respond(to: $0, context: $1) }
        respond = around?(zone, plain) ?? plain
    }

    func move(to time: Instant) { businessTime.now.withLock { $0 = time } }

    /// Does the checks that are due in the canary's counties.
    func work() async throws {
        let work = CheckDue(platform, logger: Self.logger)
        for tenant in CanaryGround.tenants { try await work(of: tenant) }
    }

    /// Signs somebody in as the portal does.
    func signIn(_ title: String, _ identity: SignedInIdentity) async throws -> CanaryVisitor {
        let begun = try await BeginSignIn(platform)(returnTo: "/family")
        let code = UUID().uuidString
        signIns.byCode.withLock { $0[code] = identity }
        guard let state = begun.address.split(separator: "=").last else {
            throw CanaryError.unplanted("sign-in")
        }
        let signedIn = try await CompleteSignIn(platform)(code: code, state: String(state), cookie: begun.cookie)
        guard let viewer = try await ReadSession(platform)(token: signedIn.token) else {
            throw CanaryError.unplanted("session of \(title)")
        }
        return CanaryVisitor(title: title, token: signedIn.token, viewer: viewer)
    }

    func signOut(_ visitor: CanaryVisitor) async throws {
        if let token = visitor.token { try await SignOut(platform)(token: token) }
    }

    /// Asks as somebody; nil asks as nobody.
    func ask(_ visitor: CanaryVisitor, _ request: CanaryRequest) async throws -> CanaryAnswer {
        var fields: HTTPFields = [:]
        if let token = visitor.token { fields[.cookie] = "ruxue_session=\(token)" }
        var bytes: [UInt8] = []
        if request.method == .post {
            let (body, type) = request.body(csrf: visitor.viewer?.csrf)
            bytes = body
            fields[.contentType] = type
            fields[.contentLength] = "\(body.count)"
        }
        let context = ZoneContext(logger: Self.logger)
        let response = try await respond(
            Request(
                head: HTTPRequest(
                    method: request.method, scheme: "https", authority: "canary.invalid", path: request.path,
                    headerFields: fields),
                body: RequestBody(buffer: ByteBuffer(bytes: bytes))), context)
        let heard = Heard(isStream: response.headers[.contentType]?.hasPrefix("text/event-stream") == true)
        do { try await response.body.write(Collector(heard: heard)) } catch is Heard.Enough {
            // A stream goes on for ever; its first event says what it shows.
        }
        return CanaryAnswer(
            route: context.endpointPath, status: Int(response.status.code),
            location: response.headers[.location],
            text: response.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + "\n" + heard.text)
    }

    private final class Heard: Sendable {
        struct Enough: Error {}
        private let bytes = Mutex<[UInt8]>([])
        private let writes = Mutex(0)
        let isStream: Bool

        init(isStream: Bool) { self.isStream = isStream }

        var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

        func hear(_ buffer: ByteBuffer) throws {
            bytes.withLock { $0 += Array(buffer.readableBytesView) }
            let count = writes.withLock { count in
                count += 1
                return count
            }
            // The first says how often to come back; the second is the state, or shows that none comes.
            if isStream, count > 1 { throw Enough() }
        }
    }

    private struct Collector: ResponseBodyWriter {
        let heard: Heard
        mutating func write(_ buffer: ByteBuffer) async throws { try heard.hear(buffer) }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

/// A route as the router lists it.
struct CanaryRoute: Hashable, Sendable, Comparable, CustomStringConvertible {
    let method: HTTPRequest.Method
    let path: String

    var description: String { "\(method.rawValue) \(path)" }

    static func < (left: CanaryRoute, right: CanaryRoute) -> Bool {
        (left.path, left.method.rawValue) < (right.path, right.method.rawValue)
    }
}

/// Somebody who looks at the portal.
struct CanaryVisitor: Sendable {
    /// Said in the report; no name of anybody.
    let title: String
    let token: String?
    let viewer: Viewer?

    static let nobody = CanaryVisitor(title: "nobody", token: nil, viewer: nil)
}

/// What was answered: the route that took it, and everything in it that could carry something of a family.
struct CanaryAnswer: Sendable {
    let route: String?
    let status: Int
    let location: String?
    let text: String
}

/// One request of the canary's.
struct CanaryRequest: Sendable {
    let method: HTTPRequest.Method
    let path: String
    var form: [String: String] = [:]
    var photo: [UInt8]?

    static func get(_ path: String) -> CanaryRequest { CanaryRequest(method: .get, path: path) }

    static func post(_ path: String, _ form: [String: String] = [:], photo: [UInt8]? = nil) -> CanaryRequest {
        CanaryRequest(method: .post, path: path, form: form, photo: photo)
    }

    /// Whether the asker says the mark itself: an answer that says it back tells nothing.
    func says(_ mark: String) -> Bool { path.contains(mark) || form.values.contains { $0.contains(mark) } }

    func body(csrf: String?) -> (bytes: [UInt8], contentType: String) {
        var fields = form
        fields["csrf"] = csrf
        guard let photo else {
            let pairs = fields.map { "\(Self.escaped($0.key))=\(Self.escaped($0.value))" }
            return (Array(pairs.joined(separator: "&").utf8), "application/x-www-form-urlencoded")
        }
        let boundary = "canary"
        var bytes: [UInt8] = []
        for (name, value) in fields {
            let part = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
            bytes += Array(part.utf8)
        }
        let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p.png\"\r\n\r\n"
        bytes += Array(head.utf8) + photo + Array("\r\n--\(boundary)--\r\n".utf8)
        return (bytes, "multipart/form-data; boundary=\(boundary)")
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            guard !isPlain else { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
