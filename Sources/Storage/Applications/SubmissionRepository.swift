public import Enrollment

/// What makes a submission happen once: the claim on the child, the family's key, and the family's index.
public enum SubmissionRepository {
    /// A submission that was acknowledged before under the same key.
    public struct Earlier: Sendable, Hashable {
        public let requestDigest: [UInt8]
        public let receipt: ReceiptNumber
    }

    public static func earlier(
        person: PersonID, season: SeasonYear, keyHash: [UInt8], in tx: any Reading
    ) throws -> Earlier? {
        try tx.scope.require(person)
        return try tx.row(
            """
            SELECT request_digest, receipt FROM submission_key
            WHERE person = \(person) AND season = \(season) AND key_hash = \(keyHash)
            """
        ).map { Earlier(requestDigest: try $0.blob("request_digest"), receipt: try $0.code("receipt")) }
    }

    /// Counts that an earlier submission's receipt is told once more. Before it is: what a read finds on a server that has
    /// just come back may be on no standby yet, while a commit waits until everything before it is.
    public static func confirm(person: PersonID, season: SeasonYear, keyHash: [UInt8], in tx: any Writing) throws {
        try tx.scope.require(person)
        try tx.execute(
            """
            UPDATE submission_key SET told = told + 1
            WHERE person = \(person) AND season = \(season) AND key_hash = \(keyHash)
            """)
    }

    public static func remember(
        keyHash: [UInt8], requestDigest: [UInt8], receipt: ReceiptNumber, person: PersonID, season: SeasonYear,
        at now: Instant, in tx: any Writing
    ) throws {
        try tx.scope.require(person)
        try tx.execute(
            """
            INSERT INTO submission_key (person, season, key_hash, request_digest, receipt, at)
            VALUES (\(person), \(season), \(keyHash), \(requestDigest), \(receipt), \(now))
            """)
    }

    /// The live claim on a child in the whole province.
    public struct Claim: Sendable, Hashable {
        public let tenant: TenantCode
        public let application: ApplicationID
    }

    /// Claims a child.
    /// - Returns: false when another application holds the claim.
    public static func claim(
        child: PersonID, season: SeasonYear, tenant: TenantCode, application: ApplicationID, in tx: any Writing
    ) throws -> Bool {
        try tx.scope.require(TenantSeason(tenant, season), application)
        return try tx.execute(
            """
            INSERT INTO child_claim (child, season, tenant, application)
            VALUES (\(child), \(season), \(tenant), \(application)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Releases the claim, if this application holds it.
    public static func release(
        child: PersonID, season: SeasonYear, tenant: TenantCode, application: ApplicationID, in tx: any Writing
    ) throws {
        try tx.scope.require(TenantSeason(tenant, season), application)
        try tx.execute(
            """
            DELETE FROM child_claim WHERE child = \(child) AND season = \(season) AND tenant = \(tenant)
              AND application = \(application)
            """)
    }

    /// The claim on a child, when it is one that the scope may see: the tenant's, or the application's own.
    public static func claim(on child: PersonID, of key: TenantSeason, in tx: any Reading) throws -> Claim? {
        try tx.scope.requireShared(key)
        var own: SQL = ""
        if case .filing(_, _, _, let application) = tx.scope { own = "AND application = \(application)" }
        return try tx.row(
            """
            SELECT tenant, application FROM child_claim
            WHERE child = \(child) AND season = \(key.season) AND tenant = \(key.tenant) \(fragment: own)
            """
        ).map { Claim(tenant: try $0.code("tenant"), application: try $0.id("application")) }
    }

    /// An entry of a guardian's index.
    public struct IndexEntry: Sendable, Hashable {
        public let tenant: TenantCode
        public let application: ApplicationID
        public let receipt: ReceiptNumber
        public let child: PersonID

        public init(tenant: TenantCode, application: ApplicationID, receipt: ReceiptNumber, child: PersonID) {
            self.tenant = tenant
            self.application = application
            self.receipt = receipt
            self.child = child
        }

        init(_ row: Row) throws {
            self.init(
                tenant: try row.code("tenant"), application: try row.id("application"),
                receipt: try row.code("receipt"), child: try row.id("child"))
        }
    }

    public static func index(
        _ entry: IndexEntry, person: PersonID, season: SeasonYear, in tx: any Writing
    ) throws {
        try tx.scope.require(person)
        try tx.execute(
            """
            INSERT INTO person_application (person, season, tenant, application, receipt, role, child)
            VALUES (\(person), \(season), \(entry.tenant), \(entry.application), \(entry.receipt), 'guardian',
              \(entry.child))
            """)
    }

    public static func entries(of person: PersonID, season: SeasonYear, in tx: any Reading) throws -> [IndexEntry] {
        try tx.scope.require(person)
        return try tx.rows(
            """
            SELECT tenant, application, receipt, child FROM person_application
            WHERE person = \(person) AND season = \(season) ORDER BY receipt
            """
        ).map { try IndexEntry($0) }
    }

    public static func entry(
        _ receipt: ReceiptNumber, of person: PersonID, season: SeasonYear, in tx: any Reading
    ) throws -> IndexEntry? {
        try tx.scope.require(person)
        return try tx.row(
            """
            SELECT tenant, application, receipt, child FROM person_application
            WHERE person = \(person) AND season = \(season) AND receipt = \(receipt)
            """
        ).map { try IndexEntry($0) }
    }
}
