public import Enrollment
import Foundation
import Protection

/// Sign-in through the provincial identity provider: OpenID Connect, authorization code with PKCE (S256).
///
/// The provider's description and keys are kept; a failure at one of its addresses forgets the description, a token
/// that the kept keys do not verify fetches the keys once more.
public actor OpenIDClient {
    private let settings: OpenIDSettings
    private let transport: CurlTransport
    private let clock: Clock
    private let deadlineMilliseconds: Int
    private let descriptions = SharedFetch<String, ProviderDescription>()
    private let keyFetches = SharedFetch<String, ProviderKeys>()
    private var description: ProviderDescription?
    private var keys: ProviderKeys?

    /// - Parameter clock: its real time decides whether a token has expired.
    /// - Parameter deadlineMilliseconds: for each call to the provider.
    public init(
        settings: OpenIDSettings, transport: CurlTransport, clock: Clock, deadlineMilliseconds: Int = 5000
    ) {
        self.settings = settings
        self.transport = transport
        self.clock = clock
        self.deadlineMilliseconds = deadlineMilliseconds
    }

    /// The provider as a port.
    public nonisolated var provider: IdentityProvider {
        IdentityProvider(
            authorizationAddress: { try await self.authorizationAddress(for: $0) },
            redeem: { try await self.redeem(code: $0, $1) })
    }

    /// The address that the browser is sent to.
    public func authorizationAddress(for request: SignInRequest) async throws(GatewayError) -> String {
        try Self.check(request)
        let endpoint = try await describe().authorization
        let challenge = Self.base64URL(ExchangePrimitives.sha256(Array(request.codeVerifier.utf8)))
        let scopes = settings.scopes.contains("openid") ? settings.scopes : ["openid"] + settings.scopes
        let query = FormEncoding.encode([
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", request.redirectAddress),
            ("scope", scopes.joined(separator: " ")), ("state", request.state), ("nonce", request.nonce),
            ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ])
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query
    }

    /// Redeems the code: token, signature and claims, then the user information of the same account.
    public func redeem(code: String, _ request: SignInRequest) async throws(GatewayError) -> SignedInIdentity {
        try Self.check(request)
        let provider = try await describe()
        do throws(GatewayError) {
            let tokens = try await tokens(for: code, request, at: provider.token)
            let identity = try await verified(tokens.identity, keysAt: provider.keys)
            try identity.check(settings: settings, nonce: request.nonce, now: clock.real())
            let information = try await userInformation(tokens.access, at: provider.userInformation)
            guard information["sub"]?.text == identity.subject else { throw .subjectMismatch }
            return try signedIn(information, subject: identity.subject)
        } catch {
            // The provider may have moved; the next sign-in reads its description anew.
            switch error {
            case .transport(.cancelled), .transport(.shutDown): break
            case .transport, .serverError, .unreadable: description = nil
            default: break
            }
            throw error
        }
    }

    private func describe() async throws(GatewayError) -> ProviderDescription {
        if let description { return description }
        let fetched = try await descriptions.value(for: "") { () async throws(GatewayError) -> ProviderDescription in
            let base =
                self.settings.issuer.hasSuffix("/") ? String(self.settings.issuer.dropLast()) : self.settings.issuer
            let reply = try await self.send(.get, base + "/.well-known/openid-configuration")
            guard reply.status == 200 else { throw .serverError(status: reply.status) }
            return try ProviderDescription(try JSONValue(parsing: reply.body), issuer: self.settings.issuer)
        }
        description = fetched
        return fetched
    }

    private func tokens(
        for code: String, _ request: SignInRequest, at address: String
    ) async throws(GatewayError) -> (identity: String, access: String) {
        // Client id and secret are form-encoded before they are joined (RFC 6749, section 2.3.1).
        let client = FormEncoding.encode(settings.clientID) + ":" + FormEncoding.encode(settings.clientSecret)
        let form = FormEncoding.encode([
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.redirectAddress),
            ("code_verifier", request.codeVerifier),
        ])
        let reply = try await send(
            .post, address,
            headers: [
                HTTPHeader("Authorization", "Basic " + Data(client.utf8).base64EncodedString()),
                HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
            ], body: Array(form.utf8))
        switch reply.status {
        case 200: break
        case 400, 401:
            let answer = try JSONValue(parsing: reply.body)
            switch answer["error"]?.text {
            case "invalid_grant": throw .signInRefused
            case "invalid_client", "unauthorized_client": throw .clientRefused
            default: throw reply.status == 401 ? .clientRefused : .serverError(status: 400)
            }
        default: throw .serverError(status: reply.status)
        }
        let answer = try JSONValue(parsing: reply.body)
        guard let identity = answer["id_token"]?.text, let access = answer["access_token"]?.text,
            answer["token_type"]?.text?.lowercased() == "bearer"
        else { throw .unreadable }
        return (identity, access)
    }

    private func verified(_ token: String, keysAt address: String) async throws(GatewayError) -> IdentityToken {
        let header = try IdentityToken.header(of: token)
        if let key = keys?.key(id: header.keyID, algorithm: header.algorithm) {
            do throws(GatewayError) { return try await IdentityToken.verified(token, key: key) } catch {
                // The provider may have made a new key under the old id; the fetched keys decide.
                keys = nil
            }
        }
        let fetched = try await keyFetches.value(for: address) { () async throws(GatewayError) -> ProviderKeys in
            let reply = try await self.send(.get, address)
            guard reply.status == 200 else { throw .serverError(status: reply.status) }
            return try ProviderKeys(parsing: reply.body)
        }
        keys = fetched
        guard let key = fetched.key(id: header.keyID, algorithm: header.algorithm) else {
            throw .identityToken(.unknownKey)
        }
        return try await IdentityToken.verified(token, key: key)
    }

    private func userInformation(_ accessToken: String, at address: String) async throws(GatewayError) -> JSONValue {
        let reply = try await send(.get, address, headers: [HTTPHeader("Authorization", "Bearer " + accessToken)])
        guard reply.status == 200 else { throw .serverError(status: reply.status) }
        return try JSONValue(parsing: reply.body)
    }

    private func signedIn(_ information: JSONValue, subject: String) throws(GatewayError) -> SignedInIdentity {
        let claims = settings.claims
        let kind: PersonDocument.Kind?
        switch information[claims.documentKind] {
        case nil, .null: kind = .idNumber
        case .text(let word): kind = PersonDocument.Kind(rawValue: word)
        default: kind = nil
        }
        guard let kind, let name = information[claims.name]?.text,
            let number = information[claims.documentNumber]?.text
        else { throw .identityIncomplete }
        do {
            return SignedInIdentity(
                subject: subject, name: try PersonName(name), document: try PersonDocument(kind: kind, number: number),
                phone: information[claims.phone]?.text)
        } catch {
            throw .identityIncomplete
        }
    }

    private func send(
        _ method: HTTPRequest.Method, _ address: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil
    ) async throws(GatewayError) -> HTTPReply {
        let request = HTTPRequest(
            method, address, headers: headers + [HTTPHeader("Accept", "application/json")], body: body,
            deadlineMilliseconds: deadlineMilliseconds)
        do { return try await transport.exchange(request) } catch { throw .transport(error) }
    }

    /// RFC 7636, section 4.1: 43 to 128 unreserved characters.
    private static func check(_ request: SignInRequest) throws(GatewayError) {
        guard (43...128).contains(request.codeVerifier.utf8.count),
            FormEncoding.encode(request.codeVerifier) == request.codeVerifier, !request.state.isEmpty,
            !request.nonce.isEmpty
        else { throw .signInRequestInvalid }
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        String(
            Data(bytes).base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }
}
