/// What the provider says about itself (OpenID Connect Discovery 1.0, section 3), as far as a sign-in needs it.
struct ProviderDescription: Hashable, Sendable {
    let authorization: String
    let token: String
    let userInformation: String
    let keys: String

    /// Reads the document; throws ``GatewayError/issuerMismatch`` when it is another issuer's, or when an https issuer
    /// names an address without TLS.
    init(_ document: JSONValue, issuer: String) throws(GatewayError) {
        guard let named = document["issuer"]?.text, let authorization = document["authorization_endpoint"]?.text,
            let token = document["token_endpoint"]?.text, let keys = document["jwks_uri"]?.text,
            let userInformation = document["userinfo_endpoint"]?.text
        else { throw .unreadable }
        let isPlain = issuer.hasPrefix("http://")
        let addresses = [authorization, token, userInformation, keys]
        guard named == issuer,
            addresses.allSatisfy({ $0.hasPrefix("https://") || isPlain && $0.hasPrefix("http://") })
        else { throw .issuerMismatch }
        self.authorization = authorization
        self.token = token
        self.userInformation = userInformation
        self.keys = keys
    }
}
