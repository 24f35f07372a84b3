/// What can go wrong between the platform and the outside. Cases carry no personal data and no secret, so that an
/// error may be logged as it is.
public enum GatewayError: Error, Hashable, Sendable {
    /// No usable HTTP reply came.
    case transport(TransportError)
    /// The other side said that it failed: an HTTP status, or 300, the exchange's own word for failure.
    case serverError(status: Int)
    /// A reply came and is not what the protocol or the connector describes.
    case unreadable
    /// The exchange refused the signature, also after the secret was renewed.
    case badSignature
    /// The exchange does not let this requester use this service.
    case notAuthorised
    /// The identity provider's description names another issuer or unusable addresses.
    case issuerMismatch
    /// The sign-in to be redeemed cannot be one this platform began: its PKCE verifier has the wrong form.
    case signInRequestInvalid
    /// The provider does not accept the code: used, expired, or of another sign-in.
    case signInRefused
    /// The provider does not accept the platform's client id and secret.
    case clientRefused
    /// The identity token does not prove what it should.
    case identityToken(IdentityTokenProblem)
    /// The user information is about another account than the identity token.
    case subjectMismatch
    /// The provider vouches for an account without a usable name or document.
    case identityIncomplete

    /// How much an operator should care.
    public enum Severity: String, Sendable, Codable, Comparable {
        case notice, warning, error

        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
        private var rank: Int { self == .notice ? 0 : self == .warning ? 1 : 2 }
    }

    /// A stable name for logs, metrics and tests.
    public var code: String {
        switch self {
        case .transport(let error): error.code
        case .serverError: "gateways.server_error"
        case .unreadable: "gateways.unreadable"
        case .badSignature: "gateways.bad_signature"
        case .notAuthorised: "gateways.not_authorised"
        case .issuerMismatch: "gateways.issuer_mismatch"
        case .signInRequestInvalid: "gateways.sign_in_request_invalid"
        case .signInRefused: "gateways.sign_in_refused"
        case .clientRefused: "gateways.client_refused"
        case .identityToken(let problem): "gateways.identity_token_\(problem.rawValue)"
        case .subjectMismatch: "gateways.subject_mismatch"
        case .identityIncomplete: "gateways.identity_incomplete"
        }
    }

    public var severity: Severity {
        switch self {
        case .signInRefused, .signInRequestInvalid, .transport(.cancelled), .transport(.shutDown): .notice
        case .transport(.malformedRequest): .error
        case .transport, .serverError, .unreadable, .identityIncomplete: .warning
        case .badSignature, .notAuthorised, .issuerMismatch, .clientRefused, .identityToken, .subjectMismatch: .error
        }
    }

    /// Whether the same call may well succeed a little later without anybody changing anything.
    public var isWorthRetrying: Bool {
        switch self {
        case .transport(.timeout), .transport(.connection), .transport(.badReply), .serverError: true
        default: false
        }
    }
}

/// Why an identity token is not accepted.
public enum IdentityTokenProblem: String, Hashable, Sendable, Codable {
    case malformed, algorithm, unknownKey = "unknown_key", signature, issuer, audience, expired, nonce
}
