import Enrollment
import Tenancy
import Testing

/// One thing broken in a county's files, and the one problem it must give.
struct Breakage: Sendable, CustomTestStringConvertible {
    let title: String
    let file: String
    let old: String
    let new: String
    /// Text on the line that the problem must name, after the change.
    let at: String
    let field: String
    let value: String
    let problem: String

    init(
        _ title: String, _ file: String, _ old: String, _ new: String, at: String? = nil, field: String,
        value: String, _ problem: String
    ) {
        self.title = title
        self.file = file
        self.old = old
        self.new = new
        self.at = at ?? new
        self.field = field
        self.value = value
        self.problem = problem
    }

    var testDescription: String { title }
}

@Suite("A broken county")
struct BrokenCountyTests {
    private static let policy = TenantsFixture.policy
    private static let schools = TenantsFixture.schools
    private static let catchments = TenantsFixture.catchments
    private static let tenant = "\(TenantsFixture.taojiang)/tenant.yaml"

    static let rules: [Breakage] = [
        .init(
            "an unknown fact", policy, "household.in_county == true, {", "household.in_town == true, {",
            field: "condition.all", value: "household.in_town", "unknown fact"),
        .init(
            "a flag compared with a number", policy, "parents.own_no_home == true", "parents.own_no_home == 3",
            field: "condition.all", value: "parents.own_no_home == 3", "wrong type"),
        .init(
            "months compared with a word", policy, "residence_permit.months >= 12", "residence_permit.months >= twelve",
            field: "condition.any", value: "residence_permit.months >= twelve", "wrong type"),
        .init(
            "a flag put in order", policy, "parents.own_no_home == true", "parents.own_no_home >= true",
            field: "condition.all", value: "parents.own_no_home >= true", "no order"),
        .init(
            "an unknown code", policy, "home.kind == rented", "home.kind == leased", field: "condition.any",
            value: "home.kind == leased", "unknown code"),
        .init(
            "a place that is no community", policy, "home.kind == rented", "home.community == 430922/桃花江镇/近桃",
            field: "condition.any", value: "home.community == 430922/桃花江镇/近桃", "wrong type"),
        .init(
            "an unknown sign", policy, "residence_permit.months >= 12", "residence_permit.months => 12",
            field: "condition.any", value: "residence_permit.months => 12", "not a comparison"),
        .init(
            "two facts of different types said to be the same", policy, "[household.community, home.community]",
            "[household.community, home.in_county]", field: "one_place.same",
            value: "household.community, home.in_county", "two types"),
        .init(
            "an unknown predicate", policy, "predicate: one_place", "predicate: two_places",
            field: "condition.all.predicate", value: "two_places", "unknown predicate"),
        .init(
            "an empty list of conditions", policy, "{ any: [home.kind == rented, residence_permit.months >= 12] }",
            "{ any: [] }", field: "condition.any", value: "", "empty list"),
        .init(
            "a category with the condition of an earlier one", policy,
            "{ any: [home.kind == rented, residence_permit.months >= 12] }",
            "{ all: [parents.own_no_home == true, household.in_county == true] }", field: "condition", value: "third",
            "unreachable"),
        .init(
            "a category an earlier one already takes", policy,
            "{ any: [home.kind == rented, residence_permit.months >= 12] }",
            "{ any: [home.kind == rented, home.kind != rented] }\n      place: home.community\n    - id: fourth\n      title: 其他\n"
                + "      condition: residence_permit.valid == true",
            at: "condition: residence_permit.valid == true", field: "condition", value: "fourth", "unreachable"),
        .init(
            "a condition that never holds", policy,
            "{ all: [household.in_county == true, parents.own_no_home == true] }",
            "{ all: [household.in_county == true, household.in_county == false] }", field: "condition",
            value: "second", "never holds"),
        .init(
            "a category twice", policy, "- id: third", "- id:  second", field: "id", value: "second",
            "duplicate category"),
        .init(
            "a place that is not a place", policy, "place: household.community", "place: household.kind",
            field: "place",
            value: "household.kind", "not a place"),
        .init(
            "a rank key without an order of its own", policy, "fact: household.registered_since", "fact: home.kind",
            field: "rank_keys.fact", value: "home.kind", "has no order"),
        .init(
            "a window that closes before it opens", policy, "closes: 2026-06-20", "closes: 2026-05-20", field: "closes",
            value: "2026-05-20", "out of order"),
        .init(
            "a roster frozen on the last day of registration", policy, "freezes: 2026-06-21", "freezes: 2026-06-20",
            field: "freezes", value: "2026-06-20", "out of order"),
        .init(
            "a day that does not exist", policy, "closes: 2026-06-20", "closes: 2026-06-31", field: "closes",
            value: "2026-06-31", "not a date"),
        .init(
            "a day of another year", policy, "opens: 2026-06-01", "opens: 2025-06-01", field: "opens",
            value: "2025-06-01", "another year"),
        .init(
            "a class size over the legal maximum", policy, "primary: 45", "primary: 56", field: "primary", value: "56",
            "over the legal class size"),
        .init(
            "a school's classes over the county's cap", schools, "primary,7,45", "primary,7,46", field: "class_size",
            value: "46", "over the class size"),
        .init(
            "a school code twice", schools, "P02,", "P01,样例小学,,primary,1,45,\nP02,", at: "样例小学", field: "code",
            value: "P01",
            "duplicate school code"),
        .init(
            "a stage that is not the county's", schools, "primary,7,45", "senior,7,45", field: "stage",
            value: "senior", "not a stage"),
        .init(
            "a number of classes that is no number", schools, "primary,7,45", "primary,seven,45", field: "classes",
            value: "seven", "not an allowed whole number"),
        .init(
            "a row with a cell too many", schools, "primary,7,45,", "primary,7,45,,", field: "columns",
            value: "P01,桃花江镇中心学校小学部,Taohuajiang Town Central School (primary),primary,7,45,,", "wrong number of cells"),
        .init(
            "a school that no clause names", schools, "P06,桃谷山", "P07,样例小学,,primary,1,45,\nP06,桃谷山", at: "P07",
            field: "code", value: "P07", "a school in no clause"),
        .init(
            "a clause for an unknown school", catchments, "school: P03", "school: P30", field: "school", value: "P30",
            "unknown school"),
        .init(
            "a community that is not in the gazetteer", catchments, "[近桃社区, 金凤社区, 杨家坳村", "[近桃社区, 金凤社区, 银凤社区",
            field: "communities", value: "银凤社区", "not in the gazetteer"),
        .init(
            "a short form of a community", catchments, "[近桃社区, 金凤社区, 杨家坳村", "[近桃社区, 金凤社区, 杨家坳",
            field: "communities", value: "杨家坳", "not in the gazetteer"),
        .init(
            "a community twice in one clause", catchments, "[近桃社区, 金凤社区, 杨家坳村", "[近桃社区, 金凤社区, 近桃社区",
            field: "communities", value: "近桃社区", "named twice"),
        .init(
            "evidence the law forbids", policy, "[household, residence_permit]", "[household, vaccination]",
            field: "credentials", value: "vaccination", "the law forbids"),
        .init(
            "evidence that no rule uses", policy, "[household, residence_permit]", "[household, social_insurance]",
            field: "credentials", value: "social_insurance", "no rule uses"),
        .init(
            "an unknown credential", policy, "[household, residence_permit]", "[household, passport]",
            field: "credentials", value: "passport", "unknown credential"),
        .init(
            "a section without its authority", policy, "calendar:\n  authority: { kind: template }\n", "calendar:\n",
            at: "calendar:", field: "authority", value: "", "no authority"),
        .init(
            "a published section without its document", policy, "document: 样例文件, ", "", at: "kind: published",
            field: "document", value: "", "without its document"),
        .init(
            "an earlier year's document that is not carried over", policy, ", carried_over: true", "",
            at: "kind: published", field: "carried_over", value: "false", "not carried over"),
        .init(
            "a template that names a document", policy, "calendar:\n  authority: { kind: template }",
            "calendar:\n  authority: { kind: template, document: 样例文件 }", at: "document: 样例文件 }", field: "document",
            value: "样例文件", "a template has no document"),
        .init(
            "sample data outside a demonstration", catchments, "kind: published", "kind: sample", field: "kind",
            value: "sample", "sample data in Tenants/"),
        .init(
            "an unknown key", policy, "seat: coordination", "seats: coordination", field: "seats", value: "seats",
            "unknown key"),
        .init(
            "a key twice", policy, "closes: 2026-06-20", "closes: 2026-06-20\n  opens: 2026-06-02",
            at: "opens: 2026-06-02", field: "opens", value: "opens", "duplicate key"),
        .init(
            "a tab", policy, "  closes: 2026-06-20", "\tcloses: 2026-06-20", at: "\tcloses", field: "YAML", value: "",
            "a tab"),
        .init(
            "something that is not YAML", policy, "closes: 2026-06-20", "closes: [2026-06-20", at: "freezes",
            field: "YAML", value: "", "not YAML"),
        .init(
            "a folder of another code", tenant, "code: 430922", "code: 430923", field: "code", value: "430923",
            "not the folder's code"),
        .init(
            "a name that is not the division's", tenant, "zh: 桃江县,", "zh: 桃红县,", field: "name", value: "桃红县",
            "not the division's name"),
        .init(
            "a division that is not in divisions.csv", tenant, "divisions: [430922]", "divisions: [430922, 430999]",
            field: "divisions", value: "430999", "unknown division"),
        .init(
            "a division that another tenant serves", tenant, "divisions: [430922]", "divisions: [430922, 430921]",
            field: "divisions", value: "430921", "served by two tenants"),
    ]

    @Test("is told once, with file and line, and leaves the other tenants serving", arguments: rules)
    func rule(_ breakage: Breakage) throws {
        let fixture = try TenantsFixture()
        try fixture.replace(breakage.old, with: breakage.new, in: breakage.file)
        let registry = try fixture.load()
        let line = try fixture.line(of: breakage.at, in: breakage.file)
        let found = Set(registry.problems.map { "\($0.file):\($0.line) \($0.field) \"\($0.value)\"" })
        #expect(found == ["\(breakage.file):\(line) \(breakage.field) \"\(breakage.value)\""], "\(registry.problems)")
        #expect(registry.problems.allSatisfy { $0.problem.contains(breakage.problem) }, "\(registry.problems)")
        #expect(registry.quarantined.map(\.code) == ["430922"])
        #expect(registry.tenants.map(\.code) == ["430900", "430921"])
    }
}
