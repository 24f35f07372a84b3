/// The provincial sign-in (OpenID Connect, authorization code with PKCE).
public struct IdentityProvider: Sendable {
    /// The address to send the browser to.
    public let authorizationAddress: @Sendable (SignInRequest) async throws -> String
    /// Exchanges the code for a verified identity.
    public let redeem: @Sendable (_ code: String, SignInRequest) async throws -> SignedInIdentity

    public init(
        authorizationAddress: @escaping @Sendable (SignInRequest) async throws -> String,
        redeem: @escaping @Sendable (_ code: String, SignInRequest) async throws -> SignedInIdentity
    ) {
        self.authorizationAddress = authorizationAddress
        self.redeem = redeem
    }
}

/// What has to be the same when a sign-in begins and when it ends.
public struct SignInRequest: Hashable, Sendable, Codable {
    public let state: String
    public let nonce: String
    /// PKCE verifier (RFC 7636); the provider sees only its SHA-256.
    public let codeVerifier: String
    public let redirectAddress: String

    public init(state: String, nonce: String, codeVerifier: String, redirectAddress: String) {
        self.state = state
        self.nonce = nonce
        self.codeVerifier = codeVerifier
        self.redirectAddress = redirectAddress
    }
}

/// Who signed in, as the provincial platform vouches.
public struct SignedInIdentity: Hashable, Sendable, Codable {
    /// The provider's own name for the account; not personal data by itself.
    public let subject: String
    public let name: PersonName
    public let document: PersonDocument
    public let phone: String?

    public init(subject: String, name: PersonName, document: PersonDocument, phone: String?) {
        self.subject = subject
        self.name = name
        self.document = document
        self.phone = phone
    }
}
