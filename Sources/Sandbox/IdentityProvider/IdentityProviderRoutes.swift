import Enrollment
import Foundation
import HTTPTypes
import Hummingbird

/// The stand-in for the provincial sign-in: OpenID Connect, authorization code with PKCE.
struct IdentityProviderRoutes: Sendable {
    let settings: SandboxSettings
    let directory: IdentityDirectory
    let grants: GrantBook
    let signer: IDTokenSigner
    let clock: Clock
    /// The provider's own address; known once the server listens.
    let issuer: @Sendable () -> String

    func add(to router: Router<SandboxRequestContext>) {
        router.get("/.well-known/openid-configuration") { _, _ in try Response.json(Discovery(issuer: issuer())) }
        router.get("/oauth2/jwks") { _, _ in try Response.json(signer.keySet) }
        router.get("/oauth2/authorize") { request, _ in
            authorize(FormFields(encoded: request.uri.query ?? "")) { request in
                SignInPage(directory: directory, request: request).response
            }
        }
        router.post("/oauth2/authorize/choose") { request, _ in
            let form = try await FormFields(formOf: request)
            return authorize(form) { choose(form["subject"] ?? "", $0) }
        }
        router.post("/oauth2/token") { request, _ in try await token(request) }
        router.get("/oauth2/userinfo") { request, _ in try userInfo(request) }
    }

    /// Checks an authorization request and answers for it.
    private func authorize(_ fields: FormFields, _ answer: (AuthorizationRequest) -> Response) -> Response {
        do {
            return answer(try AuthorizationRequest(fields, settings: settings))
        } catch {
            switch error {
            case .invalid(let address): return .seeOther(address)
            case .untrusted(let field): return refusal(field)
            }
        }
    }

    /// Nothing is sent to an address that is not registered: the person reads what to do.
    private func refusal(_ field: String) -> Response {
        let body: HTML = """
            <h1>统一身份认证(演示)</h1>
            <div class="notice" role="alert">这个登录请求不完整，或者不是从已登记的网站发出的（\(field)）。请回到入学平台，重新点“登录”。</div>
            """
        return .page(SandboxPage.html(title: "统一身份认证(演示)", body: body), status: .badRequest)
    }

    private func choose(_ subject: String, _ request: AuthorizationRequest) -> Response {
        let subject = subject.trimmingCharacters(in: .whitespacesAndNewlines)
        guard directory[subject] != nil else {
            return SignInPage(directory: directory, request: request, unknownSubject: subject).response
        }
        let grant = GrantBook.Grant(
            subject: subject, clientID: request.clientID, redirectAddress: request.redirectAddress,
            challenge: request.challenge, nonce: request.nonce)
        return .seeOther(request.returnAddress(code: grants.code(for: grant, now: clock.real())))
    }

    private func token(_ request: Request) async throws -> Response {
        let form = try await FormFields(formOf: request)
        guard let client = client(request, form), client.id == settings.clientID,
            client.secret == settings.clientSecret
        else { return try Response.json(TokenProblem(error: "invalid_client"), status: .unauthorized) }
        guard form["grant_type"] == "authorization_code" else {
            return try Response.json(TokenProblem(error: "unsupported_grant_type"), status: .badRequest)
        }
        let now = clock.real()
        guard let code = form["code"], let address = form["redirect_uri"], let verifier = form["code_verifier"],
            let redeemed = grants.redeem(
                code: code, clientID: client.id, redirectAddress: address, verifier: verifier, now: now)
        else { return try Response.json(TokenProblem(error: "invalid_grant"), status: .badRequest) }
        let idToken = try await signer.token(
            issuer: issuer(), grant: redeemed.grant, now: now, lifetime: GrantBook.tokenLifetime)
        return try Response.json(
            TokenReply(
                access_token: redeemed.token, expires_in: Int(GrantBook.tokenLifetime.components.seconds),
                id_token: idToken))
    }

    /// The client's name and secret, from the Authorization header (RFC 6749, 2.3.1) or from the form.
    private func client(_ request: Request, _ form: FormFields) -> (id: String, secret: String)? {
        guard let header = request.headers[.authorization] else {
            return form["client_id"].flatMap { id in form["client_secret"].map { (id, $0) } }
        }
        guard header.lowercased().hasPrefix("basic "), let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map {
            $0.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? String($0)
        }
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private func userInfo(_ request: Request) throws -> Response {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            let subject = grants.subject(ofToken: String(header.dropFirst(7)), now: clock.real()),
            let identity = directory[subject]
        else {
            var response = try Response.json(TokenProblem(error: "invalid_token"), status: .unauthorized)
            response.headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
            return response
        }
        return try Response.json(
            UserInfo(
                sub: identity.subject, name: identity.name, id_type: "id_number", id_number: identity.number,
                phone_number: identity.phone))
    }
}

private struct Discovery: Encodable {
    let issuer, authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri: String
    let response_types_supported = ["code"]
    let grant_types_supported = ["authorization_code"]
    let subject_types_supported = ["public"]
    let id_token_signing_alg_values_supported = ["ES256"]
    let code_challenge_methods_supported = ["S256"]
    let scopes_supported = ["openid", "profile", "phone"]
    let token_endpoint_auth_methods_supported = ["client_secret_basic", "client_secret_post"]
    let claims_supported = ["sub", "name", "id_type", "id_number", "phone_number"]

    init(issuer: String) {
        self.issuer = issuer
        authorization_endpoint = issuer + "/oauth2/authorize"
        token_endpoint = issuer + "/oauth2/token"
        userinfo_endpoint = issuer + "/oauth2/userinfo"
        jwks_uri = issuer + "/oauth2/jwks"
    }
}

private struct TokenReply: Encodable {
    let access_token: String
    let token_type = "Bearer"
    let expires_in: Int
    let id_token: String
}

private struct TokenProblem: Encodable {
    let error: String
}

private struct UserInfo: Encodable {
    let sub, name, id_type, id_number: String
    let phone_number: String?
}
