public import Enrollment

/// Runs, their rosters and placements.
public enum AdmissionRepository {
    public struct Run: Sendable, Hashable {
        public let id: AllocationRunID
        public let versionHash: String
        public let seed: [UInt8]
        /// Merkle root over the roster, hexadecimal.
        public let rosterRoot: String
        /// `school=seats` in the order of codes, comma separated.
        public let seats: String
        public let outputsHash: String
        public let candidates: Int
        public let placed: Int
        public let provisional: Int
        /// Nil for the operator's command line.
        public let by: PersonID?
        public let at: Instant
        public let releasedBy: PersonID?
        public let releasedAt: Instant?

        public init(
            id: AllocationRunID, versionHash: String, seed: [UInt8], rosterRoot: String, seats: String,
            outputsHash: String, candidates: Int, placed: Int, provisional: Int, by: PersonID?, at: Instant,
            releasedBy: PersonID? = nil, releasedAt: Instant? = nil
        ) {
            self.id = id
            self.versionHash = versionHash
            self.seed = seed
            self.rosterRoot = rosterRoot
            self.seats = seats
            self.outputsHash = outputsHash
            self.candidates = candidates
            self.placed = placed
            self.provisional = provisional
            self.by = by
            self.at = at
            self.releasedBy = releasedBy
            self.releasedAt = releasedAt
        }
    }

    public struct RosterEntry: Sendable, Hashable {
        public let candidate: Candidate
        public let category: CategoryID
        /// Entered in the category its claim would give; the offer is conditional.
        public let provisional: Bool

        public init(candidate: Candidate, category: CategoryID, provisional: Bool) {
            self.candidate = candidate
            self.category = category
            self.provisional = provisional
        }
    }

    public static func insert(_ run: Run, of key: TenantSeason, in tx: any Writing) throws {
        try tx.scope.require(key)
        try tx.execute(
            """
            INSERT INTO allocation_run (tenant, season, id, round, version_hash, seed, roster_root, seats, outputs_hash,
              candidates, placed, provisional, by_person, at)
            VALUES (\(key.tenant), \(key.season), \(run.id), 'public', \(run.versionHash), \(run.seed),
              \(run.rosterRoot), \(run.seats), \(run.outputsHash), \(run.candidates), \(run.placed),
              \(run.provisional), \(run.by), \(run.at))
            """)
    }

    /// The public round's run; there is one at most.
    public static func run(of key: TenantSeason, in tx: any Reading) throws -> Run? {
        try tx.scope.requireShared(key)
        return try tx.row(
            """
            SELECT id, version_hash, seed, roster_root, seats, outputs_hash, candidates, placed, provisional, by_person,
              at, released_by, released_at
            FROM allocation_run WHERE tenant = \(key.tenant) AND season = \(key.season) AND round = 'public'
            """
        ).map {
            Run(
                id: try $0.id("id"), versionHash: try $0.text("version_hash"), seed: try $0.blob("seed"),
                rosterRoot: try $0.text("roster_root"), seats: try $0.text("seats"),
                outputsHash: try $0.text("outputs_hash"), candidates: try $0.int("candidates"),
                placed: try $0.int("placed"), provisional: try $0.int("provisional"),
                by: try $0.optionalID("by_person"), at: try $0.instant("at"),
                releasedBy: try $0.optionalID("released_by"), releasedAt: try $0.optionalInstant("released_at"))
        }
    }

    /// Releases a run.
    /// - Returns: false when it is released already.
    public static func release(
        _ run: AllocationRunID, by person: PersonID?, at now: Instant, of key: TenantSeason, in tx: any Writing
    ) throws -> Bool {
        try tx.scope.require(key)
        return try tx.execute(
            """
            UPDATE allocation_run SET released_by = \(person), released_at = \(now)
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND id = \(run) AND released_at IS NULL
            """) == 1
    }

    public static func insert(
        _ entry: RosterEntry, run: AllocationRunID, of key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key)
        let candidate = entry.candidate
        try tx.execute(
            """
            INSERT INTO roster_entry (tenant, season, run, application, ticket, category, category_ordinal, rank_keys,
              draw_number, choices, provisional)
            VALUES (\(key.tenant), \(key.season), \(run), \(candidate.application), \(candidate.ticket),
              \(entry.category), \(candidate.category),
              \(candidate.rankKeys.map(String.init).joined(separator: ",")), \(candidate.drawNumber.hexadecimal),
              \(candidate.choices.map(\.rawValue).joined(separator: ",")), \(entry.provisional))
            """)
    }

    public static func roster(
        run: AllocationRunID, of key: TenantSeason, in tx: any Reading
    ) throws -> [RosterEntry] {
        try tx.scope.require(key)
        return try tx.rows(
            """
            SELECT application, ticket, category, category_ordinal, rank_keys, draw_number, choices, provisional
            FROM roster_entry WHERE tenant = \(key.tenant) AND season = \(key.season) AND run = \(run)
            """
        ).map(readEntry)
    }

    public static func rosterEntry(
        _ application: ApplicationID, run: AllocationRunID, of key: TenantSeason, in tx: any Reading
    ) throws -> RosterEntry? {
        try tx.scope.require(key, application)
        return try tx.row(
            """
            SELECT application, ticket, category, category_ordinal, rank_keys, draw_number, choices, provisional
            FROM roster_entry
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND run = \(run) AND application = \(application)
            """
        ).map(readEntry)
    }

    public static func place(
        _ application: ApplicationID, at school: SchoolCode, run: AllocationRunID, of key: TenantSeason,
        in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO placement (tenant, season, run, application, school, basis)
            VALUES (\(key.tenant), \(key.season), \(run), \(application), \(school), 'rule')
            """)
    }

    public static func placements(
        run: AllocationRunID, of key: TenantSeason, in tx: any Reading
    ) throws -> [ApplicationID: SchoolCode] {
        try tx.scope.require(key)
        let rows = try tx.rows(
            """
            SELECT application, school FROM placement
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND run = \(run)
            """)
        return try Dictionary(eachOnce: rows.map { (try $0.id("application"), try $0.code("school")) })
    }

    private static func readEntry(_ row: Row) throws -> RosterEntry {
        RosterEntry(
            candidate: Candidate(
                application: try row.id("application"), ticket: try row.text("ticket"),
                category: try row.int("category_ordinal"),
                rankKeys: try row.text("rank_keys").split(separator: ",").compactMap { Int($0) },
                drawNumber: DrawNumber(hexadecimal: try row.text("draw_number")),
                choices: try row.text("choices").split(separator: ",").map { SchoolCode(rawValue: String($0)) }),
            category: try row.code("category"), provisional: try row.bool("provisional"))
    }
}
