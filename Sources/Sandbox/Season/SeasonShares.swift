public import Catchments
public import Enrollment
public import Tenancy

/// How the families of a whole province's season fall to its tenants: by the communities that a tenant's divisions have,
/// with one tenant that has several times its share.
public struct SeasonShares: Hashable, Sendable {
    /// One tenant that is asked for more than its size says, as the county is in which everybody wants to live.
    public struct Skew: Hashable, Sendable {
        public let tenant: TenantCode
        /// How many times its share the tenant gets; the others divide what is left.
        public let factor: Int

        public init(tenant: TenantCode, factor: Int) {
            self.tenant = tenant
            self.factor = factor
        }

        /// 桃江县, whose plan is published, seven times.
        public static let usual = Skew(tenant: "430922", factor: 7)
    }

    /// A tenant that gets no families, and why.
    public struct LeftOut: Hashable, Sendable, Codable {
        public let code: TenantCode
        /// In Chinese.
        public let name: String
        public let obstacle: SeasonObstacle
    }

    /// Families by tenant; together they are the total, and everybody who enrolls has one at least.
    public let families: [TenantCode: Int]
    /// In the order of their codes.
    public let leftOut: [LeftOut]

    /// - Parameters:
    ///   - total: how many families there are; with fewer than tenants, the largest ones get theirs.
    ///   - skew: nil leaves every tenant with its share; a tenant that gets no families changes nothing.
    public init(total: Int, tenants: [Tenant], gazetteer: Gazetteer, skew: Skew?) {
        let obstacles = tenants.sorted { $0.code < $1.code }.compactMap { tenant in
            SeasonGenerator.obstacle(for: tenant).map {
                LeftOut(code: tenant.code, name: tenant.name.zh, obstacle: $0)
            }
        }
        let excluded = Set(obstacles.map(\.code))
        let weights = tenants.filter { !excluded.contains($0.code) }.map {
            (code: $0.code, weight: Self.communities(of: $0, gazetteer))
        }
        leftOut = obstacles
        guard let skew, let crowded = weights.first(where: { $0.code == skew.tenant }) else {
            families = Self.divided(total, weights)
            return
        }
        let sum = max(1, weights.reduce(0) { $0 + $1.weight })
        let others = weights.filter { $0.code != skew.tenant }
        let most = max(1, total - others.count)
        let share = min(most, total * crowded.weight * skew.factor / sum)
        families = Self.divided(total - share, others).merging([crowded.code: share]) { $1 }
    }

    private static func communities(of tenant: Tenant, _ gazetteer: Gazetteer) -> Int {
        tenant.divisions.reduce(0) { sum, division in
            gazetteer.townships(in: division.rawValue).reduce(sum) {
                $0 + gazetteer.communities(in: division.rawValue, township: $1).count
            }
        }
    }

    /// One family each, and the rest by weight; what rounding leaves goes to the largest remainders.
    private static func divided(
        _ total: Int, _ weights: [(code: TenantCode, weight: Int)]
    ) -> [TenantCode: Int] {
        let ordered = weights.sorted { ($1.weight, $0.code) < ($0.weight, $1.code) }.prefix(max(0, total))
        let sum = max(1, ordered.reduce(0) { $0 + $1.weight })
        let rest = total - ordered.count
        var shares = Dictionary(uniqueKeysWithValues: ordered.map { ($0.code, 1 + rest * $0.weight / sum) })
        let remainders = ordered.sorted {
            (rest * $1.weight % sum, $0.code) < (rest * $0.weight % sum, $1.code)
        }
        for share in remainders.prefix(total - shares.values.reduce(0, +)) { shares[share.code, default: 0] += 1 }
        return shares
    }
}

/// Why no season can be generated for a tenant.
public enum SeasonObstacle: String, Hashable, Sendable, Codable, CaseIterable {
    /// It serves no division: its counties enroll for themselves, and no family applies to it.
    case servesNoDivision = "serves_no_division"
    /// It keeps a system of its own: no family files through the portal.
    case verificationOnly = "verification_only"
    /// It has no primary schools.
    case noPrimary = "no_primary"
    /// Its categories are none of those that the generator's author has read.
    case unknownRules = "unknown_rules"
}
