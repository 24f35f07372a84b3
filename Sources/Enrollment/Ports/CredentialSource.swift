/// A department that can be asked about a credential. It never throws: a source that fails answers `unavailable`.
public struct CredentialSource: Sendable {
    public let ask: @Sendable (CredentialQuestion) async -> SourceReply

    public init(ask: @escaping @Sendable (CredentialQuestion) async -> SourceReply) { self.ask = ask }
}

/// One question to one department.
public struct CredentialQuestion: Hashable, Sendable {
    public let credential: CredentialID
    /// Whom the question is about.
    public let subject: PersonDocument
    public let subjectName: PersonName
    /// Why it is asked; departments refuse a question without a purpose.
    public let purpose: QueryPurpose
    /// The tenant in whose name the question is asked.
    public let organisation: TenantCode
    /// Who asked: a worker's or an officer's account, never a family's name.
    public let operatorAccount: String

    public init(
        credential: CredentialID, subject: PersonDocument, subjectName: PersonName, purpose: QueryPurpose,
        organisation: TenantCode, operatorAccount: String
    ) {
        self.credential = credential
        self.subject = subject
        self.subjectName = subjectName
        self.purpose = purpose
        self.organisation = organisation
        self.operatorAccount = operatorAccount
    }
}

/// Why a register is asked.
public enum QueryPurpose: String, Sendable, Codable, Hashable {
    /// To list the children of a household before an application.
    case prefill
    /// To check what an application claims.
    case enrollment
}

/// What a department answered.
public enum SourceReply: Hashable, Sendable {
    /// The register's records about the subject, in full: an empty list says that there is none, because a department
    /// answers a question about a person exhaustively.
    case records([RegisterRecord])
    /// The department did not answer in a way that can be used.
    case unavailable(UnavailableCause)
    /// The department took the question and will answer later.
    case queued
    /// The department cannot answer about this kind of paper.
    case notSupported
}

/// Why a source could not be used; shown to operators, never blamed on a family.
public enum UnavailableCause: String, Sendable, Codable, Hashable {
    case timeout, connection, serverError = "server_error", unreadable, badSignature = "bad_signature",
        notAuthorised = "not_authorised"
}
