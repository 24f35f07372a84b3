import Catchments
import Enrollment
import Tenancy

/// Where the canary lives: two counties that no division is, so that no family, no officer and no figure of the province
/// ever meets them. Real processes do not load them.
struct CanaryGround: Sendable {
    /// The city that both lie in, and the province that the city lies in; neither is one.
    static let city: TenantCode = "990100"
    static let province: TenantCode = "990000"
    static let home: TenantCode = "990101"
    static let other: TenantCode = "990102"
    static let tenants = [home, other]
    private static let township = "样例镇"
    private static let community = "样例社区"

    let registry: TenantRegistry
    let season: SeasonYear

    /// - Parameter real: the installation's tenants, whose season, connectors and province are used.
    init(beside real: TenantRegistry) throws {
        season = real.season
        let year = String(real.season.value)
        registry = TenantRegistry(
            season: real.season, provinceName: real.provinceName,
            tenants: try [
                Self.tenant(Self.city, "样例市", "Sample City", year),
                Self.tenant(Self.home, "样例金丝雀县一", "Sample Canary County One", year),
                Self.tenant(Self.other, "样例金丝雀县二", "Sample Canary County Two", year),
            ],
            gazetteer: Gazetteer(
                communities: Self.tenants.map(Self.place),
                divisionNames: ["990100": "样例市", "990101": "样例金丝雀县一", "990102": "样例金丝雀县二"]),
            connectors: real.connectors)
    }

    /// A morning of the season, Beijing time: inside the window, or on the day seats are given.
    func morning(_ day: String) throws -> Instant { try Self.instant("\(season.value)-\(day)T09:00:00+08:00") }

    static func place(_ tenant: TenantCode) -> Community {
        Community(division: tenant.rawValue, township: township, name: community)
    }

    static func address(_ tenant: TenantCode, _ street: String) -> String {
        "样例市样例金丝雀县\(tenant == home ? "一" : "二")\(township)\(community)\(street)"
    }

    private static func instant(_ text: String) throws -> Instant {
        guard let instant = Instant(text) else { throw CanaryError.unplanted("time \(text)") }
        return instant
    }

    private static func day(_ text: String) throws -> CivilDate {
        guard let day = CivilDate(text) else { throw CanaryError.unplanted("day \(text)") }
        return day
    }

    private static func tenant(
        _ code: TenantCode, _ zh: String, _ en: String, _ year: String
    ) throws -> Tenant {
        let sample = Authority(kind: .sample)
        return Tenant(
            code: code, name: LocalizedText(zh: zh, en: en), kind: code == city ? .city : .county, city: city,
            mode: .hosted, divisions: code == city ? [] : [DivisionCode(rawValue: code.rawValue)], stages: [.primary],
            contact: Contact(office: LocalizedText(zh: "样例", en: "Sample")),
            policy: Policy(
                categories: categories, categoriesAuthority: sample,
                calendar: Calendar(
                    opens: try day("\(year)-07-01"), closes: try day("\(year)-07-20"),
                    freezes: try day("\(year)-07-21"), offersUntil: try day("\(year)-08-15"),
                    reports: try day("\(year)-08-31")),
                calendarAuthority: sample,
                referenceDates: ReferenceDates(age: try day("\(year)-08-31"), months: try day("\(year)-08-01")),
                referenceDatesAuthority: sample,
                entryAge: [
                    .primary: EntryAge(
                        minimumYears: 6, usualMaximumYears: 8, referenceDay: try day("\(year)-08-31"))
                ]),
            schools: [
                School(
                    code: "P01", name: LocalizedText(zh: "样例金丝雀小学", en: "Sample Canary School"), stage: .primary,
                    classes: 1, classSize: 40, address: nil)
            ],
            catchments: [
                .primary: CatchmentPlan(clauses: [
                    CatchmentClause(number: 1, school: "P01", coverage: .community(place(code)), text: community)
                ])
            ],
            planAuthority: sample, classSizeCap: [.primary: 45], sections: [])
    }

    private static let categories = [
        Category(
            id: "household_and_home", title: LocalizedText(zh: "有户有房", en: "Registered and own home"),
            condition: .all([
                .compare(.householdInCounty, .equal, .flag(true)), .compare(.homeOwned, .equal, .flag(true)),
                .compare(.homeResidential, .equal, .flag(true)), .compare(.homeInCounty, .equal, .flag(true)),
                .same(.householdCommunity, .homeCommunity),
            ]), place: .homeCommunity, seat: .catchment),
        Category(
            id: "household_only", title: LocalizedText(zh: "有户无房", en: "Registered, no home"),
            condition: .all([
                .compare(.householdInCounty, .equal, .flag(true)),
                .compare(.parentsOwnNoHome, .equal, .flag(true)),
            ]), place: .householdCommunity, seat: .catchment),
    ]
}

/// Why the canary could not be planted: a defect of its own, or an installation that does not work.
struct CanaryError: Error, CustomStringConvertible {
    let description: String
    static func unplanted(_ what: String) -> CanaryError { CanaryError(description: what) }
}
