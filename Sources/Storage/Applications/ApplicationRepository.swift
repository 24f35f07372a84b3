public import Enrollment

/// Applications of one tenant in one season.
public enum ApplicationRepository {
    private static let columns: SQL = """
        tenant, season, id, receipt, child, guardian, stage, state, state_since, revision, ticket, twin_group, \
        person_asked, submitted_at, settled_at, department_milliseconds, data_key, key_subject, category
        """

    /// Inserts a new application in its first revision.
    /// - Returns: false when its receipt number is in use: the caller draws another.
    public static func insert(_ row: ApplicationRow, in tx: any Writing) throws -> Bool {
        try tx.scope.require(row.key, row.id)
        let inserted = try tx.execute(
            """
            INSERT INTO application (tenant, season, id, receipt, child, guardian, round, stage, state, state_since,
              revision, ticket, twin_group, person_asked, submitted_at, data_key, key_subject, category)
            VALUES (\(row.key.tenant), \(row.key.season), \(row.id), \(row.receipt), \(row.child), \(row.guardian),
              'public', \(row.stage), \(row.state), \(row.stateSince), \(row.revision), \(row.ticket),
              \(row.twinGroup), \(row.personAsked), \(row.submittedAt), \(row.dataKey), \(row.keySubject),
              \(row.category))
            ON CONFLICT DO NOTHING
            """)
        guard inserted == 1 else { return false }
        var deltas = CounterDeltas(row.key)
        deltas.add(1, stage: row.stage, category: row.category, state: row.state)
        try tx.insert(deltas.rows)
        return true
    }

    public static func find(_ id: ApplicationID, of key: TenantSeason, in tx: any Reading) throws -> ApplicationRow? {
        try find(id, key, "", tx)
    }

    public static func find(
        receipt: ReceiptNumber, of key: TenantSeason, in tx: any Reading
    ) throws -> ApplicationRow? {
        try find(receipt, key, "", tx)
    }

    /// Finds an application to decide upon: whoever else would write it waits until this transaction ends. Whatever is
    /// decided from its facts and revisions is decided under this, or an answer of two departments at once would be lost.
    public static func hold(_ id: ApplicationID, of key: TenantSeason, in tx: any Writing) throws -> ApplicationRow? {
        try find(id, key, tx.dialect.holdingRows, tx)
    }

    /// The same by receipt number.
    public static func hold(
        receipt: ReceiptNumber, of key: TenantSeason, in tx: any Writing
    ) throws -> ApplicationRow? {
        try find(receipt, key, tx.dialect.holdingRows, tx)
    }

    /// Every application of the tenant, held: nothing about them changes until this transaction ends.
    public static func holdAll(of key: TenantSeason, in tx: any Writing) throws -> [ApplicationRow] {
        try tx.scope.require(key)
        return try tx.rows(
            """
            SELECT \(fragment: columns) FROM application WHERE tenant = \(key.tenant) AND season = \(key.season)
            ORDER BY id\(fragment: tx.dialect.holdingRows)
            """
        ).map { try ApplicationRow($0) }
    }

    private static func find(
        _ id: ApplicationID, _ key: TenantSeason, _ ending: SQL, _ tx: any Reading
    ) throws -> ApplicationRow? {
        try tx.scope.require(key, id)
        return try tx.row(
            """
            SELECT \(fragment: columns) FROM application
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id)\(fragment: ending)
            """
        ).map { try ApplicationRow($0) }
    }

    private static func find(
        _ receipt: ReceiptNumber, _ key: TenantSeason, _ ending: SQL, _ tx: any Reading
    ) throws -> ApplicationRow? {
        try tx.scope.require(key)
        return try tx.row(
            """
            SELECT \(fragment: columns) FROM application
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND receipt = \(receipt)\(fragment: ending)
            """
        ).map { try ApplicationRow($0) }
    }

    /// Applications in a state, in the order of their receipt numbers, which follow no order of arrival.
    public static func list(
        state: ApplicationState?, after: ReceiptNumber?, limit: Int, of key: TenantSeason, in tx: any Reading
    ) throws -> [ApplicationRow] {
        try tx.scope.require(key)
        let stateClause: SQL = state.map { "AND state = \($0)" } ?? ""
        let afterClause: SQL = after.map { "AND receipt > \($0)" } ?? ""
        return try tx.rows(
            """
            SELECT \(fragment: columns) FROM application
            WHERE tenant = \(key.tenant) AND season = \(key.season) \(fragment: stateClause) \(fragment: afterClause)
            ORDER BY receipt LIMIT \(limit)
            """
        ).map { try ApplicationRow($0) }
    }

    public static func counts(of key: TenantSeason, in tx: any Reading) throws -> [ApplicationState: Int] {
        try tx.scope.require(key)
        let rows = try tx.rows(
            """
            SELECT state, COUNT(*) AS n FROM application
            WHERE tenant = \(key.tenant) AND season = \(key.season) GROUP BY state
            """)
        return try Dictionary(eachOnce: rows.map { (try $0.decode("state"), try $0.int("n")) })
    }

    /// What a decision makes of an application's settled category.
    public struct CategoryChange: Sendable, Hashable {
        public let was: CategoryID?
        public let now: CategoryID?

        public init(was: CategoryID?, now: CategoryID?) {
            self.was = was
            self.now = now
        }
    }

    /// Changes the state by an event: the only way a state changes.
    /// - Parameter settling: what becomes of the settled category on the way; nil leaves it as it is.
    /// - Returns: false when the application is no longer in `from`, or no longer in the category it was in; nothing is
    ///   written then.
    @discardableResult
    public static func record(
        _ type: ApplicationEventType, moving id: ApplicationID, of key: TenantSeason, from: ApplicationState,
        to state: ApplicationState, settling change: CategoryChange? = nil, actor: EventRow.Actor, at now: Instant,
        in tx: any Writing
    ) throws -> Bool {
        try tx.scope.require(key, id)
        let category: SQL = change.map { ", category = \($0.now)" } ?? ""
        let wasCategory: SQL = change.map { "AND category IS NOT DISTINCT FROM \($0.was)" } ?? ""
        let changed = try tx.row(
            """
            UPDATE application SET state = \(state),
              state_since = CASE WHEN state = \(state) THEN state_since ELSE \(now) END\(fragment: category)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id) AND state = \(from)
              \(fragment: wasCategory)
            RETURNING stage, category
            """)
        guard let changed else { return false }
        let settled: CategoryID? = try changed.optionalCode("category")
        var deltas = CounterDeltas(key)
        try deltas.move(
            stage: changed.decode("stage"), from: (change?.was ?? (change == nil ? settled : nil), from),
            to: (settled, state))
        try tx.batch([event(type, to: id, of: key, state: state, actor: actor, at: now)] + deltas.statements)
        return true
    }

    /// Changes the settled category where the state stays.
    /// - Returns: false when the application is not in the category it was in; nothing is written then.
    public static func settle(
        _ change: CategoryChange, of id: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws -> Bool {
        try tx.scope.require(key, id)
        let changed = try tx.row(
            """
            UPDATE application SET category = \(change.now)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id)
              AND category IS NOT DISTINCT FROM \(change.was)
            RETURNING stage, state
            """)
        guard let changed else { return false }
        let state: ApplicationState = try changed.decode("state")
        var deltas = CounterDeltas(key)
        try deltas.move(stage: changed.decode("stage"), from: (change.was, state), to: (change.now, state))
        try tx.batch(deltas.statements)
        return true
    }

    /// Appends the first event of a new application.
    public static func append(
        _ type: ApplicationEventType, to id: ApplicationID, of key: TenantSeason, state: ApplicationState,
        actor: EventRow.Actor, at now: Instant, in tx: any Writing
    ) throws {
        try tx.scope.require(key, id)
        try tx.execute(event(type, to: id, of: key, state: state, actor: actor, at: now))
    }

    private static func event(
        _ type: ApplicationEventType, to id: ApplicationID, of key: TenantSeason, state: ApplicationState,
        actor: EventRow.Actor, at now: Instant
    ) -> SQL {
        """
        INSERT INTO application_event (tenant, season, application, seq, type, state, actor, at)
        SELECT \(key.tenant), \(key.season), \(id), COALESCE(MAX(seq), 0) + 1, \(type), \(state), \(actor), \(now)
        FROM application_event
        WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(id)
        """
    }

    public static func events(of id: ApplicationID, _ key: TenantSeason, in tx: any Reading) throws -> [EventRow] {
        try tx.scope.require(key, id)
        return try tx.rows(
            """
            SELECT seq, type, state, actor, at FROM application_event
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(id) ORDER BY seq
            """
        ).map {
            EventRow(
                sequence: try $0.int("seq"), type: try $0.decode("type"), state: try $0.decode("state"),
                actor: try $0.decode("actor"), at: try $0.instant("at"))
        }
    }

    /// Adds a revision and makes it the current one.
    public static func insert(
        revision: RevisionRow, choices: [SchoolCode], of id: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, id)
        try tx.execute(
            """
            INSERT INTO application_revision (tenant, season, application, n, sealed_answers, by_person, channel, at)
            VALUES (\(key.tenant), \(key.season), \(id), \(revision.number), \(revision.sealedAnswers), \(revision.by),
              'online', \(revision.at))
            """)
        try tx.execute(
            """
            UPDATE application SET revision = \(revision.number), settled_at = NULL, department_milliseconds = NULL
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id) AND revision <= \(revision.number)
            """)
        for (rank, school) in choices.enumerated() {
            try tx.execute(
                """
                INSERT INTO choice (tenant, season, application, revision, rank, school)
                VALUES (\(key.tenant), \(key.season), \(id), \(revision.number), \(rank + 1), \(school))
                """)
        }
    }

    public static func revision(
        _ number: Int, of id: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> RevisionRow? {
        try tx.scope.require(key, id)
        return try tx.row(
            """
            SELECT n, sealed_answers, by_person, at FROM application_revision
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(id) AND n = \(number)
            """
        ).map {
            RevisionRow(
                number: try $0.int("n"), sealedAnswers: try $0.blob("sealed_answers"), by: try $0.id("by_person"),
                at: try $0.instant("at"))
        }
    }

    /// Schools in the family's order.
    public static func choices(
        of id: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Reading
    ) throws -> [SchoolCode] {
        try tx.scope.require(key, id)
        return try tx.rows(
            """
            SELECT school FROM choice WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND application = \(id) AND revision = \(revision) ORDER BY rank
            """
        ).map { try $0.code("school") }
    }

    /// How many live applications name each school first in their current revision.
    public static func firstChoices(of key: TenantSeason, in tx: any Reading) throws -> [SchoolCode: Int] {
        try tx.scope.require(key)
        let rows = try tx.rows(
            """
            SELECT c.school, COUNT(*) AS n FROM application a
            JOIN choice c ON c.tenant = a.tenant AND c.season = a.season AND c.application = a.id
              AND c.revision = a.revision AND c.rank = 1
            WHERE a.tenant = \(key.tenant) AND a.season = \(key.season) AND a.state <> 'withdrawn'
            GROUP BY c.school
            """)
        return try Dictionary(eachOnce: rows.map { (try $0.code("school"), try $0.int("n")) })
    }

    /// Whether the family asked for a person and none has answered.
    public static func setPersonAsked(
        _ asked: Bool, of id: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, id)
        try tx.execute(
            """
            UPDATE application SET person_asked = \(asked)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id)
            """)
    }

    /// Notes when the machine's last answer came and how long departments took.
    public static func setSettled(
        at now: Instant?, departmentMilliseconds: Int?, of id: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, id)
        try tx.execute(
            """
            UPDATE application SET settled_at = \(now), department_milliseconds = \(departmentMilliseconds)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id)
            """)
    }

    public static func insert(
        attachment: AttachmentRow, of id: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, id)
        try tx.execute(
            """
            INSERT INTO attachment (tenant, season, application, id, media_type, size, sealed_body, at)
            VALUES (\(key.tenant), \(key.season), \(id), \(attachment.id), \(attachment.mediaType), \(attachment.size),
              \(attachment.sealedBody), \(attachment.at))
            """)
    }

    /// Attachments without their bodies.
    public static func attachments(
        of id: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> [AttachmentRow] {
        try tx.scope.require(key, id)
        return try tx.rows(
            """
            SELECT id, media_type, size, at FROM attachment
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(id) ORDER BY at, id
            """
        ).map {
            AttachmentRow(
                id: try $0.id("id"), mediaType: try $0.text("media_type"), size: try $0.int("size"), sealedBody: [],
                at: try $0.instant("at"))
        }
    }

    public static func attachment(
        _ attachment: AttachmentID, of id: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> AttachmentRow? {
        try tx.scope.require(key, id)
        return try tx.row(
            """
            SELECT id, media_type, size, sealed_body, at FROM attachment
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(id) AND id = \(attachment)
            """
        ).map {
            AttachmentRow(
                id: try $0.id("id"), mediaType: try $0.text("media_type"), size: try $0.int("size"),
                sealedBody: try $0.blob("sealed_body"), at: try $0.instant("at"))
        }
    }
}
