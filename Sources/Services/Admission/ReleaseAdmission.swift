public import Enrollment
import Storage
import Tenancy

/// Releases a run: one moment for everybody. Another person than the one who ran it has to.
public struct ReleaseAdmission: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ tenant: TenantCode, _ run: AllocationRunID) async throws {
        try viewer.require(.admissionOfficer, in: tenant)
        try await release(tenant, run, by: viewer.person)
    }

    /// For the operator's command line, of a run that the operator did not start.
    public func callAsFunction(asOperator tenant: TenantCode, _ run: AllocationRunID) async throws {
        try await release(tenant, run, by: nil)
    }

    private func release(_ code: TenantCode, _ run: AllocationRunID, by person: PersonID?) async throws {
        let tenant = try platform.tenant(code)
        let key = platform.key(code)
        let now = platform.clock.business()
        let platform = platform
        let changed = try await platform.database.write(.tenant(code, platform.season)) { tx in
            let applications = try ApplicationRepository.holdAll(of: key, in: tx)
            guard let stored = try AdmissionRepository.run(of: key, in: tx), stored.id == run else {
                throw ServiceError.notFound
            }
            guard stored.by != person else { throw ServiceError.sameReviewer }
            guard try AdmissionRepository.release(run, by: person, at: now, of: key, in: tx) else {
                throw ServiceError.rosterNotReady(.runWaitsForRelease)
            }
            let placements = try AdmissionRepository.placements(run: run, of: key, in: tx)
            let roster = try AdmissionRepository.roster(run: run, of: key, in: tx)
            let entries = Dictionary(uniqueKeysWithValues: roster.map { ($0.candidate.application, $0) })
            var changed: [ApplicationID] = []
            for row in applications {
                guard row.state == .qualified || row.state.isUnresolved else { continue }
                // Whoever is still under review and stood on no roster stays there: a run decides nothing about them.
                if row.state.isUnresolved, entries[row.id] == nil { continue }
                changed.append(row.id)
                if let school = placements[row.id] {
                    try offer(school, entries[row.id]?.provisional ?? false, row, tenant, run, now, tx)
                } else {
                    try ApplicationRepository.record(
                        .unplaced, moving: row.id, of: key, from: row.state, to: .coordination, actor: .officer,
                        at: now, in: tx)
                }
            }
            try platform.audit.record(
                "admission.release", tenant: code, subject: run.description, by: person?.description ?? "operator",
                at: now, in: tx)
            return changed
        }
        for id in changed { platform.changes.applicationChanged(id) }
    }

    private func offer(
        _ school: SchoolCode, _ conditional: Bool, _ row: ApplicationRow, _ tenant: Tenant, _ run: AllocationRunID,
        _ now: Instant, _ tx: any Writing
    ) throws {
        try OfferRepository.insert(
            .init(
                id: OfferID(from: platform.random), application: row.id, run: run, school: school, state: "open",
                until: tenant.policy.calendar.offersUntil, conditional: conditional), of: row.key, in: tx)
        try ApplicationRepository.record(
            .offered, moving: row.id, of: row.key, from: row.state, to: .offered, actor: .officer, at: now, in: tx)
        // A conditional offer is settled by the source that was silent; any other needs no more checks.
        if !conditional { try JobRepository.cancel(of: row.id, row.key, in: tx) }
    }
}
