import Enrollment
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The exchange and the departments behind it, over HTTP.
struct DepartmentRoutes: Sendable {
    let settings: SandboxSettings
    let connectors: [Connector]
    let departments: [CredentialID: Department]
    let controls: DepartmentControls
    let secrets: SecretBook
    let clock: Clock
    let random: RandomSource

    /// How old a signed time may be, and how far ahead.
    private static let tolerance: Int64 = 5 * 60 * 1000
    private static let largestRequest = 64 * 1024

    func add(to router: Router<SandboxRequestContext>) {
        router.post("/auth/refresh") { request, _ in try await refresh(request) }
        for connector in connectors where departments[connector.credential] != nil {
            router.post(RouterPath(connector.path)) { request, context in
                try await query(connector, request, context)
            }
        }
    }

    /// Hands out a secret for one service against a signature with the appkey.
    private func refresh(_ request: Request) async throws -> Response {
        guard let body = try await fields(of: request),
            let family = Connector.HeaderFamily.allCases.first(where: { body["\($0.rawValue)_sid"] != nil })
        else { return try reply(.refused("unreadable request"), status: .badRequest) }
        let signed = SignedCall(family: family) { body[$0] ?? "" }
        guard isFresh(signed.time) else { return try reply(.refused("rtime expired"), status: .unauthorized) }
        guard let appkey = settings.requesters[signed.requester],
            ExchangeCryptography.isSigned(
                signed.signature, key: appkey, service: signed.service, requester: signed.requester, time: signed.time)
        else { return try reply(.refused("sign error"), status: .unauthorized) }
        guard connectors.contains(where: { $0.service == signed.service && $0.headers == family }) else {
            return try reply(.notAuthorised)
        }
        let secret = secrets.issue(requester: signed.requester, service: signed.service, now: clock.real())
        let wrapped = try ExchangeCryptography.wrapped(
            secret: secret.value, appkey: appkey, mode: settings.secretMode)
        return try reply(
            ExchangeReply(
                code: "0", message: "ok", data: .secret(wrapped, endTime: String(secret.ends.milliseconds))))
    }

    /// Answers one question, or misbehaves as told.
    private func query(
        _ connector: Connector, _ request: Request, _ context: SandboxRequestContext
    ) async throws -> Response {
        let (behaviour, failure) = controls.begin(connector.credential)
        let jitter = random.number(through: behaviour.jitterMilliseconds * 2) - behaviour.jitterMilliseconds
        let latency = max(0, behaviour.latencyMilliseconds + jitter)
        if latency > 0 { try await Task.sleep(for: .milliseconds(latency)) }
        if let broken = try await DepartmentFailure(controls: controls, credential: connector.credential)
            .response(failure, to: request, context)
        {
            return broken
        }
        let signed = SignedCall(family: connector.headers) { name in
            HTTPField.Name(name).flatMap { request.headers[$0] } ?? ""
        }
        guard isFresh(signed.time) else { return try reply(.refused("rtime expired"), status: .unauthorized) }
        guard failure != .wrongSignature,
            secrets.accepts(
                signature: signed.signature, requester: signed.requester, service: connector.service,
                time: signed.time, now: clock.real()), signed.service == connector.service
        else { return try reply(.refused("sign error"), status: .unauthorized) }
        guard let question = try await fields(of: request), let department = departments[connector.credential] else {
            return try reply(ExchangeReply(code: "300", message: "unreadable request"))
        }
        switch failure {
        case .queued: return try reply(ExchangeReply(code: "202", message: "queued"))
        case .notSupported: return try reply(ExchangeReply(code: "501", message: "document kind not supported"))
        default: return try reply(department.answer(question))
        }
    }

    private func isFresh(_ time: String) -> Bool {
        guard let milliseconds = Int64(time) else { return false }
        let now = clock.real().milliseconds
        return (now - Self.tolerance...now + Self.tolerance).contains(milliseconds)
    }

    /// A JSON object of texts; nil for anything else.
    private func fields(of request: Request) async throws -> [String: String]? {
        let buffer = try await request.body.collect(upTo: Self.largestRequest)
        // What does not decode is the asker's mistake, and is answered as one by the caller.
        return try? JSONDecoder().decode([String: String].self, from: Data(buffer.readableBytesView))
    }

    private func reply(_ reply: ExchangeReply, status: HTTPResponse.Status = .ok) throws -> Response {
        try Response.json(reply, status: status)
    }
}

/// The four signed values of a call, from headers or from a refresh's body.
private struct SignedCall {
    let requester, service, time, signature: String

    init(family: Connector.HeaderFamily, value: (String) -> String) {
        requester = value("\(family.rawValue)_rid")
        service = value("\(family.rawValue)_sid")
        time = value("\(family.rawValue)_rtime")
        signature = value("\(family.rawValue)_sign")
    }
}

extension Connector.HeaderFamily {
    fileprivate static let allCases: [Connector.HeaderFamily] = [.gjgxjhpt, .gjzwfwpt]
}
