import Catchments
import Enrollment
import Tenancy

/// `/tenants`: every tenant of the province, grouped by city, and whether its plan is published.
struct TenantsPage: Page {
    static let template = "public/tenants"
    static let frame = PageFrame.open

    struct City: Sendable, Hashable {
        let code: String
        let name: String
        /// Fits above a few tiles: 湘西.
        let shortName: String
        /// The city's own tenant first, then its counties.
        let tenants: [Entry]
        /// 9 个区县,1 个已公布.
        let summary: String
    }

    struct Entry: Sendable, Hashable {
        let href: String
        let name: String
        let status: String
        let isPublished: Bool
        let isQuarantined: Bool
    }

    let title: String
    let lead: String
    let publishedCount: String
    let templateCount: String
    let quarantinedCount: String?
    let map: ProvinceMap
    let cities: [City]
}

extension TenantsPage {
    init(_ registry: TenantRegistry, words: Words) {
        let listings = registry.listings
        let count = { (status: TenantListing.Status) in listings.count { $0.status == status } }
        title = words("tenants.title")
        lead = words("tenants.lead", ["n": "\(listings.count)", "season": "\(registry.season)"])
        publishedCount = "\(count(.published))"
        templateCount = "\(count(.template))"
        quarantinedCount = count(.quarantined) > 0 ? "\(count(.quarantined))" : nil
        let name = { (listing: TenantListing) in
            registry.tenant(listing.code).map { words($0.name) } ?? listing.name
        }
        let byCity = Dictionary(grouping: listings, by: \.city)
        cities = byCity.keys.sorted().map { city in
            let members = (byCity[city] ?? []).sorted { left, right in
                (left.kind == .city ? 0 : 1, left.code) < (right.kind == .city ? 0 : 1, right.code)
            }
            let published = members.count { $0.status == .published }
            let cityName = members.first.map(name) ?? city.rawValue
            return City(
                code: city.rawValue, name: cityName, shortName: Self.short(cityName),
                tenants: members.map { member in
                    Entry(
                        href: "/t/\(member.code)", name: name(member),
                        status: words("tenants.status.\(member.status.rawValue)"),
                        isPublished: member.status == .published, isQuarantined: member.status == .quarantined)
                },
                summary: words(
                    published > 0 ? "tenants.summary" : "tenants.summary_none",
                    ["n": "\(members.count { $0.kind == .county })", "published": "\(published)"]))
        }
        map = ProvinceMap(cities)
    }

    /// A city's name without its kind: 长沙 for 长沙市, 湘西 for an autonomous prefecture, the first word in English.
    static func short(_ name: String) -> String {
        if name.hasSuffix("自治州") { return String(name.prefix(2)) }
        if name.hasSuffix("市") { return String(name.dropLast()) }
        return name.split(separator: " ").first.map(String.init) ?? name
    }

    static func samples(_ words: Words) -> [TenantsPage] {
        let entry = { (code: String, name: String, status: String) in
            Entry(
                href: "/t/\(code)", name: name, status: words("tenants.status.\(status)"),
                isPublished: status == "published", isQuarantined: status == "quarantined")
        }
        let cities = [
            City(
                code: "430900", name: "益阳市", shortName: "益阳",
                tenants: [
                    entry("430900", "益阳市", "template"), entry("430922", "桃江县", "published"),
                    entry("430923", "安化县", "quarantined"),
                ], summary: words("tenants.summary", ["n": "2", "published": "1"]))
        ]
        return [
            TenantsPage(
                title: words("tenants.title"), lead: words("tenants.lead", ["n": "131", "season": "2026"]),
                publishedCount: "1", templateCount: "1", quarantinedCount: "1", map: ProvinceMap(cities), cities: cities
            )
        ]
    }
}
