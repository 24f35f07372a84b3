public import Enrollment

/// Seats offered, and what families answered.
public enum OfferRepository {
    public struct Row: Sendable, Hashable {
        public let id: OfferID
        public let application: ApplicationID
        public let run: AllocationRunID
        public let school: SchoolCode
        /// `open`, `accepted` or `released`.
        public let state: String
        public let until: CivilDate
        public let conditional: Bool

        public init(
            id: OfferID, application: ApplicationID, run: AllocationRunID, school: SchoolCode, state: String,
            until: CivilDate, conditional: Bool
        ) {
            self.id = id
            self.application = application
            self.run = run
            self.school = school
            self.state = state
            self.until = until
            self.conditional = conditional
        }
    }

    public static func insert(_ row: Row, of key: TenantSeason, in tx: any Writing) throws {
        try tx.scope.require(key, row.application)
        try tx.execute(
            """
            INSERT INTO offer (tenant, season, id, application, run, school, state, until, conditional)
            VALUES (\(key.tenant), \(key.season), \(row.id), \(row.application), \(row.run), \(row.school),
              \(row.state), \(row.until), \(row.conditional))
            """)
    }

    /// The latest offer to an application.
    public static func find(
        application: ApplicationID, of key: TenantSeason, in tx: any Reading
    ) throws -> Row? {
        try tx.scope.require(key, application)
        return try tx.row(
            """
            SELECT id, application, run, school, state, until, conditional FROM offer
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application) LIMIT 1
            """
        ).map {
            Row(
                id: try $0.id("id"), application: try $0.id("application"), run: try $0.id("run"),
                school: try $0.code("school"), state: try $0.text("state"), until: try $0.date("until"),
                conditional: try $0.bool("conditional"))
        }
    }

    /// Answers an open offer.
    /// - Returns: false when it is not open.
    public static func answer(
        _ id: OfferID, to application: ApplicationID, state: String, at now: Instant, of key: TenantSeason,
        in tx: any Writing
    ) throws -> Bool {
        try tx.scope.require(key, application)
        return try tx.execute(
            """
            UPDATE offer SET state = \(state), answered_at = \(now)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND id = \(id) AND state = 'open'
            """) == 1
    }

    /// Makes a conditional offer final, when the category under which it was given has been settled.
    public static func confirm(
        application: ApplicationID, category: CategoryID, of key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            UPDATE offer SET conditional = 0
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application) AND conditional = 1
              AND EXISTS (
                SELECT 1 FROM roster_entry r WHERE r.tenant = offer.tenant AND r.season = offer.season
                  AND r.run = offer.run AND r.application = offer.application AND r.category = \(category))
            """)
    }

    /// Offers by school and state.
    public static func counts(of key: TenantSeason, in tx: any Reading) throws -> [SchoolCode: [String: Int]] {
        try tx.scope.require(key)
        let rows = try tx.rows(
            """
            SELECT school, state, COUNT(*) AS n FROM offer
            WHERE tenant = \(key.tenant) AND season = \(key.season) GROUP BY school, state
            """)
        var counts: [SchoolCode: [String: Int]] = [:]
        for row in rows { counts[try row.code("school"), default: [:]][try row.text("state")] = try row.int("n") }
        return counts
    }
}
