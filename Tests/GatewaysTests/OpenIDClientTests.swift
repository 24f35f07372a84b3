import Enrollment
import Foundation
import JWTKit
import Testing

@testable import Gateways

@Suite("Signing in")
struct OpenIDClientTests {
    private let request = ScriptedProvider.request

    @Test("the browser is sent to the provider with state, nonce and the digest of the verifier (RFC 7636, appendix B)")
    func authorizationAddress() async throws {
        let provider = try ScriptedProvider()
        let client = provider.client()
        let address = try await client.provider.authorizationAddress(request)
        let items = try #require(URLComponents(string: address)).queryItems ?? []
        #expect(address.hasPrefix(provider.server.address + "/oauth2/authorize?"))
        #expect(
            Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") }) == [
                "response_type": "code", "client_id": "ruxue", "redirect_uri": "http://127.0.0.1/sign-in/return",
                "scope": "openid profile phone", "state": "state-1", "nonce": "nonce-1",
                "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256",
            ])
        #expect(!address.contains(request.codeVerifier))
        _ = try await client.authorizationAddress(for: request)
        #expect(provider.server.received.count == 1, "the provider's description is kept")
        await provider.end()
    }

    @Test("a good code becomes the identity that the provider vouches for")
    func redeem() async throws {
        let provider = try ScriptedProvider()
        let key = try await ScriptedProvider.Key.elliptic("k1")
        provider.publish(key)
        try await provider.handOut(provider.claims, key: key)
        let identity = try await provider.client().provider.redeem("c&1", request)
        #expect(
            identity
                == SignedInIdentity(
                    subject: "account-1", name: try PersonName("林样例"),
                    document: try PersonDocument(kind: .idNumber, number: "43092220200101001X"), phone: "1"))
        let token = try #require(provider.server.received.first { $0.target == "/oauth2/token" })
        #expect(
            String(decoding: token.body, as: UTF8.self)
                == "grant_type=authorization_code&code=c%261&redirect_uri=http%3A%2F%2F127.0.0.1%2Fsign-in%2Freturn"
                + "&code_verifier=\(request.codeVerifier)")
        #expect(token.headers["authorization"] == "Basic " + Data("ruxue:s%3Acret".utf8).base64EncodedString())
        let information = try #require(provider.server.received.first { $0.target == "/oauth2/userinfo" })
        #expect(information.headers["authorization"] == "Bearer a-1")
        await provider.end()
    }

    @Test("RSA keys serve as well, published without an algorithm")
    func rsa() async throws {
        let provider = try ScriptedProvider()
        let key = try await ScriptedProvider.Key.rsa("r1")
        provider.publish(try await .elliptic("k1"), key)
        try await provider.handOut(provider.claims, key: key)
        #expect(try await provider.client().redeem(code: "c", request).subject == "account-1")
        await provider.end()
    }

    @Test("a token that says another thing than it must is refused, each with its reason")
    func wrongClaims() async throws {
        let provider = try ScriptedProvider()
        let key = try await ScriptedProvider.Key.elliptic("k1")
        provider.publish(key)
        let client = provider.client()
        let seconds = Double(ScriptedExchange.now.milliseconds / 1000)
        let wrong: [(IdentityTokenProblem?, (inout ScriptedProvider.Claims) -> Void)] = [
            (.nonce, { $0.nonce = "another" }), (.nonce, { $0.nonce = nil }),
            (.audience, { $0.aud = ["somebody"] }), (.audience, { $0.aud = [] }),
            (.audience, { $0.aud = ["ruxue", "somebody"] }),
            (
                nil,
                {
                    $0.aud = ["ruxue", "somebody"]; $0.azp = "ruxue"
                }
            ),
            (.expired, { $0.exp = seconds - 61 }), (nil, { $0.exp = seconds - 59 }),
            (.issuer, { $0.iss = "http://127.0.0.1" }),
        ]
        for (problem, change) in wrong {
            var claims = provider.claims
            change(&claims)
            try await provider.handOut(claims, key: key)
            guard let problem else {
                #expect(try await client.redeem(code: "c", request).subject == "account-1")
                continue
            }
            await #expect(throws: GatewayError.identityToken(problem)) {
                try await client.redeem(code: "c", request)
            }
        }
        await provider.end()
    }

    @Test("a token under an unknown key fetches the keys once more; if it stays unknown it is refused")
    func rotatedKeys() async throws {
        let provider = try ScriptedProvider()
        let (old, new) = (try await ScriptedProvider.Key.elliptic("k1"), try await ScriptedProvider.Key.elliptic("k2"))
        let client = provider.client()
        provider.publish(old)
        try await provider.handOut(provider.claims, key: old)
        _ = try await client.redeem(code: "c", request)
        _ = try await client.redeem(code: "c", request)
        #expect(provider.server.count("/oauth2/jwks") == 1)

        try await provider.handOut(provider.claims, key: new)
        await #expect(throws: GatewayError.identityToken(.unknownKey)) { try await client.redeem(code: "c", request) }
        #expect(provider.server.count("/oauth2/jwks") == 2)
        provider.publish(new)
        _ = try await client.redeem(code: "c", request)
        #expect(provider.server.count("/oauth2/jwks") == 3)
        await provider.end()
    }

    @Test("a provider that starts anew with a new key under the old name is believed after its keys are read again")
    func sameKeyName() async throws {
        let provider = try ScriptedProvider()
        let client = provider.client()
        for _ in 0..<2 {
            let key = try await ScriptedProvider.Key.elliptic("k1")
            provider.publish(key)
            try await provider.handOut(provider.claims, key: key)
            _ = try await client.redeem(code: "c", request)
        }
        #expect(provider.server.count("/oauth2/jwks") == 2)
        await provider.end()
    }

    @Test("a forged signature, no signature and a shared key prove nothing")
    func forged() async throws {
        let provider = try ScriptedProvider()
        let client = provider.client()
        let (key, forger) = (
            try await ScriptedProvider.Key.elliptic("k1"), try await ScriptedProvider.Key.elliptic("k1")
        )
        provider.publish(key)
        try await provider.handOut(provider.claims, key: forger)
        await #expect(throws: GatewayError.identityToken(.signature)) { try await client.redeem(code: "c", request) }

        let good = try await key.collection.sign(provider.claims, kid: "k1").split(separator: ".")
        for algorithm in ["none", "HS256", "ES384"] {
            let header = Data(#"{"alg":"\#(algorithm)","kid":"k1"}"#.utf8).base64EncodedString()
                .replacingOccurrences(of: "=", with: "")
            provider.handOut("\(header).\(good[1]).\(algorithm == "none" ? "" : String(good[2]))")
            await #expect(throws: GatewayError.identityToken(.algorithm)) {
                try await client.redeem(code: "c", request)
            }
        }
        for token in ["", "a.b", "a.b.c", "...."] {
            provider.handOut(token)
            await #expect(throws: GatewayError.identityToken(.malformed)) {
                try await client.redeem(code: "c", request)
            }
        }
        await provider.end()
    }

    @Test("user information about another account, or without a usable name or document, signs nobody in")
    func userInformation() async throws {
        let provider = try ScriptedProvider()
        let key = try await ScriptedProvider.Key.elliptic("k1")
        provider.publish(key)
        try await provider.handOut(provider.claims, key: key)
        let number = #""id_number":"43092220200101001X""#
        let cases: [(String, GatewayError)] = [
            (#"{"sub":"account-2","name":"林样例",\#(number)}"#, .subjectMismatch),
            (#"{"name":"林样例",\#(number)}"#, .subjectMismatch),
            (#"{"sub":"account-1","name":"林样例"}"#, .identityIncomplete),
            (#"{"sub":"account-1","name":"1",\#(number)}"#, .identityIncomplete),
            (#"{"sub":"account-1","name":"林样例","id_number":"430922202001010010"}"#, .identityIncomplete),
            (#"{"sub":"account-1","name":"林样例","id_type":"library_card",\#(number)}"#, .identityIncomplete),
            ("garbage", .unreadable),
        ]
        let client = provider.client()
        for (body, error) in cases {
            provider.state.change { $0.userInformation = .reply(200, body: body) }
            await #expect(throws: error) { try await client.redeem(code: "c", request) }
        }
        await provider.end()
    }

    @Test("the claims' names are settings; a phone and a kind of document may be missing")
    func claimNames() async throws {
        let provider = try ScriptedProvider()
        let key = try await ScriptedProvider.Key.elliptic("k1")
        provider.publish(key)
        try await provider.handOut(provider.claims, key: key)
        provider.state.change {
            $0.userInformation = .reply(200, body: #"{"sub":"account-1","xm":"陈样例","zjhm":"43092220200101001X"}"#)
        }
        let json = #"{"name":"xm","document_number":"zjhm"}"#
        let names = try JSONDecoder().decode(OpenIDSettings.ClaimNames.self, from: Data(json.utf8))
        let identity = try await provider.client(claims: names).redeem(code: "c", request)
        #expect(identity.name.value == "陈样例" && identity.document.kind == .idNumber && identity.phone == nil)
        await provider.end()
    }

    @Test("a used code is the family's to repeat, a refused client the operator's to mend, a failure nobody's fault")
    func refusals() async throws {
        let provider = try ScriptedProvider()
        let client = provider.client()
        let cases: [(LoopbackServer.Answer, GatewayError, Bool)] = [
            (.reply(400, body: #"{"error":"invalid_grant"}"#), .signInRefused, false),
            (.reply(401, body: #"{"error":"invalid_client"}"#), .clientRefused, false),
            (.reply(503), .serverError(status: 503), true),
            (.reply(200, body: #"{"access_token":"a","token_type":"Bearer"}"#), .unreadable, false),
            (.raw("cut"), .transport(.badReply), true),
        ]
        for (answer, error, retry) in cases {
            provider.state.change { $0.tokens = answer }
            await #expect(throws: error) { try await client.redeem(code: "c", request) }
            #expect(error.isWorthRetrying == retry)
        }
        await provider.end()
    }

    @Test("the provider's description is read again after one of its addresses failed, and must be the issuer's own")
    func description() async throws {
        let provider = try ScriptedProvider()
        let client = provider.client()
        provider.state.change { $0.tokens = .reply(404) }
        await #expect(throws: GatewayError.serverError(status: 404)) { try await client.redeem(code: "c", request) }
        provider.state.change { $0.description = .reply(500) }
        await #expect(throws: GatewayError.serverError(status: 500)) { try await client.redeem(code: "c", request) }
        let other =
            #"{"issuer":"http://other","authorization_endpoint":"http://other/a","token_endpoint":"http://other/t","#
            + #""userinfo_endpoint":"http://other/u","jwks_uri":"http://other/k"}"#
        provider.state.change { $0.description = .reply(200, body: other) }
        await #expect(throws: GatewayError.issuerMismatch) { try await client.authorizationAddress(for: request) }
        provider.state.change { $0.description = nil }
        _ = try await client.authorizationAddress(for: request)
        await provider.end()
    }

    @Test("a verifier that is too short to protect the code is not used")
    func verifier() async throws {
        let provider = try ScriptedProvider()
        for verifier in ["short", String(repeating: "a", count: 129), String(repeating: "ä", count: 43)] {
            let weak = SignInRequest(
                state: "s", nonce: "n", codeVerifier: verifier, redirectAddress: request.redirectAddress)
            await #expect(throws: GatewayError.signInRequestInvalid) {
                try await provider.client().authorizationAddress(for: weak)
            }
        }
        await provider.end()
    }

    @Test("settings are read with defaults and never print the secret")
    func settings() throws {
        let json = #"{"issuer":"http://127.0.0.1:1","client_id":"ruxue","client_secret":"not to be seen"}"#
        let settings = try JSONDecoder().decode(OpenIDSettings.self, from: Data(json.utf8))
        #expect(settings.claims.documentNumber == "id_number" && settings.scopes.contains("openid"))
        #expect("\(settings)" == "ruxue at http://127.0.0.1:1")
        #expect(try JSONDecoder().decode(OpenIDSettings.self, from: JSONEncoder().encode(settings)) == settings)
    }
}
