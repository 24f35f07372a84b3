public import Catchments
public import Enrollment

/// Every tenant of a season, as loaded from `Tenants/`; an immutable snapshot.
public struct TenantRegistry: Sendable {
    public let season: SeasonYear
    public let provinceName: LocalizedText
    /// In the order of their codes.
    public let tenants: [Tenant]
    /// Tenants whose own files do not validate, in the order of their codes; the others serve.
    public let quarantined: [QuarantinedTenant]
    /// Every problem found, those of quarantined tenants included, in the order of file and line.
    public let problems: [TenantProblem]
    public let gazetteer: Gazetteer
    /// In the order in which pages list credentials.
    public let connectors: [Connector]

    private let byCode: [TenantCode: Int]
    private let byAuthority: [ServedArea: Int]

    public init(
        season: SeasonYear, provinceName: LocalizedText, tenants: [Tenant], quarantined: [QuarantinedTenant] = [],
        problems: [TenantProblem] = [], gazetteer: Gazetteer, connectors: [Connector]
    ) {
        self.season = season
        self.provinceName = provinceName
        self.tenants = tenants.sorted { $0.code < $1.code }
        self.quarantined = quarantined.sorted { $0.code < $1.code }
        self.problems = problems
        self.gazetteer = gazetteer
        self.connectors = connectors
        var codes: [TenantCode: Int] = [:]
        var areas: [ServedArea: Int] = [:]
        for (index, tenant) in self.tenants.enumerated() {
            codes[tenant.code] = index
            for division in tenant.divisions {
                for stage in tenant.stages { areas[ServedArea(division: division, stage: stage)] = index }
            }
        }
        byCode = codes
        byAuthority = areas
    }

    /// Reads and validates a `Tenants/` directory.
    /// - Parameters:
    ///   - directory: the directory that holds `province.yaml`.
    ///   - season: the season, which must be the one `province.yaml` is written for.
    ///   - overlay: a directory of sample schools and catchments, `<tenant code>/schools.csv` and `catchments.yaml`, for
    ///     a demonstration; refused for a tenant that has published its plan.
    /// - Throws: ``TenancyError`` only when something every tenant shares is missing or broken. A tenant whose own files
    ///   are broken is found in ``quarantined``.
    public static func load(
        directory: String, season: SeasonYear, overlay: String? = nil
    ) throws(TenancyError) -> TenantRegistry {
        try RegistryLoader(directory: directory, season: season, overlay: overlay).load()
    }

    public func tenant(_ code: TenantCode) -> Tenant? { byCode[code].map { tenants[$0] } }

    /// The one tenant that enrolls children of a division in a stage.
    public func tenant(serving division: DivisionCode, stage: Stage) -> Tenant? {
        byAuthority[ServedArea(division: division, stage: stage)].map { tenants[$0] }
    }

    /// City tenants, in the order of their codes.
    public var cities: [Tenant] { tenants.filter { $0.kind == .city } }

    /// County tenants of a city, in the order of their codes; the city's own tenant is not among them.
    public func tenants(inCity city: TenantCode) -> [Tenant] {
        tenants.filter { $0.kind == .county && $0.city == city }
    }

    public func connector(_ credential: CredentialID) -> Connector? { connectors.first { $0.credential == credential } }

    /// Every tenant, quarantined ones included, in the order of their codes.
    public var listings: [TenantListing] {
        (tenants.map { TenantListing($0) } + quarantined.map { TenantListing($0) }).sorted { $0.code < $1.code }
    }
}

/// A tenant that is not served because its own files do not validate.
public struct QuarantinedTenant: Sendable, Hashable, Codable {
    public let code: TenantCode
    public let name: LocalizedText?
    public let kind: TenantKind
    public let city: TenantCode
    /// As far as they could be read.
    public let divisions: [DivisionCode]
    public let problems: [TenantProblem]

    public init(
        code: TenantCode, name: LocalizedText?, kind: TenantKind, city: TenantCode, divisions: [DivisionCode],
        problems: [TenantProblem]
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.city = city
        self.divisions = divisions
        self.problems = problems
    }
}

private struct ServedArea: Hashable {
    let division: DivisionCode
    let stage: Stage
}
