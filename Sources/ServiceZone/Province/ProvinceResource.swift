import Enrollment
import Foundation
import Services
import Tenancy

/// The province's numbers in the JSON interface; what is not named is zero.
struct ProvinceResource: Encodable, Sendable {
    struct Breakdown: Encodable, Sendable {
        var total = 0
        var byState: [String: Int] = [:]
        var byCategory: [String: Int] = [:]

        enum CodingKeys: String, CodingKey {
            case total
            case byState = "by_state"
            case byCategory = "by_category"
        }
    }

    let season: Int
    let asOf: String
    private(set) var province = Breakdown()
    private(set) var byStage: [String: Int] = [:]
    private(set) var byCategoryAndState: [String: [String: Int]] = [:]
    private(set) var cities: [String: Breakdown] = [:]
    private(set) var tenants: [String: Breakdown] = [:]

    enum CodingKeys: String, CodingKey {
        case season, province, cities, tenants
        case asOf = "as_of"
        case byStage = "by_stage"
        case byCategoryAndState = "by_category_and_state"
    }

    /// Every city and tenant stands in it, those with nothing too.
    init(_ numbers: ProvinceNumbers, _ registry: TenantRegistry) {
        season = numbers.season.value
        asOf = Date(timeIntervalSince1970: Double(numbers.asOf.milliseconds) / 1000)
            .ISO8601Format(.init(includingFractionalSeconds: true))
        for listing in registry.listings {
            cities[listing.city.rawValue] = Breakdown()
            tenants[listing.code.rawValue] = Breakdown()
        }
        province.total = numbers.total
        for (key, n) in numbers.counts(.stage) { byStage[key.stage?.rawValue ?? ""] = n }
        for (key, n) in numbers.counts(.state) { province.byState[key.state?.rawValue ?? ""] = n }
        for (key, n) in numbers.counts(.category) where key.isSettled { province.byCategory[key.categoryText] = n }
        for (key, n) in numbers.counts(.stateByCategory) where key.isSettled {
            byCategoryAndState[key.categoryText, default: [:]][key.state?.rawValue ?? ""] = n
        }
        for (key, n) in numbers.counts(.city) { cities[key.cityText, default: Breakdown()].total = n }
        for (key, n) in numbers.counts(.stateByCity) {
            cities[key.cityText, default: Breakdown()].byState[key.state?.rawValue ?? ""] = n
        }
        for (key, n) in numbers.counts(.categoryByCity) where key.isSettled {
            cities[key.cityText, default: Breakdown()].byCategory[key.categoryText] = n
        }
        for (key, n) in numbers.counts(.tenant) { tenants[key.tenantText, default: Breakdown()].total = n }
        for (key, n) in numbers.counts(.stateByTenant) {
            tenants[key.tenantText, default: Breakdown()].byState[key.state?.rawValue ?? ""] = n
        }
        for (key, n) in numbers.counts(.categoryByTenant) where key.isSettled {
            tenants[key.tenantText, default: Breakdown()].byCategory[key.categoryText] = n
        }
    }
}

extension ProvinceNumbers.Key {
    fileprivate var isSettled: Bool { category != Self.unsettled }
    fileprivate var categoryText: String { category?.rawValue ?? "" }
    fileprivate var cityText: String { city?.rawValue ?? "" }
    fileprivate var tenantText: String { tenant?.rawValue ?? "" }
}
