public import Enrollment

/// Who is looking: one signed-in session.
public struct Viewer: Sendable, Hashable {
    public let person: PersonID
    public let identity: SignedInIdentity
    /// The token that every form of this session carries.
    public let csrf: String
    /// Roles in force now.
    public let grants: [StaffGrant]

    public init(person: PersonID, identity: SignedInIdentity, csrf: String, grants: [StaffGrant]) {
        self.person = person
        self.identity = identity
        self.csrf = csrf
        self.grants = grants
    }

    /// Roles that open the tenant's files; the province's is none of them.
    public func roles(in tenant: TenantCode) -> Set<StaffRole> {
        Set(grants.filter { $0.tenant == tenant && $0.role != .provinceOfficer }.map(\.role))
    }
}

/// What an officer may do in a tenant.
public enum StaffRole: String, Sendable, Codable, CaseIterable {
    case firstReviewer = "first_reviewer"
    case secondReviewer = "second_reviewer"
    case admissionOfficer = "admission_officer"
    /// Sees the counts of all tenants, and no family; given for the province, never in a tenant.
    case provinceOfficer = "province_officer"
}

/// A role given to a person for a time.
public struct StaffGrant: Sendable, Hashable, Codable {
    public let id: StaffGrantID
    public let tenant: TenantCode
    public let role: StaffRole
    public let from: Instant
    public let until: Instant?

    public init(id: StaffGrantID, tenant: TenantCode, role: StaffRole, from: Instant, until: Instant?) {
        self.id = id
        self.tenant = tenant
        self.role = role
        self.from = from
        self.until = until
    }
}
