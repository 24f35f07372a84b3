public import Enrollment

/// What people found, decided and wrote.
public enum ReviewRepository {
    public struct Finding: Sendable, Hashable {
        public let id: FindingID
        public let fact: FactKey
        public let value: FactValue
        public let sealedReason: [UInt8]
        public let by: PersonID
        public let secondBy: PersonID?
        /// `proposed`, `signed` or `returned`.
        public let state: String
        public let at: Instant

        public init(
            id: FindingID, fact: FactKey, value: FactValue, sealedReason: [UInt8], by: PersonID, secondBy: PersonID?,
            state: String, at: Instant
        ) {
            self.id = id
            self.fact = fact
            self.value = value
            self.sealedReason = sealedReason
            self.by = by
            self.secondBy = secondBy
            self.state = state
            self.at = at
        }
    }

    public struct Review: Sendable, Hashable {
        public let stage: String
        public let by: PersonID
        public let verdict: String
        public let sealedReason: [UInt8]
        public let at: Instant

        public init(stage: String, by: PersonID, verdict: String, sealedReason: [UInt8], at: Instant) {
            self.stage = stage
            self.by = by
            self.verdict = verdict
            self.sealedReason = sealedReason
            self.at = at
        }
    }

    public struct Note: Sendable, Hashable {
        /// `officer` or `family`.
        public let author: String
        public let sealedText: [UInt8]
        public let by: PersonID
        public let at: Instant

        public init(author: String, sealedText: [UInt8], by: PersonID, at: Instant) {
            self.author = author
            self.sealedText = sealedText
            self.by = by
            self.at = at
        }
    }

    public static func insert(
        _ finding: Finding, of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO finding (tenant, season, application, id, revision, fact_key, value, sealed_reason, by_person,
              second_by, state, at)
            VALUES (\(key.tenant), \(key.season), \(application), \(finding.id), \(revision), \(finding.fact),
              \(finding.value.encoded), \(finding.sealedReason), \(finding.by), \(finding.secondBy), \(finding.state),
              \(finding.at))
            """)
    }

    public static func findings(
        of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Reading
    ) throws -> [Finding] {
        try tx.scope.require(key, application)
        return try tx.rows(
            """
            SELECT id, fact_key, value, sealed_reason, by_person, second_by, state, at FROM finding
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(revision) ORDER BY at, id
            """
        ).map { row in
            guard let value = FactValue(encoded: try row.text("value")) else {
                throw StorageError.column(name: "value", problem: "is no fact value")
            }
            return Finding(
                id: try row.id("id"), fact: try row.code("fact_key"), value: value,
                sealedReason: try row.blob("sealed_reason"), by: try row.id("by_person"),
                secondBy: try row.optionalID("second_by"), state: try row.text("state"), at: try row.instant("at"))
        }
    }

    /// Signs or returns every proposed finding of a revision.
    public static func close(
        as state: String, secondBy: PersonID, of application: ApplicationID, revision: Int, _ key: TenantSeason,
        in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            UPDATE finding SET state = \(state), second_by = \(secondBy)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(revision) AND state = 'proposed'
            """)
    }

    public static func insert(
        _ review: Review, of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO review (tenant, season, application, n, revision, stage, by_person, verdict, sealed_reason, at)
            SELECT \(key.tenant), \(key.season), \(application), COALESCE(MAX(n), 0) + 1, \(revision), \(review.stage),
              \(review.by), \(review.verdict), \(review.sealedReason), \(review.at)
            FROM review WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
            """)
    }

    public static func reviews(
        of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Reading
    ) throws -> [Review] {
        try tx.scope.require(key, application)
        return try tx.rows(
            """
            SELECT stage, by_person, verdict, sealed_reason, at FROM review
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(revision) ORDER BY n
            """
        ).map {
            Review(
                stage: try $0.text("stage"), by: try $0.id("by_person"), verdict: try $0.text("verdict"),
                sealedReason: try $0.blob("sealed_reason"), at: try $0.instant("at"))
        }
    }

    public static func insert(
        _ note: Note, of application: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO note (tenant, season, application, n, author, sealed_text, by_person, at)
            SELECT \(key.tenant), \(key.season), \(application), COALESCE(MAX(n), 0) + 1, \(note.author),
              \(note.sealedText), \(note.by), \(note.at)
            FROM note WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
            """)
    }

    public static func notes(
        of application: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> [Note] {
        try tx.scope.require(key, application)
        return try tx.rows(
            """
            SELECT author, sealed_text, by_person, at FROM note
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application) ORDER BY n
            """
        ).map {
            Note(
                author: try $0.text("author"), sealedText: try $0.blob("sealed_text"), by: try $0.id("by_person"),
                at: try $0.instant("at"))
        }
    }
}
