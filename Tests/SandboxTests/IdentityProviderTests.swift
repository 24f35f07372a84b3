import Crypto
import Enrollment
import Foundation
import JWTKit
import Sandbox
import Testing

@Suite struct IdentityProviderTests {
    private static let verifier = "a-verifier-of-more-than-forty-three-characters-for-tests"

    private struct Claims: JWTPayload {
        let iss, aud, sub: String
        let exp: ExpirationClaim
        let nonce: String?
        func verify(using algorithm: some JWTAlgorithm) throws { try exp.verifyNotExpired() }
    }

    private func query(
        redirect: String = RunningSandbox.redirectAddress, subject: String? = nil, leaving: String? = nil
    ) throws -> String {
        let challenge = Data(SHA256.hash(data: Data(Self.verifier.utf8))).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
        var parts = URLComponents()
        parts.queryItems = [
            URLQueryItem(name: "client_id", value: "ruxue"), URLQueryItem(name: "redirect_uri", value: redirect),
            URLQueryItem(name: "response_type", value: "code"), URLQueryItem(name: "scope", value: "openid profile"),
            URLQueryItem(name: "state", value: "st&te=1"), URLQueryItem(name: "nonce", value: "once"),
            URLQueryItem(name: "code_challenge", value: challenge),
            URLQueryItem(name: "code_challenge_method", value: "S256"),
        ].filter { $0.name != leaving }
        if let subject { parts.queryItems?.append(URLQueryItem(name: "subject", value: subject)) }
        return try #require(parts.percentEncodedQuery)
    }

    /// Chooses a person and answers the code that came back.
    private func code(_ sandbox: RunningSandbox, subject: String = "sample-01") async throws -> String {
        let reply = try await sandbox.client.send(
            "POST", sandbox.address + "/oauth2/authorize/choose", body: query(subject: subject))
        #expect(reply.status == 303)
        let location = try #require(reply.location)
        #expect(location.hasPrefix(RunningSandbox.redirectAddress + "?"))
        let items = try #require(URLComponents(string: location)?.queryItems)
        #expect(items.first { $0.name == "state" }?.value == "st&te=1")
        return try #require(items.first { $0.name == "code" }?.value)
    }

    private func redeem(
        _ sandbox: RunningSandbox, _ code: String, verifier: String = verifier,
        secret: String = RunningSandbox.clientSecret,
        redirect: String = "http%3A%2F%2F127.0.0.1%3A8080%2Fsignin%2Freturn"
    ) async throws -> PlainClient.Reply {
        try await sandbox.client.send(
            "POST", sandbox.address + "/oauth2/token",
            body: "grant_type=authorization_code&code=\(code)&redirect_uri=\(redirect)&client_id=ruxue"
                + "&client_secret=\(secret)&code_verifier=\(verifier)")
    }

    private func userInfo(_ sandbox: RunningSandbox, _ token: String) async throws -> PlainClient.Reply {
        try await sandbox.client.send(
            "GET", sandbox.address + "/oauth2/userinfo", headers: ["Authorization": "Bearer \(token)"])
    }

    @Test("a chosen person comes back with a code, a signed token and who they are")
    func signIn() async throws {
        try await RunningSandbox.serve { sandbox in
            let reply = try await redeem(sandbox, code(sandbox))
            #expect(reply.status == 200)
            let idToken = try #require(reply.json["id_token"] as? String)
            let keySet = try await sandbox.client.send("GET", sandbox.address + "/oauth2/jwks").text
            let claims = try await JWTKeyCollection().add(jwksJSON: keySet).verify(idToken, as: Claims.self)
            #expect(claims.iss == sandbox.address)
            #expect(claims.aud == "ruxue")
            #expect(claims.sub == "sample-01")
            #expect(claims.nonce == "once")
            let token = try #require(reply.json["access_token"] as? String)
            let person = try await userInfo(sandbox, token).json
            #expect(person["sub"] as? String == "sample-01")
            #expect(person["name"] as? String == "林样例")
            #expect(person["id_type"] as? String == "id_number")
            #expect(person["id_number"] as? String == SamplePeople.identities[0].number)
            #expect(person["phone_number"] as? String == "19900000001")
            let discovery = try await sandbox.client.send(
                "GET", sandbox.address + "/.well-known/openid-configuration"
            ).json
            #expect(discovery["issuer"] as? String == sandbox.address)
            #expect(discovery["token_endpoint"] as? String == sandbox.address + "/oauth2/token")
        }
    }

    @Test("a code is good once; coming again it takes its token back")
    func reuse() async throws {
        try await RunningSandbox.serve { sandbox in
            let code = try await code(sandbox)
            let token = try #require(try await redeem(sandbox, code).json["access_token"] as? String)
            #expect(try await userInfo(sandbox, token).status == 200)
            let again = try await redeem(sandbox, code)
            #expect(again.status == 400)
            #expect(again.json["error"] as? String == "invalid_grant")
            #expect(try await userInfo(sandbox, token).status == 401)
        }
    }

    @Test("a wrong verifier, a wrong secret, another return address and a late code are refused")
    func refusals() async throws {
        try await RunningSandbox.serve { sandbox in
            let wrongVerifier = try await redeem(sandbox, code(sandbox), verifier: "guessed")
            #expect(wrongVerifier.json["error"] as? String == "invalid_grant")
            let wrongSecret = try await redeem(sandbox, code(sandbox), secret: "guessed")
            #expect(wrongSecret.status == 401)
            #expect(wrongSecret.json["error"] as? String == "invalid_client")
            let elsewhere = try await redeem(sandbox, code(sandbox), redirect: "http%3A%2F%2F127.0.0.1%2Fother")
            #expect(elsewhere.json["error"] as? String == "invalid_grant")
            let late = try await code(sandbox)
            sandbox.clock.advance(seconds: 61)
            #expect(try await redeem(sandbox, late).json["error"] as? String == "invalid_grant")
        }
    }

    @Test("an unregistered return address is never sent to, and other mistakes are told to the client")
    func authorizationMistakes() async throws {
        try await RunningSandbox.serve { sandbox in
            let authorize = sandbox.address + "/oauth2/authorize?"
            let foreign = try await sandbox.client.send(
                "GET", authorize + query(redirect: "http://elsewhere.example/take"))
            #expect(foreign.status == 400)
            #expect(foreign.location == nil)
            let withoutChallenge = try await sandbox.client.send(
                "GET", authorize + query(leaving: "code_challenge"))
            #expect(withoutChallenge.status == 303)
            #expect(withoutChallenge.location?.contains("error=invalid_request&state=st%26te%3D1") == true)
        }
    }

    @Test("the page lists every sample with what the case shows, in both languages, and escapes what it is given")
    func page() async throws {
        let hostile = SandboxIdentity(
            subject: "season-\"1\"", name: "<b>样例", number: "430922199001010010", phone: nil,
            label: LocalizedText(zh: "<script>alert(1)</script>"))
        try await RunningSandbox.serve(identities: [hostile]) { sandbox in
            let address = sandbox.address + "/oauth2/authorize?" + (try query())
            let page = try await sandbox.client.send("GET", address).text
            #expect(page.contains("<h1>统一身份认证(演示)</h1>"))
            for person in SamplePeople.identities {
                #expect(page.contains("value=\"\(person.subject)\""))
                #expect(page.contains(try #require(person.label?.zh)))
            }
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(page.contains("value=\"season-&quot;1&quot;\""))
            #expect(!page.contains("<script") && !page.contains("<b>样例"))
            let english = try await sandbox.client.send("GET", address + "&ui_locales=en").text
            #expect(english.contains("Twins: two children, one application each"))
            let unknown = try await sandbox.client.send(
                "POST", sandbox.address + "/oauth2/authorize/choose", body: query(subject: "%3Ci%3Enobody"))
            #expect(unknown.status == 404)
            #expect(!unknown.text.contains("<i>"))
        }
    }

    @Test("people of a season folder sign in, and none can take a sample person's place")
    func seasonPeople() async throws {
        let impostor = SandboxIdentity(
            subject: "sample-01", name: "别人样例", number: "430922199001010010", phone: nil)
        let own = SandboxIdentity(subject: "s-1", name: "张样例", number: "430922199001010010", phone: nil)
        try await RunningSandbox.serve(identities: [impostor, own]) { sandbox in
            for (subject, name) in [("sample-01", "林样例"), ("s-1", "张样例")] {
                let reply = try await redeem(sandbox, code(sandbox, subject: subject))
                let token = try #require(reply.json["access_token"] as? String)
                #expect(try await userInfo(sandbox, token).json["name"] as? String == name)
            }
        }
    }
}
