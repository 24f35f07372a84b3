import Enrollment
import JWTKit

/// The claims of an `id_token` that a sign-in checks (OpenID Connect Core 1.0, section 3.1.3.7).
struct IdentityToken: JWTPayload {
    let issuer: String
    let audience: Audience
    let authorizedParty: String?
    let subject: String
    /// Seconds since 1970.
    let expires: Double
    let nonce: String?

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case audience = "aud"
        case authorizedParty = "azp"
        case subject = "sub"
        case expires = "exp"
        case nonce
    }

    /// One text or a list. Not JWTKit's claim, which ends the process on an empty list.
    struct Audience: Codable, Sendable {
        let names: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            do { names = [try container.decode(String.self)] } catch { names = try container.decode([String].self) }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(names)
        }
    }

    /// JWTKit's hook; the claims are checked by ``check(settings:nonce:now:)``, which has the clock and the nonce.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// The algorithm and key id that a token's header names. Only the two asymmetric algorithms that providers must or
    /// usually do offer are accepted: a token that asks for `none` or a shared key proves nothing.
    static func header(of token: String) throws(GatewayError) -> (algorithm: String, keyID: String?) {
        let header: JWTHeader
        do { header = try DefaultJWTParser().parse(Array(token.utf8), as: IdentityToken.self).header } catch {
            throw .identityToken(.malformed)
        }
        guard let algorithm = header.alg, ["ES256", "RS256"].contains(algorithm), header.fields["crit"] == nil else {
            throw .identityToken(.algorithm)
        }
        return (algorithm, header.kid)
    }

    /// Checks a token's signature under one key.
    static func verified(_ token: String, key: JWK) async throws(GatewayError) -> IdentityToken {
        var key = key
        // JWTKit refuses keys without an id, and looks up by the token's own id; with one key in the collection any
        // token is checked against it.
        key.keyIdentifier = key.keyIdentifier ?? JWKIdentifier(string: "only")
        do {
            return try await JWTKeyCollection().add(jwk: key).verify(token, as: IdentityToken.self)
        } catch {
            throw .identityToken(.signature)
        }
    }

    /// Checks what the token claims. Clocks may differ by a minute.
    func check(settings: OpenIDSettings, nonce: String, now: Instant) throws(GatewayError) {
        guard issuer == settings.issuer else { throw .identityToken(.issuer) }
        guard audience.names.contains(settings.clientID),
            audience.names.count == 1 || authorizedParty == settings.clientID
        else { throw .identityToken(.audience) }
        guard expires * 1000 + 60_000 > Double(now.milliseconds) else { throw .identityToken(.expired) }
        guard self.nonce == nonce else { throw .identityToken(.nonce) }
        guard !subject.isEmpty else { throw .identityToken(.malformed) }
    }
}
