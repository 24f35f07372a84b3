import Catchments
import Enrollment
import Testing

/// The province's usual four categories, as Tenants/province.yaml writes them.
enum SamplePolicy {
    static let householdAndHome = Category(
        id: "household_and_home", title: LocalizedText(zh: "房户一致"),
        condition: .all([
            .compare(.householdInCounty, .equal, .flag(true)), .compare(.homeOwned, .equal, .flag(true)),
            .compare(.homeResidential, .equal, .flag(true)), .compare(.homeInCounty, .equal, .flag(true)),
            .predicate("home_agrees_with_household", .same(.householdCommunity, .homeCommunity)),
        ]), place: .homeCommunity, seat: .catchment)

    static let householdOnly = Category(
        id: "household_only", title: LocalizedText(zh: "有户无房"),
        condition: .all([
            .compare(.householdInCounty, .equal, .flag(true)), .compare(.parentsOwnNoHome, .equal, .flag(true)),
        ]), place: .householdCommunity, seat: .catchment)

    static let homeOnly = Category(
        id: "home_only", title: LocalizedText(zh: "有房无户"),
        condition: .all([
            .compare(.homeOwned, .equal, .flag(true)), .compare(.homeResidential, .equal, .flag(true)),
            .compare(.homeInCounty, .equal, .flag(true)),
        ]), place: .homeCommunity, seat: .catchment)

    static let neither = Category(
        id: "neither", title: LocalizedText(zh: "无户无房"),
        condition: .all([
            .compare(.permitValid, .equal, .flag(true)), .compare(.permitInCounty, .equal, .flag(true)),
            .compare(.permitMonths, .atLeast, .integer(12)), .compare(.insuranceMonths, .atLeast, .integer(12)),
        ]), place: .permitCommunity, seat: .catchment)

    static let four = [householdAndHome, householdOnly, homeOnly, neither]

    static func policy(_ categories: [Category] = four) throws -> Policy {
        let day = { (text: String) in try #require(CivilDate(text)) }
        let template = Authority(kind: .template)
        let age = try day("2026-08-31")
        return Policy(
            categories: categories, categoriesAuthority: template,
            calendar: Calendar(
                opens: try day("2026-07-01"), closes: try day("2026-07-20"), freezes: try day("2026-07-21"),
                offersUntil: try day("2026-08-15"), reports: age),
            calendarAuthority: template,
            referenceDates: ReferenceDates(age: age, months: try day("2026-08-01")), referenceDatesAuthority: template,
            entryAge: [.primary: EntryAge(minimumYears: 6, usualMaximumYears: 8, referenceDay: age)])
    }

    static let plan = CatchmentPlan(clauses: [
        clause(1, "P01", Place.jintao), clause(2, "P02", Place.jintao), clause(3, "P01", Place.fumin),
        clause(4, "P03", Place.chuangye),
    ])

    private static func clause(_ number: Int, _ school: String, _ place: Community) -> CatchmentClause {
        CatchmentClause(number: number, school: school, coverage: .community(place), text: "样例第\(number)条")
    }
}

/// Real communities, so that addresses are written as registers write them.
enum Place {
    static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    static let fumin = Community(division: "430922", township: "桃花江镇", name: "富民社区")
    static let chuangye = Community(division: "430922", township: "桃花江镇", name: "创业村")
    /// In 安化县, another county.
    static let elsewhere = Community(division: "430923", township: "东坪镇", name: "城南社区")

    static let names = ["430000": "湖南省", "430900": "益阳市", "430922": "桃江县", "430923": "安化县"]
    static let gazetteer = Gazetteer(communities: [jintao, fumin, chuangye, elsewhere], divisionNames: names)

    static func address(_ place: Community, _ rest: String = "样例路8号3栋201") -> String {
        "湖南省益阳市" + (names[place.division] ?? "") + place.township + place.name + rest
    }
}
