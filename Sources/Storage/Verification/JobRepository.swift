public import Enrollment

/// Work that is due: enqueued in the transaction that needs it, changed with the application it is about. How it is
/// handed out to workers stands in `JobQueue.swift`.
public enum JobRepository {
    public struct Row: Sendable, Hashable {
        public let key: TenantSeason
        public let id: JobID
        public let application: ApplicationID
        public let revision: Int
        public let credential: CredentialID
        public let attempts: Int

        public init(
            key: TenantSeason, id: JobID, application: ApplicationID, revision: Int, credential: CredentialID,
            attempts: Int
        ) {
            self.key = key
            self.id = id
            self.application = application
            self.revision = revision
            self.credential = credential
            self.attempts = attempts
        }
    }

    public static func enqueue(_ row: Row, due: Instant, in tx: any Writing) throws {
        try tx.scope.require(row.key, row.application)
        try tx.execute(
            """
            INSERT INTO job (tenant, season, id, slot, kind, application, revision, credential, due, lease_until, attempts)
            VALUES (\(row.key.tenant), \(row.key.season), \(row.id), \(JobSlot.of(due)), 'check', \(row.application), \(row.revision),
              \(row.credential), \(due), 0, \(row.attempts))
            """)
    }

    /// New work, to be added with ``values(_:due:)`` for each.
    static func rows() -> RowBatch {
        RowBatch(
            into: "job",
            [
                .init("tenant", .text), .init("season", .integer), .init("id", .blob), .init("slot", .integer),
                .init("kind", .text),
                .init("application", .blob), .init("revision", .integer), .init("credential", .text),
                .init("due", .integer), .init("lease_until", .integer), .init("attempts", .integer),
            ])
    }

    static func values(_ row: Row, due: Instant) -> [SQLValue] {
        [
            .text(row.key.tenant.rawValue), row.key.season.sqlValue, row.id.sqlValue, JobSlot.of(due).sqlValue,
            .text("check"), row.application.sqlValue, row.revision.sqlValue, .text(row.credential.rawValue),
            due.sqlValue, 0.sqlValue,
            row.attempts.sqlValue,
        ]
    }

    static func read(_ row: Storage.Row) throws -> Row {
        Row(
            key: TenantSeason(try row.code("tenant"), try row.season("season")), id: try row.id("id"),
            application: try row.id("application"), revision: try row.int("revision"),
            credential: try row.code("credential"), attempts: try row.int("attempts"))
    }

    /// Work as it is now: an edit may have carried it over to another revision, or removed it.
    public static func find(
        _ id: JobID, of application: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> Row? {
        try tx.scope.require(key, application)
        return try tx.row(
            """
            SELECT tenant, season, id, application, revision, credential, attempts FROM job
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id)
              AND application = \(application)
            """
        ).map(read)
    }

    public static func finish(
        _ id: JobID, of application: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            DELETE FROM job WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id)
              AND application = \(application)
            """)
    }

    /// Puts work back for later, because its source said nothing yet.
    public static func postpone(
        _ id: JobID, of application: ApplicationID, _ key: TenantSeason, until due: Instant, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            UPDATE job SET slot = \(JobSlot.of(due)), due = \(due), lease_until = 0, attempts = attempts + 1, takes = 0
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(id)
              AND application = \(application)
            """)
    }

    /// Removes what is due for an application: it was edited or withdrawn.
    public static func cancel(
        of application: ApplicationID, credential: CredentialID? = nil, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        let clause: SQL = credential.map { "AND credential = \($0)" } ?? ""
        try tx.execute(
            """
            DELETE FROM job WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND application = \(application) \(fragment: clause)
            """)
    }
}
