public import Enrollment

/// What a revision claims about each credential, and where the check of it stands.
public enum ClaimRepository {
    public struct Row: Sendable, Hashable {
        public let credential: CredentialID
        public let sealedClaim: [UInt8]
        /// `waiting`, `person`, `accepted`, or the code of the last outcome.
        public let status: String
        /// Fields that differ.
        public let differing: [FieldName]
        public let check: CheckID?
        public let checkedAt: Instant?
        public let retryAt: Instant?
        /// Until when the source may still answer before a roster may freeze without it.
        public let answerBy: Instant

        public init(
            credential: CredentialID, sealedClaim: [UInt8], status: String, differing: [FieldName] = [],
            check: CheckID? = nil, checkedAt: Instant? = nil, retryAt: Instant? = nil, answerBy: Instant
        ) {
            self.credential = credential
            self.sealedClaim = sealedClaim
            self.status = status
            self.differing = differing
            self.check = check
            self.checkedAt = checkedAt
            self.retryAt = retryAt
            self.answerBy = answerBy
        }
    }

    public static func insert(
        _ row: Row, of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO claimed_credential (tenant, season, application, revision, credential, sealed_claim, status,
              differing, check_id, checked_at, retry_at, answer_by)
            VALUES (\(key.tenant), \(key.season), \(application), \(revision), \(row.credential), \(row.sealedClaim),
              \(row.status), \(text(row.differing)), \(row.check), \(row.checkedAt), \(row.retryAt), \(row.answerBy))
            """)
    }

    public static func list(
        of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Reading
    ) throws -> [Row] {
        try tx.scope.require(key, application)
        return try tx.rows(
            """
            SELECT credential, sealed_claim, status, differing, check_id, checked_at, retry_at, answer_by
            FROM claimed_credential WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND application = \(application) AND revision = \(revision)
            """
        ).map {
            Row(
                credential: try $0.code("credential"), sealedClaim: try $0.blob("sealed_claim"),
                status: try $0.text("status"),
                differing: try $0.text("differing").split(separator: ",").map { FieldName(rawValue: String($0)) },
                check: try $0.optionalID("check_id"), checkedAt: try $0.optionalInstant("checked_at"),
                retryAt: try $0.optionalInstant("retry_at"), answerBy: try $0.instant("answer_by"))
        }
    }

    /// Live applications with a check that is still to be answered, inside the time its source has.
    /// - Returns: how many, and until when the last of them may be answered.
    public static func waiting(
        of key: TenantSeason, at now: Instant, in tx: any Reading
    ) throws -> (applications: Int, until: Instant?) {
        try tx.scope.require(key)
        let row = try tx.row(
            """
            SELECT COUNT(DISTINCT a.id) AS n, MAX(c.answer_by) AS until FROM application a
            JOIN claimed_credential c ON c.tenant = a.tenant AND c.season = a.season AND c.application = a.id
              AND c.revision = a.revision
            WHERE a.tenant = \(key.tenant) AND a.season = \(key.season)
              AND a.state IN \(in: ApplicationState.allCases.filter(\.isUnresolved))
              AND c.status IN ('waiting', 'queued', 'source_down') AND c.answer_by > \(now)
            """)
        return (applications: try row?.int("n") ?? 0, until: try row?.optionalInstant("until"))
    }

    /// Notes where a check stands. A revision that is no longer the application's has no row to change.
    public static func setStatus(
        _ status: String, differing: [FieldName], check: CheckID?, checkedAt: Instant?, retryAt: Instant?,
        credential: CredentialID, of application: ApplicationID, revision: Int, _ key: TenantSeason,
        in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            UPDATE claimed_credential SET status = \(status), differing = \(text(differing)),
              check_id = COALESCE(\(check), check_id), checked_at = COALESCE(\(checkedAt), checked_at),
              retry_at = \(retryAt)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(revision) AND credential = \(credential)
            """)
    }

    private static func text(_ fields: [FieldName]) -> String { fields.map(\.rawValue).joined(separator: ",") }
}
