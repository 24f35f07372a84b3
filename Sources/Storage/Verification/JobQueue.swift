public import Enrollment

/// How work is handed out: found for all tenants, claimed and acknowledged in batches of one tenant's slot.
///
/// Statements about a batch are planned each time for their slot and their values (an IN list keeps them from being kept
/// prepared): PostgreSQL then touches and locks that one partition, and cannot hold on to a plan made while it was empty.
extension JobRepository {
    /// Work under a lease.
    public struct Claimed: Sendable, Hashable {
        public let row: Row
        public let slot: Int
        public let due: Instant
        /// How often it was claimed since a source last said anything about it, this time included.
        public let takes: Int
    }

    /// A tenant's place in the queue: in one slot, the oldest work that may be claimed.
    public struct Due: Sendable, Hashable {
        public let key: TenantSeason
        public let slot: Int
        /// Since when work has been due; nil when nothing is.
        public let since: Instant?
        /// When the next work will be due; nil when there is none.
        public let next: Instant?
    }

    /// What a worker asks for.
    public struct Wanted: Sendable, Hashable {
        public let slot: Int
        public let limit: Int
        /// Where the claim before ended, so that what has been dealt with is not passed over once more.
        public let after: Place?
        public let now: Instant
        public let leaseUntil: Instant

        public init(slot: Int, limit: Int, after: Place? = nil, now: Instant, leaseUntil: Instant) {
            self.slot = slot
            self.limit = limit
            self.after = after
            self.now = now
            self.leaseUntil = leaseUntil
        }
    }

    /// A place in a slot's order.
    public struct Place: Sendable, Hashable {
        public let due: Instant
        public let id: JobID

        public init(due: Instant, id: JobID) {
            self.due = due
            self.id = id
        }

        /// Before everything that is due then.
        public init(before due: Instant) {
            self.init(due: Instant(milliseconds: due.milliseconds - 1), id: JobID(high: .max, low: .max))
        }
    }

    /// Where a season's work is due and not leased, and where it will be. Jumps from tenant to tenant; passes over work
    /// that is leased, and on PostgreSQL over what is finished while some older transaction may still see it.
    public static func due(_ season: SeasonYear, now: Instant, in tx: any Reading) throws -> [Due] {
        try tx.scope.require(oneOf: .queue)
        let results = try tx.rows(
            ofEach: tx.dialect.inIndexOrder
                + (0..<JobSlot.count).map { slot in
                    // Where each server has some of the tenants, each counts its own: Citus knows no recursion over them.
                    guard !tx.isDistributed else { return dueByServer(slot, season, now) }
                    return """
                        WITH RECURSIVE queue(tenant) AS (
                          SELECT (SELECT tenant FROM job WHERE slot IN \(in: [slot]) ORDER BY tenant LIMIT 1)
                          UNION
                          SELECT (SELECT job.tenant FROM job WHERE job.slot IN \(in: [slot]) AND job.tenant > queue.tenant
                            ORDER BY job.tenant LIMIT 1)
                          FROM queue)
                        SELECT tenant,
                          (SELECT job.due FROM job WHERE job.slot IN \(in: [slot]) AND job.tenant = queue.tenant
                            AND job.season = \(season) AND job.due <= \(now) AND job.lease_until <= \(now)
                            ORDER BY job.due LIMIT 1) AS since,
                          (SELECT job.due FROM job WHERE job.slot IN \(in: [slot]) AND job.tenant = queue.tenant
                            AND job.season = \(season) AND job.due > \(now) ORDER BY job.due LIMIT 1) AS next
                        FROM queue WHERE tenant IS NOT NULL
                        """
                })
        return try results.suffix(JobSlot.count).enumerated().flatMap { slot, rows in
            try rows.map {
                Due(
                    key: TenantSeason(try $0.code("tenant"), season), slot: slot,
                    since: try $0.optionalInstant("since"), next: try $0.optionalInstant("next"))
            }
        }.filter { $0.since != nil || $0.next != nil }
    }

    /// Where tenants' work stands that fell due lately: what is looked for between two looks at everything. What was
    /// finished before then costs nothing, however long PostgreSQL has to keep it.
    public static func due(
        _ season: SeasonYear, of tenants: [TenantCode], after: Instant, now: Instant, in tx: any Reading
    ) throws -> [Due] {
        try tx.scope.require(oneOf: .queue)
        guard let first = tenants.first else { return [] }
        let all = tenants.dropFirst().reduce("(\(first))" as SQL) { "\(fragment: $0), (\($1))" }
        let slots = Set(
            stride(from: after.milliseconds, to: now.milliseconds, by: Int(JobSlot.milliseconds)).map {
                JobSlot.of(Instant(milliseconds: $0))
            } + [JobSlot.of(now)]
        ).sorted()
        let results = try tx.rows(
            ofEach: tx.dialect.inIndexOrder
                + slots.map { slot in
                    """
                    WITH asked(tenant) AS (VALUES \(fragment: all))
                    SELECT tenant, since FROM (
                      SELECT tenant,
                        (SELECT job.due FROM job WHERE job.slot IN \(in: [slot]) AND job.tenant = asked.tenant
                          AND job.season = \(season) AND job.due > \(after) AND job.due <= \(now)
                          AND job.lease_until <= \(now) ORDER BY job.due LIMIT 1) AS since
                      FROM asked) AS found WHERE since IS NOT NULL
                    """
                })
        return try zip(slots, results.suffix(slots.count)).flatMap { slot, rows in
            try rows.map {
                Due(
                    key: TenantSeason(try $0.code("tenant"), season), slot: slot, since: try $0.instant("since"),
                    next: nil)
            }
        }
    }

    private static func dueByServer(_ slot: Int, _ season: SeasonYear, _ now: Instant) -> SQL {
        """
        SELECT tenant, MIN(CASE WHEN due <= \(now) AND lease_until <= \(now) THEN due END) AS since,
          MIN(CASE WHEN due > \(now) THEN due END) AS next
        FROM job WHERE slot = \(slot) AND season = \(season) GROUP BY tenant
        """
    }

    /// Claims a tenant's work that is due and not leased, the longest due first, and in the same transaction takes away
    /// what is done. An expired lease is claimed again: the same question is then asked once more, which harms nobody.
    public static func claim(
        _ wanted: Wanted, acknowledging done: [Claimed] = [], of key: TenantSeason, in tx: any Writing
    ) throws -> [Claimed] {
        try tx.scope.require(key)
        let after = wanted.after ?? Place(due: Instant(milliseconds: -1), id: JobID(high: 0, low: 0))
        let found =
            try tx.rows(
                ofEach: tx.dialect.inIndexOrder + finished(done, of: key) + [
                    """
                    SELECT tenant, season, id, application, revision, credential, attempts, due, takes FROM job
                    WHERE slot IN \(in: [wanted.slot]) AND tenant = \(key.tenant) AND season = \(key.season)
                      AND due <= \(wanted.now) AND (due, id) > (\(after.due), \(after.id)) AND lease_until <= \(wanted.now)
                    ORDER BY due, id LIMIT \(wanted.limit)\(fragment: tx.dialect.claimingWork)
                    """
                ]
            ).last ?? []
        let claimed = try found.map {
            Claimed(
                row: try read($0), slot: wanted.slot, due: try $0.instant("due"), takes: try $0.int("takes") + 1)
        }
        guard !claimed.isEmpty else { return [] }
        try tx.execute(
            """
            UPDATE job SET lease_until = \(wanted.leaseUntil), takes = takes + 1
            WHERE \(fragment: these(claimed, wanted.slot, of: key))
            """)
        return claimed
    }

    /// Claims a tenant's work wherever it stands, the oldest slot's first: where no worker serves the tenant, or a test
    /// stands in for one.
    public static func claim(
        of key: TenantSeason, limit: Int, now: Instant, leaseUntil: Instant, in tx: any Writing
    ) throws -> [Claimed] {
        var claimed: [Claimed] = []
        for slot in JobSlot.past(now) + [JobSlot.of(now)] + JobSlot.coming(now) where claimed.count < limit {
            claimed += try claim(
                .init(slot: slot, limit: limit - claimed.count, now: now, leaseUntil: leaseUntil), of: key, in: tx)
        }
        return claimed
    }

    /// Takes away what is done; what somebody else has taken away or put back since is left as it is.
    public static func acknowledge(_ done: [Claimed], of key: TenantSeason, in tx: any Writing) throws {
        try tx.scope.require(key)
        try tx.batch(finished(done, of: key))
    }

    /// Keeps work that takes its time from being claimed again.
    public static func renew(
        _ held: [Claimed], of key: TenantSeason, until: Instant, in tx: any Writing
    ) throws {
        try tx.scope.require(key)
        try tx.batch(
            bySlot(held).map { slot, jobs in
                "UPDATE job SET lease_until = \(until) WHERE \(fragment: these(jobs, slot, of: key))"
            })
    }

    /// Puts work back that failed.
    /// - Parameter counts: whether this was a take that brings it nearer to being given up.
    public static func giveBack(
        _ job: Claimed, until due: Instant, counts: Bool, in tx: any Writing
    ) throws {
        try tx.scope.require(job.row.key)
        try tx.execute(
            """
            UPDATE job SET slot = \(JobSlot.of(due)), due = \(due), lease_until = 0,
              takes = \(counts ? job.takes : job.takes - 1)
            WHERE \(fragment: these([job], job.slot, of: job.row.key))
            """)
    }

    /// Empties the slots before the present one that are worked off, and makes their room free. Little that is left in
    /// them goes on in the present slot. Nothing happens where rows that are deleted leave no trace.
    public static func rotate(now: Instant, in tx: any Writing) throws {
        try tx.scope.require(oneOf: .queue)
        guard tx.dialect == .postgresql else { return }
        for slot in JobSlot.past(now) {
            _ = try tx.row("SELECT ruxue_rotate_jobs(\(slot), \(JobSlot.of(now)), \(now)) AS moved")
        }
    }

    private static func finished(_ done: [Claimed], of key: TenantSeason) -> [SQL] {
        bySlot(done).map { slot, jobs in "DELETE FROM job WHERE \(fragment: these(jobs, slot, of: key))" }
    }

    private static func bySlot(_ jobs: [Claimed]) -> [(slot: Int, jobs: [Claimed])] {
        Dictionary(grouping: jobs, by: \.slot).sorted { $0.key < $1.key }.map { (slot: $0.key, jobs: $0.value) }
    }

    /// Jobs of one slot: the stretch from the first to the last, and in it those named.
    private static func these(_ jobs: [Claimed], _ slot: Int, of key: TenantSeason) -> SQL {
        let places = jobs.map { Place(due: $0.due, id: $0.row.id) }.sorted()
        guard let first = places.first, let last = places.last else { return "1 = 0" }
        return """
            slot IN \(in: [slot]) AND tenant = \(key.tenant) AND season = \(key.season)
              AND (due, id) >= (\(first.due), \(first.id)) AND (due, id) <= (\(last.due), \(last.id))
              AND id IN \(in: places.map(\.id))
            """
    }
}

extension JobRepository.Place: Comparable {
    public static func < (left: Self, right: Self) -> Bool { (left.due, left.id) < (right.due, right.id) }
}
