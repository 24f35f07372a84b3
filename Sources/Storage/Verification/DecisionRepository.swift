public import Enrollment

/// Decisions, appended and never changed: what was decided, under which version, from which facts.
public enum DecisionRepository {
    public struct Row: Sendable, Hashable {
        public let revision: Int
        public let versionHash: String
        /// The program's own version.
        public let program: String
        /// `settled`, `undetermined` or `no_category`.
        public let verdict: String
        public let category: CategoryID?
        public let schools: [SchoolCode]
        public let rankKeys: [Int]
        public let pending: [FactKey]
        /// SHA-256 over the facts in canonical form, hexadecimal.
        public let factDigest: String
        public let at: Instant

        public init(
            revision: Int, versionHash: String, program: String, verdict: String, category: CategoryID?,
            schools: [SchoolCode], rankKeys: [Int], pending: [FactKey], factDigest: String, at: Instant
        ) {
            self.revision = revision
            self.versionHash = versionHash
            self.program = program
            self.verdict = verdict
            self.category = category
            self.schools = schools
            self.rankKeys = rankKeys
            self.pending = pending
            self.factDigest = factDigest
            self.at = at
        }
    }

    public static func append(
        _ row: Row, of application: ApplicationID, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO decision (tenant, season, application, n, revision, version_hash, program, verdict, category,
              schools, rank_keys, pending, fact_digest, at)
            SELECT \(key.tenant), \(key.season), \(application), COALESCE(MAX(n), 0) + 1, \(row.revision),
              \(row.versionHash), \(row.program), \(row.verdict), \(row.category), \(joined(row.schools)),
              \(row.rankKeys.map(String.init).joined(separator: ",")), \(joined(row.pending)), \(row.factDigest),
              \(row.at)
            FROM decision WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
            """)
    }

    /// The latest decision of an application.
    public static func latest(
        of application: ApplicationID, _ key: TenantSeason, in tx: any Reading
    ) throws -> Row? {
        try tx.scope.require(key, application)
        return try tx.row(
            """
            SELECT revision, version_hash, program, verdict, category, schools, rank_keys, pending, fact_digest, at
            FROM decision WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
            ORDER BY n DESC LIMIT 1
            """
        ).map(read)
    }

    /// The latest decision of each application of a tenant.
    public static func latest(of key: TenantSeason, in tx: any Reading) throws -> [ApplicationID: Row] {
        try tx.scope.require(key)
        let rows = try tx.rows(
            """
            SELECT d.application, d.revision, d.version_hash, d.program, d.verdict, d.category, d.schools, d.rank_keys,
              d.pending, d.fact_digest, d.at
            FROM decision d JOIN (
              SELECT application, MAX(n) AS n FROM decision
              WHERE tenant = \(key.tenant) AND season = \(key.season) GROUP BY application
            ) last ON last.application = d.application AND last.n = d.n
            WHERE d.tenant = \(key.tenant) AND d.season = \(key.season)
            """)
        return try Dictionary(eachOnce: rows.map { (try $0.id("application"), try read($0)) })
    }

    /// A decision's columns from `revision` to `at`.
    static func values(_ row: Row) -> [SQLValue] {
        [
            row.revision.sqlValue, .text(row.versionHash), .text(row.program), .text(row.verdict),
            (row.category?.rawValue).sqlValue, .text(joined(row.schools)),
            .text(row.rankKeys.map(String.init).joined(separator: ",")), .text(joined(row.pending)),
            .text(row.factDigest), row.at.sqlValue,
        ]
    }

    private static func read(_ row: Storage.Row) throws -> Row {
        Row(
            revision: try row.int("revision"), versionHash: try row.text("version_hash"),
            program: try row.text("program"), verdict: try row.text("verdict"),
            category: try row.optionalCode("category"), schools: try split(row.text("schools")),
            rankKeys: try row.text("rank_keys").split(separator: ",").compactMap { Int($0) },
            pending: try split(row.text("pending")), factDigest: try row.text("fact_digest"),
            at: try row.instant("at"))
    }

    private static func joined(_ codes: [some Code]) -> String { codes.map(\.rawValue).joined(separator: ",") }

    private static func split<Value: Code>(_ text: String) -> [Value] {
        text.split(separator: ",").map { Value(rawValue: String($0)) }
    }
}
