import Enrollment
import Foundation
import JWTKit

/// Signs ID tokens with a key made when the sandbox starts.
struct IDTokenSigner: Sendable {
    private let keyName: String
    private let keys: JWTKeyCollection
    /// The public key as a JSON Web Key Set.
    let keySet: KeySet

    struct KeySet: Encodable, Sendable {
        struct Key: Encodable, Sendable {
            let kty = "EC"
            let crv = "P-256"
            let use = "sig"
            let alg = "ES256"
            let kid, x, y: String
        }

        let keys: [Key]
    }

    init(random: RandomSource) async {
        let key = ES256PrivateKey()
        // A name of its own for each start: whoever kept the last start's key finds that this is another.
        let name = "sandbox-\(random.hexadecimal(4))"
        keyName = name
        keys = await JWTKeyCollection().add(ecdsa: key, kid: JWKIdentifier(string: name))
        keySet = KeySet(
            keys: key.parameters.map { point in
                [KeySet.Key(kid: name, x: point.x.asBase64URL, y: point.y.asBase64URL)]
            } ?? [])
    }

    func token(
        issuer: String, grant: GrantBook.Grant, now: Instant, lifetime: Duration
    ) async throws -> String {
        let payload = IDTokenPayload(
            iss: issuer, aud: grant.clientID, sub: grant.subject, exp: now.adding(lifetime).milliseconds / 1000,
            iat: now.milliseconds / 1000, nonce: grant.nonce)
        return try await keys.sign(payload, kid: JWKIdentifier(string: keyName))
    }
}

/// The claims of an ID token; who the person is, userinfo says.
private struct IDTokenPayload: JWTPayload {
    let iss, aud, sub: String
    let exp, iat: Int64
    let nonce: String?

    /// The sandbox only signs.
    func verify(using algorithm: some JWTAlgorithm) throws {}
}

extension String {
    /// Coordinates come in base64 or base64url, by the library's version; a key set wants base64url.
    fileprivate var asBase64URL: String {
        replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
