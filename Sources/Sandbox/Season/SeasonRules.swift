import Enrollment
import Tenancy

/// Categories as the generator itself knows them.
enum SeasonCategory {
    static let householdAndHome: CategoryID = "household_and_home"
    static let householdOnly: CategoryID = "household_only"
    static let homeOnly: CategoryID = "home_only"
    static let neither: CategoryID = "neither"
    // 长沙市 divides 有户无房 in two.
    static let householdOnlyFirst: CategoryID = "household_only_first"
    static let householdOnlySecond: CategoryID = "household_only_second"
}

/// What a tenant's published text makes of each kind of family: read by the generator's author from the documents, a
/// second time, and never evaluated.
struct SeasonRules: Sendable {
    /// Categories in the order in which they come first.
    let order: [CategoryID]
    /// A household here, and parents who own no home here.
    let householdOnly: CategoryID
    /// A household here without more; nil where that alone is no category.
    let householdAnyway: CategoryID?
    /// Household and home in two communities of the tenant.
    let twoCommunities: CategoryID
    /// Categories for which the bureau finds the seat after the catchments.
    let seatsByCoordination: [CategoryID]

    /// Nil for a tenant whose categories are none of those known here.
    init?(of tenant: Tenant) {
        let ids = Set(tenant.policy.categories.map(\.id))
        let isChangshaCity = ids.contains(SeasonCategory.householdOnlyFirst)
        // 长沙县 2022: 户房不一致以房为准.
        let homeDecides = tenant.code == "430121"
        householdOnly = isChangshaCity ? SeasonCategory.householdOnlyFirst : SeasonCategory.householdOnly
        householdAnyway = isChangshaCity ? SeasonCategory.householdOnlySecond : nil
        twoCommunities = homeDecides ? SeasonCategory.householdAndHome : SeasonCategory.homeOnly
        seatsByCoordination = isChangshaCity || homeDecides ? [SeasonCategory.neither] : []
        order =
            [SeasonCategory.householdAndHome, householdOnly, SeasonCategory.homeOnly]
            + (householdAnyway.map { [$0] } ?? []) + [SeasonCategory.neither]
        guard ids == Set(order) else { return nil }
    }
}
