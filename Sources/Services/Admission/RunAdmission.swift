public import Enrollment
import Protection
import Storage
import Tenancy

/// What a run gave, for whoever started it.
public struct RunSummary: Sendable, Codable {
    public let run: AllocationRunID
    public let candidates: Int
    public let placed: Int
    public let unplaced: Int
    public let provisional: Int
    public let coordination: Int
    /// Seats given by school code.
    public let schools: [SchoolCode: Int]
}

/// Freezes the roster, draws, and gives the seats. Families see nothing of it until it is released.
public struct RunAdmission: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    @discardableResult
    public func callAsFunction(_ viewer: Viewer, _ tenant: TenantCode, provisional: Bool) async throws -> RunSummary {
        try viewer.require(.admissionOfficer, in: tenant)
        return try await run(tenant, provisional: provisional, by: viewer.person)
    }

    /// For the operator's command line; recorded as the operator's.
    public func callAsFunction(asOperator tenant: TenantCode, provisional: Bool) async throws -> RunSummary {
        try await run(tenant, provisional: provisional, by: nil)
    }

    private func run(_ code: TenantCode, provisional: Bool, by person: PersonID?) async throws -> RunSummary {
        let tenant = try platform.tenant(code)
        let key = platform.key(code)
        let now = platform.clock.business()
        let platform = platform
        return try await platform.database.write(.tenant(code, platform.season)) { tx in
            let applications = try ApplicationRepository.holdAll(of: key, in: tx)
            if let problem = try RosterCheck.problem(tenant, key, now: now, in: tx) {
                if case .unresolved = problem, provisional {} else { throw ServiceError.rosterNotReady(problem) }
            }
            let roster = try Roster.read(applications, tenant, key, platform: platform, in: tx)
            let seed = platform.random.bytes(32)
            let entries = roster.draw(seed: seed)
            let seats = Dictionary(uniqueKeysWithValues: tenant.schools.map { ($0.code, $0.seats) })
            let allocation = allocate(entries.map(\.candidate), seats: seats)
            let run = AllocationRunID(from: platform.random)
            try AdmissionRepository.insert(
                .init(
                    id: run, versionHash: tenant.versionHash, seed: seed, rosterRoot: roster.root,
                    seats: seats.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ","),
                    outputsHash: Self.outputsHash(entries, allocation), candidates: entries.count,
                    placed: allocation.placements.count, provisional: entries.count { $0.provisional }, by: person,
                    at: now), of: key, in: tx)
            for entry in entries { try AdmissionRepository.insert(entry, run: run, of: key, in: tx) }
            for (application, school) in allocation.placements {
                try AdmissionRepository.place(application, at: school, run: run, of: key, in: tx)
            }
            try platform.audit.record(
                "admission.run", tenant: code, subject: run.description, by: person?.description ?? "operator",
                at: now, in: tx)
            return RunSummary(
                run: run, candidates: entries.count, placed: allocation.placements.count,
                unplaced: allocation.unplaced.count, provisional: entries.count { $0.provisional },
                coordination: roster.coordination.count,
                schools: allocation.placements.values.reduce(into: [:]) { $0[$1, default: 0] += 1 })
        }
    }

    private static func outputsHash(
        _ entries: [AdmissionRepository.RosterEntry], _ allocation: Allocation
    ) -> String {
        let lines = entries.map {
            "\($0.candidate.ticket)=\(allocation.placements[$0.candidate.application]?.rawValue ?? "")"
        }
        return Hex.encode(Digest.sha256(Array(lines.sorted().joined(separator: "\n").utf8)))
    }
}

/// Whether a roster may be frozen now.
enum RosterCheck {
    static func problem(
        _ tenant: Tenant, _ key: TenantSeason, now: Instant, in tx: any Reading
    ) throws -> RosterProblem? {
        if try AdmissionRepository.run(of: key, in: tx) != nil { return .runWaitsForRelease }
        let calendar = tenant.policy.calendar
        guard now.day >= calendar.freezes else { return .beforeFreeze(calendar.freezes) }
        let counts = try ApplicationRepository.counts(of: key, in: tx)
        let waiting = try ClaimRepository.waiting(of: key, at: now, in: tx)
        if let until = waiting.until, waiting.applications > 0 {
            return .sourcesMayAnswer(applications: waiting.applications, until: until)
        }
        let unresolved = counts.filter { $0.key.isUnresolved && $0.value > 0 }
        if !unresolved.isEmpty { return .unresolved(unresolved) }
        if counts[.qualified, default: 0] == 0 { return .nobody }
        return nil
    }
}
