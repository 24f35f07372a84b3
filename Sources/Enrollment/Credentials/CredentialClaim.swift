/// What a family claims about one credential, and for which facts it is asked.
public struct CredentialClaim: Hashable, Sendable, Codable {
    public let credential: CredentialID
    /// People about whom the register is asked; each has to be answered.
    public let subjects: [ClaimSubject]
    /// Fields the family stated, by name.
    public let fields: [FieldName: String]
    /// Whether the claim is that the register holds nothing: the parents own no home.
    public let absence: Bool
    /// Facts the answer has to settle; they are disputed when it refutes the claim.
    public let facts: [FactKey]

    public init(
        credential: CredentialID, subjects: [ClaimSubject], fields: [FieldName: String], absence: Bool, facts: [FactKey]
    ) {
        self.credential = credential
        self.subjects = subjects
        self.fields = fields
        self.absence = absence
        self.facts = facts
    }
}

/// What a check found. The eight are told apart everywhere: each leads to another next step.
public enum CheckOutcome: Hashable, Sendable, Codable {
    case confirmed
    /// The register says otherwise in these fields.
    case refuted([FieldName])
    /// The register holds no such record.
    case notFound
    /// Several records fit and the claim does not say which.
    case multiple
    case unavailable(UnavailableCause)
    /// No register can tell about this kind.
    case notSupported
    case queued
    /// The credential is real and no longer valid.
    case expired

    /// The word stored and shown in interfaces.
    public var code: String {
        switch self {
        case .confirmed: "confirmed"
        case .refuted: "refuted"
        case .notFound: "not_found"
        case .multiple: "multiple"
        case .unavailable: "unavailable"
        case .notSupported: "not_supported"
        case .queued: "queued"
        case .expired: "expired"
        }
    }

    /// Whether the source will be asked again by itself.
    public var isWaiting: Bool {
        switch self {
        case .unavailable, .queued: true
        default: false
        }
    }

    /// Whether the register's answer leaves the claim standing in doubt, for the family or a person to settle.
    public var isDisputed: Bool {
        switch self {
        case .refuted, .notFound, .multiple, .expired: true
        default: false
        }
    }
}
