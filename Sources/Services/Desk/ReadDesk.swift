public import Enrollment
import Storage
import Tenancy

/// An officer's list of a tenant's applications.
public struct ReadDesk: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// Lines on one page.
    public static let pageSize = 50

    public func callAsFunction(
        _ viewer: Viewer, _ tenant: TenantCode, state: ApplicationState?, after: ReceiptNumber?
    ) async throws -> DeskList {
        try viewer.requireStaff(of: tenant)
        let rules = try platform.tenant(tenant)
        let key = platform.key(tenant)
        let platform = platform
        return try await platform.database.read(.tenant(tenant, platform.season)) { tx in
            let rows = try ApplicationRepository.list(
                state: state, after: after, limit: Self.pageSize + 1, of: key, in: tx)
            let page = rows.prefix(Self.pageSize)
            return DeskList(
                tenant: rules, counts: try ApplicationRepository.counts(of: key, in: tx), state: state,
                lines: try page.map { try line($0, tx) },
                next: rows.count > Self.pageSize ? page.last?.receipt : nil,
                schools: try SchoolLoads.read(rules, key, tx))
        }
    }

    private func line(_ row: ApplicationRow, _ tx: any Reading) throws -> CaseLine {
        let decision = try DecisionRepository.latest(of: row.id, row.key, in: tx)
        let claims = try ClaimRepository.list(of: row.id, revision: row.revision, row.key, in: tx)
        let answers = try platform.answers(of: row, in: tx)
        return CaseLine(
            receipt: row.receipt, childName: answers.child.name.masked, state: row.state,
            pending: decision?.pending ?? [],
            doubts: claims.compactMap { claim in
                guard let status = CredentialStatus(rawValue: claim.status), status != .confirmed, status != .waiting
                else { return nil }
                return CaseDoubt(credential: claim.credential, status: status, fields: claim.differing)
            }, category: decision?.category, categorySettled: decision?.verdict == "settled",
            waitingSince: row.stateSince)
    }
}

/// Counts by state and by category, for a tenant's officers.
public struct ReadCounts: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public struct Counts: Sendable, Hashable {
        public let byState: [ApplicationState: Int]
        /// Settled applications that are not withdrawn.
        public let byCategory: [CategoryID: Int]
    }

    public func callAsFunction(_ viewer: Viewer, _ tenant: TenantCode) async throws -> Counts {
        try viewer.requireStaff(of: tenant)
        let key = platform.key(tenant)
        return try await platform.database.read(.tenant(tenant, platform.season)) { tx in
            let decisions = try DecisionRepository.latest(of: key, in: tx)
            var byCategory: [CategoryID: Int] = [:]
            for row in try ApplicationRepository.list(state: nil, after: nil, limit: .max, of: key, in: tx)
            where row.state != .withdrawn {
                guard let decision = decisions[row.id], decision.verdict == "settled", let category = decision.category
                else { continue }
                byCategory[category, default: 0] += 1
            }
            return Counts(byState: try ApplicationRepository.counts(of: key, in: tx), byCategory: byCategory)
        }
    }
}

/// Seats against demand, school by school.
enum SchoolLoads {
    static func read(_ tenant: Tenant, _ key: TenantSeason, _ tx: any Reading) throws -> [SchoolLoad] {
        let firsts = try ApplicationRepository.firstChoices(of: key, in: tx)
        let offers =
            try AdmissionRepository.run(of: key, in: tx)?.releasedAt == nil
            ? [:] : OfferRepository.counts(of: key, in: tx)
        return tenant.schools.map { school in
            let counts = offers[school.code] ?? [:]
            return SchoolLoad(
                school: school, firstChoices: firsts[school.code] ?? 0, placed: counts.values.reduce(0, +),
                accepted: counts["accepted"] ?? 0)
        }
    }
}

extension Platform {
    /// Reads one of a tenant's applications.
    func readCase<Value: Sendable>(
        _ receipt: ReceiptNumber, _ tenant: TenantCode,
        _ body: @escaping @Sendable (ApplicationRow, any Reading) throws -> Value
    ) async throws -> Value {
        let key = key(tenant)
        return try await database.read(.tenant(tenant, season)) { tx in
            guard let row = try ApplicationRepository.find(receipt: receipt, of: key, in: tx) else {
                throw ServiceError.notFound
            }
            return try body(row, tx)
        }
    }

    /// Writes to one of a tenant's applications, and tells its watchers. Nobody works on an application of their own.
    func writeCase(
        _ receipt: ReceiptNumber, _ tenant: TenantCode, by viewer: Viewer, action: String,
        _ body: @escaping @Sendable (ApplicationRow, any Writing) throws -> Void
    ) async throws {
        let key = key(tenant)
        let platform = self
        let now = clock.business()
        let id = try await database.write(.tenant(tenant, season)) { tx in
            guard let row = try ApplicationRepository.hold(receipt: receipt, of: key, in: tx) else {
                throw ServiceError.notFound
            }
            guard row.guardian != viewer.person else { throw ServiceError.forbidden }
            try body(row, tx)
            try platform.audit.record(
                action, tenant: tenant, subject: row.id.description, by: viewer.person.description, at: now, in: tx)
            return row.id
        }
        changes.applicationChanged(id)
    }
}
