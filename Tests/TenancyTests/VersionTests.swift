import Enrollment
import Tenancy
import Testing

@Suite("Versions")
struct VersionTests {
    private let county: TenantCode = "430922"

    @Test("the version is the same at every load and does not depend on where the files lie")
    func stable() throws {
        let first = try #require(try TenantsFixture().load().tenant(county))
        let second = try #require(try TenantsFixture().load().tenant(county))
        #expect(first.versionHash == second.versionHash)
        #expect(first.versionHash.count == 64)
    }

    @Test("a comment changes lines and not the version")
    func comment() throws {
        let fixture = try TenantsFixture()
        let before = try #require(try fixture.load().tenant(county))
        try fixture.replace("season: 2026", with: "# 说明\nseason: 2026", in: TenantsFixture.policy)
        let after = try #require(try fixture.load().tenant(county))
        #expect(after.versionHash == before.versionHash)
        #expect(after.sections != before.sections)
    }

    @Test("moving a community to another school changes the version of that county only")
    func moved() throws {
        let fixture = try TenantsFixture()
        let before = try fixture.load()
        try fixture.replace("[近桃社区, 金凤社区,", with: "[近桃社区,", in: TenantsFixture.catchments)
        try fixture.replace("[桃花路社区, 桃花江社区, 富民社区,", with: "[桃花路社区, 桃花江社区, 富民社区, 金凤社区,", in: TenantsFixture.catchments)
        let after = try fixture.load()
        #expect(after.problems == [])
        #expect(after.tenant(county)?.versionHash != before.tenant(county)?.versionHash)
        #expect(after.tenant("430921")?.versionHash == before.tenant("430921")?.versionHash)
    }

    @Test("swapping two categories changes the version")
    func swapped() throws {
        let fixture = try TenantsFixture()
        let before = try #require(try fixture.load().tenant(county))
        try fixture.replace("id: second", with: "id: other", in: TenantsFixture.policy)
        #expect(try fixture.load().tenant(county)?.versionHash != before.versionHash)
    }

    @Test("a section is inherited whole or not at all")
    func wholeSections() throws {
        let fixture = try TenantsFixture()
        let registry = try fixture.load()
        let own = try #require(registry.tenant(county))
        let other = try #require(registry.tenant("430921"))
        #expect(own.policy.calendar.opens.description == "2026-06-01")
        #expect(other.policy.calendar.opens.description == "2026-07-01")
        // The county's predicates stand in place of the province's, so the province's are not there beside them.
        try fixture.replace(
            "predicate: one_place", with: "predicate: home_agrees_with_household", in: TenantsFixture.policy)
        let broken = try fixture.load()
        #expect(broken.problems.map(\.value) == ["home_agrees_with_household"])
    }
}
