public import Enrollment

/// What a season is generated from; equal settings over equal tenants give equal seasons, byte for byte.
public struct SeasonSettings: Hashable, Sendable {
    public var seed: UInt64
    public var year: SeasonYear
    /// How many families each tenant gets; tenants that are not named get none.
    public var families: [TenantCode: Int]

    public init(seed: UInt64, year: SeasonYear, families: [TenantCode: Int]) {
        self.seed = seed
        self.year = year
        self.families = families
    }
}
