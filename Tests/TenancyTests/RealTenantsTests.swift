import Catchments
import Enrollment
import Foundation
import Tenancy
import Testing

/// The repository's own `Tenants/`, loaded once.
enum RealTenants {
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Tenants").path
    static let season = SeasonYear(2026)
    static let loaded = Result { () throws(TenancyError) in
        try TenantRegistry.load(directory: directory, season: season)
    }
}

@Suite("Tenants/ as it stands")
struct RealTenantsTests {
    let registry: TenantRegistry

    init() throws { registry = try RealTenants.loaded.get() }

    @Test("loads without a problem: 14 cities and 117 counties")
    func loads() {
        #expect(registry.problems.map(\.description) == [])
        #expect(registry.quarantined.isEmpty)
        #expect(registry.tenants.count == 131)
        #expect(registry.cities.count == 14)
        #expect(registry.tenants.count { $0.kind == .county } == 117)
        #expect(registry.tenants.map(\.code) == registry.tenants.map(\.code).sorted())
        #expect(registry.cities.reduce(0) { $0 + registry.tenants(inCity: $1.code).count } == 117)
    }

    @Test("every one of the 122 divisions is served once in each stage")
    func coverage() {
        for stage in Stage.allCases {
            let served = registry.tenants.filter { $0.stages.contains(stage) }.flatMap(\.divisions)
            #expect(served.count == 122)
            #expect(Set(served).count == 122)
            for division in served { #expect(registry.tenant(serving: division, stage: stage) != nil) }
        }
        #expect(registry.tenant(serving: "430102", stage: .primary)?.code == "430100")
        #expect(registry.tenant(serving: "430922", stage: .junior)?.code == "430922")
        #expect(registry.tenant(serving: "430900", stage: .primary) == nil)
    }

    @Test("桃江县 carries its published county-town plan: 2,340 seats, 桃花江社区 belongs to three schools")
    func taojiang() throws {
        let tenant = try #require(registry.tenant("430922"))
        #expect(tenant.isPlanPublished)
        #expect(tenant.planAuthority.year == 2024)
        #expect(tenant.planAuthority.carriedOver)
        #expect(tenant.schools.map(\.seats) == [315, 630, 405, 270, 450, 270])
        #expect(tenant.schools.allSatisfy { $0.classSize == 45 })
        let plan = tenant.catchmentPlan(.primary)
        let home = try #require(Community(canonical: "430922/桃花江镇/桃花江社区"))
        #expect(plan.resolve(home).schools == ["P01", "P02", "P04"])
        #expect(plan.clauses.count == 27)
        #expect(plan.resolve(Community(canonical: "430922/桃花江镇/大华村")) == .none)
        #expect(tenant.catchmentPlan(.junior).resolve(home) == .needsPerson(.planNotPublished))
        #expect(tenant.policy.categories.map(\.id) == ["household_and_home", "household_only", "home_only", "neither"])
        #expect(tenant.policy.categoriesAuthority.kind == .template)
    }

    @Test("长沙县 lets the home decide where household and home differ, and plans classes of 50")
    func changshaCounty() throws {
        let tenant = try #require(registry.tenant("430121"))
        #expect(!tenant.isPlanPublished)
        #expect(tenant.policy.categoriesAuthority.year == 2022)
        #expect(tenant.classSizeCap == [.primary: 50, .junior: 50])
        let facts: [FactKey: FactValue] = [
            .householdInCounty: .flag(true), .homeOwned: .flag(true), .homeResidential: .flag(true),
            .homeInCounty: .flag(true), .parentsOwnNoHome: .flag(false),
            .householdCommunity: .code("430121/星沙街道/望仙社区"),
            .homeCommunity: .code("430121/湘龙街道/湘龙社区"),
        ]
        let sheet = FactSheet(
            facts.map { key, value in
                Fact(
                    key: key, state: .known(value), source: .check, credential: nil, asOf: CivilDate(dayNumber: 0),
                    fetchedAt: Instant(milliseconds: 0))
            })
        func category(of tenant: Tenant?) -> CategoryID? {
            tenant.flatMap {
                decide(DecisionInput(policy: $0.policy, catchments: $0.catchmentPlan(.primary), facts: sheet)).category
            }
        }
        #expect(category(of: tenant) == "household_and_home")
        #expect(tenant.policy.categories.first?.place == .homeCommunity)
        #expect(category(of: registry.tenant("430922")) == "home_only")
    }

    @Test("长沙市 has five classes, and its counties inherit what they do not write themselves")
    func changshaCity() throws {
        let city = try #require(registry.tenant("430100"))
        #expect(city.policy.categories.count == 5)
        #expect(city.policy.categories.last?.seat == .coordination)
        #expect(city.policy.calendar.closes.description == "2026-04-15")
        let liuyang = try #require(registry.tenant("430181"))
        #expect(liuyang.policy.categories == city.policy.categories)
        #expect(liuyang.sections.first { $0.section == "categories" }?.level == .city)
        #expect(liuyang.sections.first { $0.section == "class_size_cap" }?.level == .province)
        let county = try #require(registry.tenant("430121"))
        #expect(county.policy.calendar == city.policy.calendar)
        #expect(county.sections.first { $0.section == "categories" }?.level == .county)
    }

    @Test("every other tenant says template, and names the file and line of each section")
    func templates() throws {
        let published = registry.tenants.filter(\.isPlanPublished).map(\.code)
        #expect(published == ["430922"])
        let tenant = try #require(registry.tenant("433130"))
        #expect(tenant.policy.categoriesAuthority.kind == .template)
        #expect(tenant.planAuthority.kind == .template)
        let origin = try #require(tenant.sections.first { $0.section == "categories" })
        let lines = try String(contentsOfFile: "\(RealTenants.directory)/\(origin.file)", encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[origin.line - 1] == "categories:")
        let report = TenantReport.show(tenant)
        #expect(report.contains("categories: province.yaml:\(origin.line) (province，全省模板 template)"))
        #expect(report.contains("方案尚未发布"))
    }

    @Test("five connectors stand in the order in which pages list credentials, with their fields in the file's order")
    func connectors() throws {
        #expect(registry.connectors.map(\.credential) == CredentialID.principal)
        let household = try #require(registry.connector(.household))
        #expect(household.fields.map(\.field) == ["household_number", "household_kind", "address", "members"])
        #expect(household.request["gmsfhm"] == .subjectNumber)
        guard case .records(let members)? = household.fields.last?.reading else {
            Issue.record("members are records")
            return
        }
        #expect(members.contains { $0.field == .birthDate && $0.reading == .date })
        #expect(household.fields[1].reading == .code(["家庭户": "family", "集体户": "collective"]))
    }

    @Test("the gazetteer knows 祁阳市 under today's code and no functional zone")
    func gazetteer() {
        #expect(registry.gazetteer.count == 29_433)
        #expect(!registry.gazetteer.townships(in: "431181").isEmpty)
        #expect(registry.gazetteer.townships(in: "431121").isEmpty)
        #expect(registry.gazetteer.townships(in: "430971").isEmpty)
    }

    @Test("a listing says code, name, kind, city, divisions and status")
    func listing() throws {
        #expect(registry.listings.count == 131)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let listing = try #require(registry.listings.first { $0.code == "430922" })
        #expect(
            String(decoding: try encoder.encode(listing), as: UTF8.self)
                == #"{"city":"430900","code":"430922","divisions":["430922"],"kind":"county","name":"桃江县","status":"published"}"#
        )
    }

    @Test("a tenant survives JSON with its version")
    func roundTrip() throws {
        for code in ["430922", "430100"] as [TenantCode] {
            let tenant = try #require(registry.tenant(code))
            let copy = try JSONDecoder().decode(Tenant.self, from: JSONEncoder().encode(tenant))
            #expect(copy == tenant)
        }
    }
}
