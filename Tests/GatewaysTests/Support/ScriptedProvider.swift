import CryptoExtras
import Enrollment
import Foundation
import JWTKit

@testable import Gateways

/// An identity provider that answers as the test says; its tokens are signed with JWTKit.
final class ScriptedProvider: Sendable {
    struct State: Sendable {
        var tokens: LoopbackServer.Answer = .reply(500)
        var keys: LoopbackServer.Answer = .reply(500)
        var userInformation: LoopbackServer.Answer = .reply(
            200,
            body:
                #"{"sub":"account-1","name":"林样例","id_type":"id_number","id_number":"43092220200101001X","phone_number":"1"}"#
        )
        var description: LoopbackServer.Answer?
    }

    /// What an identity token says; every test changes one thing.
    struct Claims: JWTPayload {
        var iss: String
        var aud: [String] = ["ruxue"]
        var azp: String?
        var sub = "account-1"
        var exp = Double(ScriptedExchange.now.milliseconds / 1000 + 300)
        var iat = Double(ScriptedExchange.now.milliseconds / 1000)
        var nonce: String? = "nonce-1"

        func verify(using algorithm: some JWTAlgorithm) async throws {}
    }

    /// A signing key, and its public half as a JWKS entry.
    struct Key: Sendable {
        let id: String
        let collection: JWTKeyCollection
        let published: String

        static func elliptic(_ id: String, published shown: String? = nil) async throws -> Key {
            let key = ES256PrivateKey()
            guard let parameters = key.parameters else { throw GatewayError.unreadable }
            return Key(
                id: id, collection: await JWTKeyCollection().add(ecdsa: key, kid: JWKIdentifier(string: id)),
                published: #"{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"\#(shown ?? id)","#
                    + #""x":"\#(url(parameters.x))","y":"\#(url(parameters.y))"}"#)
        }

        static func rsa(_ id: String) async throws -> Key {
            let key = try Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048))
            let numbers = try key.publicKey.getKeyPrimitives()
            // Without "alg", as several providers publish their keys.
            return Key(
                id: id,
                collection: await JWTKeyCollection().add(
                    rsa: key, digestAlgorithm: .sha256, kid: JWKIdentifier(string: id)),
                published: #"{"kty":"RSA","kid":"\#(id)","n":"\#(url(numbers.modulus.base64EncodedString()))","#
                    + #""e":"\#(url(numbers.publicExponent.base64EncodedString()))"}"#)
        }

        private static func url(_ base64: String) -> String {
            base64.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
                .replacingOccurrences(of: "=", with: "")
        }
    }

    static let request = SignInRequest(
        state: "state-1", nonce: "nonce-1", codeVerifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        redirectAddress: "http://127.0.0.1/sign-in/return")

    let state = Locked(State())
    let server: LoopbackServer
    let transport = CurlTransport()

    init() throws {
        let state = state
        server = try LoopbackServer { request in
            let current = state.current
            switch request.target {
            case "/.well-known/openid-configuration":
                let base = "http://" + (request.headers["host"] ?? "")
                return current.description
                    ?? .reply(
                        200,
                        body: """
                            {"issuer":"\(base)","authorization_endpoint":"\(base)/oauth2/authorize",
                             "token_endpoint":"\(base)/oauth2/token","userinfo_endpoint":"\(base)/oauth2/userinfo",
                             "jwks_uri":"\(base)/oauth2/jwks"}
                            """)
            case "/oauth2/token": return current.tokens
            case "/oauth2/jwks": return current.keys
            case "/oauth2/userinfo": return current.userInformation
            default: return .reply(404)
            }
        }
    }

    var claims: Claims { Claims(iss: server.address) }

    func client(claims: OpenIDSettings.ClaimNames = .init()) -> OpenIDClient {
        OpenIDClient(
            settings: OpenIDSettings(
                issuer: server.address, clientID: "ruxue", clientSecret: "s:cret", claims: claims),
            transport: transport, clock: .fixed(ScriptedExchange.now))
    }

    func publish(_ keys: Key...) {
        // A kind of key that this client does not know stands in front, as it may anywhere.
        let entries = [#"{"kty":"oct-future","kid":"x"}"#] + keys.map(\.published)
        state.change { $0.keys = .reply(200, body: #"{"keys":[\#(entries.joined(separator: ","))]}"#) }
    }

    func handOut(_ claims: Claims, key: Key) async throws {
        let token = try await key.collection.sign(claims, kid: JWKIdentifier(string: key.id))
        handOut(token)
    }

    func handOut(_ token: String) {
        state.change {
            $0.tokens = .reply(200, body: #"{"access_token":"a-1","token_type":"Bearer","id_token":"\#(token)"}"#)
        }
    }

    func end() async {
        await transport.shutdown()
        server.stop()
    }
}
