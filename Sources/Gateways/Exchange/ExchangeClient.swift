public import Enrollment
import Foundation

/// The platform's side of the national data exchange: fetches a secret per service with the appkey, signs queries with
/// the secret, renews it before it ends, and once more when the exchange refuses a signature.
public actor ExchangeClient {
    private struct Secret: Hashable, Sendable {
        let key: [UInt8]
        let renewAt: Instant
    }

    private let account: ExchangeAccount
    private let transport: CurlTransport
    private let clock: Clock
    private let refreshDeadlineMilliseconds: Int
    private let refreshes = SharedFetch<String, Secret>()
    private var secrets: [String: Secret] = [:]

    /// - Parameter clock: its real time goes into the signatures; the exchange refuses one that is five minutes off.
    /// - Parameter refreshDeadlineMilliseconds: how long fetching a secret may take; it is not counted against the
    ///   deadline of the query that needed it.
    public init(
        account: ExchangeAccount, transport: CurlTransport, clock: Clock, refreshDeadlineMilliseconds: Int = 5000
    ) {
        self.account = account
        self.transport = transport
        self.clock = clock
        self.refreshDeadlineMilliseconds = refreshDeadlineMilliseconds
    }

    /// Asks a service. A refused signature is tried once more with a new secret.
    func query(
        service: String, path: String, family: Connector.HeaderFamily, body: [UInt8], deadlineMilliseconds: Int
    ) async throws(GatewayError) -> ExchangeAnswer {
        let send = { (secret: Secret) async throws(GatewayError) -> ExchangeAnswer in
            let signed = ExchangeSignature.values(
                family: family, key: secret.key, service: service, requester: self.account.requester,
                at: self.clock.real())
            return try ExchangeAnswer(
                try await self.post(
                    path: path, headers: signed.map { HTTPHeader($0.key, $0.value) }, body: body,
                    deadlineMilliseconds: deadlineMilliseconds))
        }
        let held = try await secret(for: service, family: family, refused: nil)
        do throws(GatewayError) { return try await send(held) } catch {
            guard error == .badSignature else { throw error }
            return try await send(try await secret(for: service, family: family, refused: held))
        }
    }

    /// The secret in use, unless it is due for renewal or is the one that the exchange has just refused.
    private func secret(
        for service: String, family: Connector.HeaderFamily, refused: Secret?
    ) async throws(GatewayError) -> Secret {
        if let held = secrets[service], held != refused, clock.real() < held.renewAt { return held }
        return try await refreshes.value(for: service) { () async throws(GatewayError) -> Secret in
            try await self.refresh(service, family: family, refused: refused)
        }
    }

    private func refresh(
        _ service: String, family: Connector.HeaderFamily, refused: Secret?
    ) async throws(GatewayError) -> Secret {
        // Somebody may have renewed it between this caller's look and its turn.
        if let held = secrets[service], held != refused, clock.real() < held.renewAt { return held }
        let now = clock.real()
        let signed = ExchangeSignature.values(
            family: family, key: Array(account.appkey.utf8), service: service, requester: account.requester, at: now)
        let answer = try ExchangeAnswer(
            try await post(
                path: "/auth/refresh", headers: [], body: JSONBody.encode(signed),
                deadlineMilliseconds: refreshDeadlineMilliseconds))
        guard case .envelope(let envelope) = answer, let wrapped = envelope["data"]?["secret"]?.text,
            let end = envelope["data"]?["secretEndTime"]?.textOrNumber.flatMap({ Int64($0) }),
            let key = ExchangeSignature.unwrap(wrapped, appkey: account.appkey, mode: account.mode)
        else { throw .unreadable }
        // A minute early, or a tenth of a short life. A secret that is already over by this machine's clock is used
        // for the query at hand only, and no secret is believed for more than a day.
        let lifetime = min(max(end, now.milliseconds), now.milliseconds + 86_400_000) - now.milliseconds
        let secret = Secret(
            key: key, renewAt: Instant(milliseconds: now.milliseconds + lifetime - min(60_000, lifetime / 10)))
        secrets[service] = secret
        return secret
    }

    private func post(
        path: String, headers: [HTTPHeader], body: [UInt8], deadlineMilliseconds: Int
    ) async throws(GatewayError) -> HTTPReply {
        let address = account.address.hasSuffix("/") ? String(account.address.dropLast()) : account.address
        let request = HTTPRequest(
            .post, address + (path.hasPrefix("/") ? path : "/" + path),
            headers: headers + [
                HTTPHeader("Content-Type", "application/json"), HTTPHeader("Accept", "application/json"),
            ],
            body: body, deadlineMilliseconds: deadlineMilliseconds)
        do { return try await transport.exchange(request) } catch { throw .transport(error) }
    }
}
