public import Enrollment

/// One line of `ruxue tenant list --json`.
public struct TenantListing: Sendable, Codable, Hashable {
    public enum Status: String, Sendable, Codable {
        /// Schools and catchments come from a published document.
        case published
        /// The province's usual wording serves until the tenant publishes its plan.
        case template
        /// Its files do not validate; it is not served.
        case quarantined
    }

    public let code: TenantCode
    /// In Chinese.
    public let name: String
    public let kind: TenantKind
    public let city: TenantCode
    public let divisions: [DivisionCode]
    public let status: Status

    public init(
        code: TenantCode, name: String, kind: TenantKind, city: TenantCode, divisions: [DivisionCode], status: Status
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.city = city
        self.divisions = divisions
        self.status = status
    }

    public init(_ tenant: Tenant) {
        self.init(
            code: tenant.code, name: tenant.name.zh, kind: tenant.kind, city: tenant.city, divisions: tenant.divisions,
            status: tenant.isPlanPublished ? .published : .template)
    }

    /// A quarantined tenant is listed by what could be read of it.
    public init(_ tenant: QuarantinedTenant) {
        self.init(
            code: tenant.code, name: tenant.name?.zh ?? tenant.code.rawValue, kind: tenant.kind, city: tenant.city,
            divisions: tenant.divisions, status: .quarantined)
    }
}
