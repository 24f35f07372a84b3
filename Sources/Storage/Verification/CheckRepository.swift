public import Enrollment

/// Checks made, one row an answer, never changed afterwards.
public enum CheckRepository {
    public struct Row: Sendable, Hashable {
        public let id: CheckID
        public let credential: CredentialID
        public let revision: Int
        /// Keyed hash of the question, so that equal questions can be told without reading them.
        public let questionHash: [UInt8]
        public let outcome: String
        /// The register's records, sealed; nil when there were none.
        public let sealedRecords: [UInt8]?
        public let attempt: Int
        public let askedAt: Instant
        public let answeredAt: Instant
        public let validUntil: Instant

        public init(
            id: CheckID, credential: CredentialID, revision: Int, questionHash: [UInt8], outcome: String,
            sealedRecords: [UInt8]?, attempt: Int, askedAt: Instant, answeredAt: Instant, validUntil: Instant
        ) {
            self.id = id
            self.credential = credential
            self.revision = revision
            self.questionHash = questionHash
            self.outcome = outcome
            self.sealedRecords = sealedRecords
            self.attempt = attempt
            self.askedAt = askedAt
            self.answeredAt = answeredAt
            self.validUntil = validUntil
        }
    }

    public static func insert(
        _ row: Row, of application: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO credential_check (tenant, season, application, id, revision, credential, question_hash, outcome,
              sealed_records, attempt, asked_at, answered_at, valid_until)
            VALUES (\(key.tenant), \(key.season), \(application), \(row.id), \(row.revision), \(row.credential),
              \(row.questionHash), \(row.outcome), \(row.sealedRecords), \(row.attempt), \(row.askedAt),
              \(row.answeredAt), \(row.validUntil))
            """)
    }

    public static func find(
        _ check: CheckID, of application: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> Row? {
        try tx.scope.require(key, application)
        return try tx.row(
            """
            SELECT id, credential, revision, question_hash, outcome, sealed_records, attempt, asked_at, answered_at,
              valid_until
            FROM credential_check WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND application = \(application) AND id = \(check)
            """
        ).map {
            Row(
                id: try $0.id("id"), credential: try $0.code("credential"), revision: try $0.int("revision"),
                questionHash: try $0.blob("question_hash"), outcome: try $0.text("outcome"),
                sealedRecords: try $0.optionalBlob("sealed_records"), attempt: try $0.int("attempt"),
                askedAt: try $0.instant("asked_at"), answeredAt: try $0.instant("answered_at"),
                validUntil: try $0.instant("valid_until"))
        }
    }

    /// How often a credential was checked for an application.
    public static func attempts(
        credential: CredentialID, of application: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> Int {
        try tx.scope.require(key, application)
        return try tx.row(
            """
            SELECT COUNT(*) AS n FROM credential_check WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND application = \(application) AND credential = \(credential)
            """)?.int("n") ?? 0
    }
}
