public import Enrollment
import Storage

/// Gives, ends and lists roles. People are named by their sign-in subject, which is no personal data.
public struct GrantStaffRole: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(
        subject: String, tenant: TenantCode, role: StaffRole, until: Instant?, by operatorAccount: String
    ) async throws -> StaffGrantID {
        if role == .provinceOfficer {
            // In a tenant it would open that tenant's files.
            guard tenant == platform.tenants().provinceCode else { throw ServiceError.notFound }
        } else {
            _ = try platform.tenant(tenant)
        }
        let now = platform.clock.real()
        let platform = platform
        return try await platform.database.write(.signIn) { tx in
            let hash = platform.vault.lookupHash("sign_in.subject", subject)
            let person: PersonID
            if let known = try PersonRepository.find(kind: "sign_in.subject", keyedHash: hash, in: tx) {
                person = known
            } else {
                let id = PersonID(from: platform.random)
                person = try PersonRepository.add(
                    .init(id: id, dataKey: try platform.vault.newDataKey(for: id), sealedIdentity: nil),
                    kind: "sign_in.subject", keyedHash: hash, at: now, in: tx)
            }
            let standing = try tx.reading(.person(person)) { tx in
                try StaffRepository.grants(of: person, at: now, in: tx).first {
                    $0.tenant == tenant && $0.role == role.rawValue
                }
            }
            if let standing { return standing.id }
            let id = StaffGrantID(from: platform.random)
            try tx.writing(.province) { tx in
                try StaffRepository.insert(
                    .init(
                        id: id, person: person, tenant: tenant, role: role.rawValue, from: now, until: until,
                        grantedBy: operatorAccount), in: tx)
                try platform.audit.record(
                    "staff.grant", tenant: tenant, subject: id.description, by: operatorAccount, at: now, in: tx)
            }
            return id
        }
    }

    public func revoke(_ id: StaffGrantID, by operatorAccount: String) async throws {
        let now = platform.clock.real()
        let platform = platform
        try await platform.database.write(.province) { tx in
            guard try StaffRepository.revoke(id, at: now, in: tx) else { throw ServiceError.notFound }
            try platform.audit.record(
                "staff.revoke", tenant: nil, subject: id.description, by: operatorAccount, at: now, in: tx)
        }
    }

    public func list(tenant: TenantCode?) async throws -> [StaffGrant] {
        let now = platform.clock.real()
        return try await platform.database.read(.province) { tx in
            try StaffRepository.list(tenant: tenant, at: now, in: tx).compactMap { row in
                StaffRole(rawValue: row.role).map {
                    StaffGrant(id: row.id, tenant: row.tenant, role: $0, from: row.from, until: row.until)
                }
            }
        }
    }
}
