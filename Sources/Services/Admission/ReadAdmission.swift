public import Enrollment
import Storage
import Tenancy

/// The admission page: what stands in the way, and what a run gave.
public struct ReadAdmission: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ code: TenantCode) async throws -> AdmissionView {
        try viewer.requireStaff(of: code)
        let tenant = try platform.tenant(code)
        let key = platform.key(code)
        let now = platform.clock.business()
        let demonstration = platform.demonstrationClock != nil
        return try await platform.database.read(.tenant(code, platform.season)) { tx in
            let counts = try ApplicationRepository.counts(of: key, in: tx)
            return AdmissionView(
                tenant: tenant, counts: counts, today: now.day,
                problem: try RosterCheck.problem(tenant, key, now: now, in: tx),
                provisional: counts.filter { $0.key.isUnresolved }.values.reduce(0, +),
                schools: try SchoolLoads.read(tenant, key, tx),
                run: try AdmissionRepository.run(of: key, in: tx).map { try view($0, viewer, tenant, key, tx) },
                isDemonstrationClock: demonstration)
        }
    }

    private func view(
        _ run: AdmissionRepository.Run, _ viewer: Viewer, _ tenant: Tenant, _ key: TenantSeason, _ tx: any Reading
    ) throws -> RunView {
        let placements = try AdmissionRepository.placements(run: run.id, of: key, in: tx)
        let roster = try AdmissionRepository.roster(run: run.id, of: key, in: tx)
        var placed: [SchoolCode: Int] = [:]
        var last: [SchoolCode: AdmissionRepository.RosterEntry] = [:]
        for entry in roster {
            guard let school = placements[entry.candidate.application] else { continue }
            placed[school, default: 0] += 1
            if let standing = last[school], standing.candidate.category >= entry.candidate.category { continue }
            last[school] = entry
        }
        return RunView(
            id: run.id, at: run.at, candidates: run.candidates, placed: run.placed,
            unplaced: run.candidates - run.placed, provisional: run.provisional, releasedAt: run.releasedAt,
            isOwn: run.by == viewer.person,
            perSchool: tenant.schools.map {
                .init(school: $0, placed: placed[$0.code] ?? 0, lastCategory: last[$0.code]?.category)
            })
    }
}

/// Children without a seat, each with the reason.
public struct ReadLeft: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ code: TenantCode) async throws -> [LeftLine] {
        try viewer.requireStaff(of: code)
        let key = platform.key(code)
        let tenant = try platform.tenant(code)
        let platform = platform
        let today = platform.clock.business().day
        return try await platform.database.read(.tenant(code, platform.season)) { tx in
            let decisions = try DecisionRepository.latest(of: key, in: tx)
            let rows = try [ApplicationState.coordination, .released, .offered].flatMap {
                try ApplicationRepository.list(state: $0, after: nil, limit: .max, of: key, in: tx)
            }
            let expired = today > tenant.policy.calendar.offersUntil
            return try rows.filter { $0.state != .offered || expired }.map { row in
                let decision = decisions[row.id]
                let settled = decision?.verdict == "settled"
                var cause = LeftLine.Cause.noSeat
                if row.state == .released {
                    cause = .released
                } else if row.state == .offered {
                    cause = .expired
                } else if !settled {
                    cause = .noCategory
                } else if tenant.schools.isEmpty {
                    cause = .notPublished
                }
                return LeftLine(
                    receipt: row.receipt, childName: try platform.answers(of: row, in: tx).child.name.masked,
                    category: settled ? decision?.category : nil, cause: cause, schools: decision?.schools ?? [])
            }
        }
    }
}
