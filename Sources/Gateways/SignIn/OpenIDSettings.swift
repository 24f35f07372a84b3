/// The platform's registration at the provincial identity provider, as its settings file (mode 0600) says.
public struct OpenIDSettings: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The claims of the user information that carry an identity; deployments name them differently.
    public struct ClaimNames: Hashable, Sendable, Codable {
        public let name: String
        /// The kind of document, in the platform's own words (`id_number`); without the claim it is an ID number.
        public let documentKind: String
        public let documentNumber: String
        public let phone: String

        private enum CodingKeys: String, CodingKey {
            case name
            case documentKind = "document_kind"
            case documentNumber = "document_number"
            case phone
        }

        public init(
            name: String = "name", documentKind: String = "id_type", documentNumber: String = "id_number",
            phone: String = "phone_number"
        ) {
            self.name = name
            self.documentKind = documentKind
            self.documentNumber = documentNumber
            self.phone = phone
        }

        /// A name that is not given keeps its default.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let usual = ClaimNames()
            name = try container.decodeIfPresent(String.self, forKey: .name) ?? usual.name
            documentKind = try container.decodeIfPresent(String.self, forKey: .documentKind) ?? usual.documentKind
            documentNumber =
                try container.decodeIfPresent(String.self, forKey: .documentNumber) ?? usual.documentNumber
            phone = try container.decodeIfPresent(String.self, forKey: .phone) ?? usual.phone
        }
    }

    /// Exactly as the provider writes it in `iss`; the discovery document is below it.
    public let issuer: String
    public let clientID: String
    public let clientSecret: String
    /// `openid` is always asked for, named here or not.
    public let scopes: [String]
    public let claims: ClaimNames

    private enum CodingKeys: String, CodingKey {
        case issuer
        case clientID = "client_id"
        case clientSecret = "client_secret"
        case scopes, claims
    }

    public init(
        issuer: String, clientID: String, clientSecret: String, scopes: [String] = ["openid", "profile", "phone"],
        claims: ClaimNames = ClaimNames()
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
        self.claims = claims
    }

    /// Scopes and claims that are not given keep their defaults.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            issuer: try container.decode(String.self, forKey: .issuer),
            clientID: try container.decode(String.self, forKey: .clientID),
            clientSecret: try container.decode(String.self, forKey: .clientSecret),
            scopes: try container.decodeIfPresent([String].self, forKey: .scopes) ?? ["openid", "profile", "phone"],
            claims: try container.decodeIfPresent(ClaimNames.self, forKey: .claims) ?? ClaimNames())
    }

    /// Which client at which provider; never the secret.
    public var description: String { "\(clientID) at \(issuer)" }
}
