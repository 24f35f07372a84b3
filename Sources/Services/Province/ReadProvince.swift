public import Enrollment
public import Tenancy

/// The province's desk: counts of all tenants, for officers of the province. No family's file can be reached from it.
public struct ReadProvince: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// At most a second old, and said of when.
    /// - Throws: `forbidden` for everybody but the province's officers.
    public func callAsFunction(_ viewer: Viewer) async throws -> ProvinceNumbers {
        guard let province = platform.tenants().provinceCode, viewer.isOfProvince(province) else {
            throw ServiceError.forbidden
        }
        return try await platform.province.numbers(platform)
    }
}

extension TenantRegistry {
    /// The province's code, which leads those of its cities and counties: 430000 for 430922. It is no tenant. Nil where
    /// no tenant is served.
    public var provinceCode: TenantCode? {
        tenants.first.map { TenantCode(rawValue: "\($0.code.rawValue.prefix(2))0000") }
    }
}

extension Viewer {
    /// Whether the viewer may open the province's desk.
    public func isOfProvince(_ province: TenantCode) -> Bool {
        grants.contains { $0.tenant == province && $0.role == .provinceOfficer }
    }
}
