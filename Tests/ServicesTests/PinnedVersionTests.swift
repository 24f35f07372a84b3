import Enrollment
import Services
import Storage
import Tenancy
import Testing

@Suite("Rules are pinned when the window opens", .timeLimit(.minutes(5)))
struct PinnedVersionTests {
    private func changed() throws -> TenantRegistry {
        try RealTenants.loaded.get().replacing(TestSeason.taojiang) { $0.withCategoriesExchanged }
    }

    @Test("after the window has opened, changed files do not change the rules that are served")
    func open() async throws {
        let season = try await TestSeason()
        #expect(try await PublishLoadedTenants(season.platform)() == [])
        let pinned = try #require(season.platform.tenants().tenant(TestSeason.taojiang))
        let later = try await TestSeason(registry: try changed(), beside: season)
        #expect(later.platform.tenants().tenant(TestSeason.taojiang) != pinned)
        #expect(try await PublishLoadedTenants(later.platform)() == [TestSeason.taojiang])
        let served = try #require(later.platform.tenants().tenant(TestSeason.taojiang))
        #expect(served.policy == pinned.policy && served.schools == pinned.schools)
        #expect(served.versionHash == pinned.versionHash)
        #expect(later.platform.tenants().tenants.count == 131)
        try await season.database.close()
    }

    @Test("before the window opens, changed files are served")
    func notOpen() async throws {
        let season = try await TestSeason(at: "2026-06-20T09:00:00+08:00")
        _ = try await PublishLoadedTenants(season.platform)()
        let later = try await TestSeason(at: "2026-06-21T09:00:00+08:00", registry: try changed(), beside: season)
        #expect(try await PublishLoadedTenants(later.platform)() == [])
        #expect(later.platform.tenants().tenant(TestSeason.taojiang)?.policy.categories.first?.id == "household_only")
        try await season.database.close()
    }

    @Test("a window that opens while the portal runs is pinned by the first submission at the latest")
    func opensWhileRunning() async throws {
        let season = try await TestSeason(at: "2026-06-30T09:00:00+08:00")
        _ = try await PublishLoadedTenants(season.platform)()
        try await season.move(to: TestSeason.windowMorning)
        let family = try SampleFamily(1)
        season.register(family)
        let viewer = try await season.arrive(family)
        _ = try await season.apply(viewer, family)
        let later = try await TestSeason(registry: try changed(), beside: season)
        #expect(try await PublishLoadedTenants(later.platform)() == [TestSeason.taojiang])
        #expect(
            later.platform.tenants().tenant(TestSeason.taojiang)?.policy.categories.first?.id == "household_and_home")
        try await season.database.close()
    }

    @Test("files that break after the window has opened do not take a county off the portal")
    func quarantined() async throws {
        let season = try await TestSeason()
        _ = try await PublishLoadedTenants(season.platform)()
        let pinned = try #require(season.platform.tenants().tenant(TestSeason.taojiang))
        let loaded = try RealTenants.loaded.get()
        let broken = TenantRegistry(
            season: loaded.season, provinceName: loaded.provinceName,
            tenants: loaded.tenants.filter { $0.code != TestSeason.taojiang },
            quarantined: [
                QuarantinedTenant(
                    code: pinned.code, name: pinned.name, kind: pinned.kind, city: pinned.city,
                    divisions: pinned.divisions, problems: [])
            ], gazetteer: loaded.gazetteer, connectors: loaded.connectors)
        let later = try await TestSeason(registry: broken, beside: season)
        #expect(try await PublishLoadedTenants(later.platform)() == [TestSeason.taojiang])
        let served = later.platform.tenants()
        #expect(served.tenant(TestSeason.taojiang)?.versionHash == pinned.versionHash)
        #expect(served.quarantined.isEmpty)
        #expect(served.listings.count { $0.code == TestSeason.taojiang } == 1)
        try await season.database.close()
    }
}
