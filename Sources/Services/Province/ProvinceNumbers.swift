public import Enrollment
import Storage
import Tenancy

/// The province's counts at one moment, ready to be looked up: every cube is added up once, when the deltas are folded.
public struct ProvinceNumbers: Sendable {
    /// What a count can be broken down by.
    public enum Dimension: Sendable, CaseIterable {
        case stage, state, category, city, tenant
    }

    /// The break-downs that are kept.
    public enum Cube: Sendable, CaseIterable {
        case total, stage, state, category, city, tenant, stateByCity, stateByTenant, categoryByCity, categoryByTenant,
            stateByCategory, stateByCategoryAndTenant

        public var dimensions: Set<Dimension> {
            switch self {
            case .total: []
            case .stage: [.stage]
            case .state: [.state]
            case .category: [.category]
            case .city: [.city]
            case .tenant: [.tenant]
            case .stateByCity: [.city, .state]
            case .stateByTenant: [.tenant, .state]
            case .categoryByCity: [.city, .category]
            case .categoryByTenant: [.tenant, .category]
            case .stateByCategory: [.category, .state]
            case .stateByCategoryAndTenant: [.tenant, .category, .state]
            }
        }
    }

    /// One cell of a cube; dimensions that the cube does not have are nil.
    public struct Key: Sendable, Hashable {
        public var stage: Stage?
        public var state: ApplicationState?
        /// ``unsettled`` for applications that have none yet.
        public var category: CategoryID?
        public var city: TenantCode?
        public var tenant: TenantCode?

        /// Stands for having no settled category yet.
        public static let unsettled = CategoryID(rawValue: "")

        public init(
            stage: Stage? = nil, state: ApplicationState? = nil, category: CategoryID? = nil, city: TenantCode? = nil,
            tenant: TenantCode? = nil
        ) {
            self.stage = stage
            self.state = state
            self.category = category
            self.city = city
            self.tenant = tenant
        }
    }

    public let season: SeasonYear
    /// When the deltas were read, by the machine's clock: everything committed before is counted.
    public let asOf: Instant
    /// The same by the clock that pages show.
    public let businessAsOf: Instant
    private let cubes: [Cube: [Key: Int]]

    public func counts(_ cube: Cube) -> [Key: Int] { cubes[cube] ?? [:] }

    public subscript(_ cube: Cube, _ key: Key) -> Int { cubes[cube]?[key] ?? 0 }

    public var total: Int { self[.total, Key()] }

    /// Adds up a fold.
    /// - Parameter city: the city a tenant belongs to; nil counts it under no city.
    init(
        _ folded: [TenantCode: CounterRepository.Counts], season: SeasonYear, asOf: Instant, businessAsOf: Instant,
        city: (TenantCode) -> TenantCode?
    ) {
        self.season = season
        self.asOf = asOf
        self.businessAsOf = businessAsOf
        var cubes: [Cube: [Key: Int]] = [:]
        for cube in Cube.allCases {
            let dimensions = cube.dimensions
            var counts: [Key: Int] = [:]
            for (tenant, tenantCounts) in folded {
                let city = dimensions.contains(.city) ? city(tenant) : nil
                for (cell, n) in tenantCounts.cells {
                    var key = Key(city: city, tenant: dimensions.contains(.tenant) ? tenant : nil)
                    if dimensions.contains(.stage) { key.stage = cell.stage }
                    if dimensions.contains(.state) { key.state = cell.state }
                    if dimensions.contains(.category) { key.category = cell.category ?? Key.unsettled }
                    counts[key, default: 0] += n
                }
            }
            cubes[cube] = counts.filter { $0.value != 0 }
        }
        self.cubes = cubes
    }
}
