import Catchments
import Enrollment
import Tenancy
import Testing

@Suite("Quarantine")
struct QuarantineTests {
    private static let cityPolicy = "\(TenantsFixture.city)/2026/policy.yaml"

    @Test("every problem of a county is told at once, in the order of file and line")
    func accumulates() throws {
        let fixture = try TenantsFixture()
        try fixture.replace("opens: 2026-06-01", with: "opens: soon", in: TenantsFixture.policy)
        try fixture.replace("seat: coordination", with: "seat: lottery", in: TenantsFixture.policy)
        try fixture.replace("primary,7,45", with: "primary,0,45", in: TenantsFixture.schools)
        try fixture.replace("school: P06", with: "school: P99", in: TenantsFixture.catchments)
        let problems = try fixture.load().problems
        // Class sizes cannot be held against schools before the policy can be read.
        #expect(problems.map(\.value) == ["soon", "lottery"])
        #expect(problems == problems.sorted())
        try fixture.write(TenantsFixture.policy, TenantsFixture.ownPolicy)
        #expect(try fixture.load().problems.map(\.value) == ["P99", "0"])
    }

    @Test("a quarantined county is listed as such, with its name, and serves nobody")
    func listed() throws {
        let fixture = try TenantsFixture()
        try fixture.write("\(TenantsFixture.taojiang)/tenant.yaml", "code: [")
        let registry = try fixture.load()
        #expect(registry.tenant("430922") == nil)
        #expect(registry.tenant(serving: "430922", stage: .primary) == nil)
        let listing = try #require(registry.listings.first { $0.code == "430922" })
        #expect(listing.status == .quarantined)
        #expect(listing.name == "桃江县")
        #expect(registry.problems.map(\.file) == ["\(TenantsFixture.taojiang)/tenant.yaml"])
        let report = TenantReport.validation(registry)
        #expect(report.hasPrefix("\(TenantsFixture.taojiang)/tenant.yaml:"))
        #expect(report.hasSuffix("1 个问题 problems。2 个租户可用 tenants serve，1 个隔离 quarantined: 430922 桃江县。"))
    }

    @Test("a city's broken section quarantines the city and the counties that inherit it, no other")
    func brokenCitySection() throws {
        let fixture = try TenantsFixture()
        try fixture.write(
            Self.cityPolicy,
            """
            season: 2026
            calendar:
              authority: { kind: template }
              opens: 2026-06-01
              closes: 2026-05-20
              freezes: 2026-06-21
              offers_until: 2026-08-15
              reports: 2026-08-31

            """)
        let registry = try fixture.load()
        #expect(registry.problems.map { "\($0.file):\($0.line)" } == ["\(Self.cityPolicy):5"])
        #expect(registry.quarantined.map(\.code) == ["430900", "430921"])
        #expect(registry.tenants.map(\.code) == ["430922"])
    }

    @Test("a city's unreadable policy holds all its counties back: the province's rules are not theirs")
    func unreadableCityPolicy() throws {
        let fixture = try TenantsFixture()
        try fixture.write(Self.cityPolicy, "season: 2026\ncalender: {}\n")
        let registry = try fixture.load()
        #expect(registry.problems.map { "\($0.file):\($0.line) \($0.field)" } == ["\(Self.cityPolicy):2 calender"])
        #expect(registry.tenants.isEmpty)
    }

    @Test("a file whose name nobody reads is a problem, not a silence")
    func strayFile() throws {
        let fixture = try TenantsFixture()
        let stray = "\(TenantsFixture.taojiang)/2026/polcy.yaml"
        try fixture.write(stray, "season: 2026\n")
        #expect(try fixture.load().problems.map { "\($0.file):\($0.line)" } == ["\(stray):1"])
    }

    @Test("a plan of schools without catchments is a problem")
    func missingCatchments() throws {
        let fixture = try TenantsFixture()
        try fixture.remove(TenantsFixture.catchments)
        let registry = try fixture.load()
        #expect(
            registry.problems.map { "\($0.file):\($0.line) \($0.problem)" } == [
                "\(TenantsFixture.catchments):1 没有 is missing"
            ])
        #expect(registry.quarantined.map(\.code) == ["430922"])
    }

    @Test("a plan of catchments without schools is one problem, not one a clause")
    func missingSchools() throws {
        let fixture = try TenantsFixture()
        try fixture.remove(TenantsFixture.schools)
        #expect(try fixture.load().problems.map(\.file) == [TenantsFixture.schools])
    }

    @Test("a division that no tenant serves is told for each stage, and the others serve")
    func unserved() throws {
        let fixture = try TenantsFixture()
        try fixture.remove(TenantsFixture.nanxian)
        let registry = try fixture.load()
        let line = try fixture.line(of: "430921,", in: "gazetteer/divisions.csv")
        #expect(
            registry.problems.map { "\($0.file):\($0.line) \($0.field)" } == [
                "gazetteer/divisions.csv:\(line) junior", "gazetteer/divisions.csv:\(line) primary",
            ])
        #expect(registry.tenants.map(\.code) == ["430900", "430922"])
    }

    @Test("a sentence only a person can apply sends its community to a person")
    func sentence() throws {
        let fixture = try TenantsFixture()
        let text = try fixture.read(TenantsFixture.catchments)
        try fixture.write(
            TenantsFixture.catchments,
            text + "sentences:\n  - { stage: primary, school: P01, within: 近桃社区, text: 距离北校区较近的组 }\n")
        let registry = try fixture.load()
        #expect(registry.problems == [])
        let plan = try #require(registry.tenant("430922")).catchmentPlan(.primary)
        let home = try #require(registry.gazetteer.communities(named: "近桃社区", in: "430922").first)
        guard case .needsPerson(.sentence(let clauses)) = plan.resolve(home) else {
            Issue.record("a sentence needs a person")
            return
        }
        #expect(clauses.map(\.text) == ["距离北校区较近的组"])
    }
}
