public import Enrollment

/// `season.json`: what was generated, so that a replay and a test can say what they expect.
public struct SeasonManifest: Hashable, Sendable, Codable {
    /// A school and the seats that a plan gives it.
    public struct School: Hashable, Sendable, Codable {
        public let code: SchoolCode
        public let seats: Int
    }

    public struct TenantPart: Hashable, Sendable, Codable {
        public let code: TenantCode
        /// In Chinese.
        public let name: String
        public let families: Int
        public let children: Int
        public let schools: [School]
        /// Whether the schools are the season's own samples.
        public let sampleSchools: Bool
        /// Categories in the order in which they come first, as the generator knows them.
        public let categoryOrder: [CategoryID]
        /// Categories for which the bureau finds the seat, after the catchments.
        public let seatsByCoordination: [CategoryID]
        /// Families by kind.
        public let kinds: [String: Int]
        /// First and last day of the tenant's registration window; nil in seasons generated before windows were kept.
        public let opens: CivilDate?
        public let closes: CivilDate?
    }

    public static let fileName = "season.json"
    /// Changes when the same seed means another season.
    public static let currentVersion = 1

    public let generatorVersion: Int
    public let seed: UInt64
    public let year: SeasonYear
    public let families: Int
    public let children: Int
    public let tenants: [TenantPart]

    public func tenant(_ code: TenantCode) -> TenantPart? { tenants.first { $0.code == code } }
}
