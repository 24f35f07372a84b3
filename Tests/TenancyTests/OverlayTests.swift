import Catchments
import Enrollment
import Foundation
import Tenancy
import Testing

@Suite("A demonstration's overlay")
struct OverlayTests {
    private static let header = "code,name,name_en,stage,classes,class_size,address\n"

    /// An overlay beside a fixture's tree, with one sample school for a tenant.
    private func overlay(for code: String, kind: String = "sample", community: String, in fixture: TenantsFixture)
        throws -> String
    {
        try fixture.write(
            "../\(fixture.root.lastPathComponent)-overlay/\(code)/schools.csv",
            Self.header + "S1,样例小学,Sample School,primary,2,45,\n")
        try fixture.write(
            "../\(fixture.root.lastPathComponent)-overlay/\(code)/catchments.yaml",
            """
            season: 2026
            authority: { kind: \(kind) }
            primary:
              - { school: S1, communities: [\(community)], text: 样例学区 }

            """)
        return fixture.root.path + "-overlay"
    }

    private func firstCommunity(_ registry: TenantRegistry, _ division: String) throws -> Community {
        let township = try #require(registry.gazetteer.townships(in: division).first)
        return try #require(registry.gazetteer.communities(in: division, township: township).first)
    }

    @Test("gives sample schools to a tenant without a published plan, which stays unpublished")
    func samples() throws {
        let fixture = try TenantsFixture()
        let home = try firstCommunity(fixture.load(), "430921")
        let directory = try overlay(for: "430921", community: "\(home.township)/\(home.name)", in: fixture)
        defer { discard(directory) }
        let registry = try fixture.load(overlay: directory)
        #expect(registry.problems == [])
        let tenant = try #require(registry.tenant("430921"))
        #expect(tenant.planAuthority.kind == .sample)
        #expect(!tenant.isPlanPublished)
        #expect(tenant.catchmentPlan(.primary).resolve(home).schools == ["S1"])
        #expect(tenant.sections.first { $0.section == "schools" }?.level == .overlay)
        #expect(registry.listings.first { $0.code == "430921" }?.status == .template)
    }

    @Test("never stands in for a published plan")
    func published() throws {
        let fixture = try TenantsFixture()
        let directory = try overlay(for: "430922", community: "近桃社区", in: fixture)
        defer { discard(directory) }
        let registry = try fixture.load(overlay: directory)
        #expect(registry.problems.map(\.problem) == ["已有发布的方案 the tenant has published its plan"])
        #expect(registry.quarantined.map(\.code) == ["430922"])
    }

    @Test("cannot claim a published document")
    func notSample() throws {
        let fixture = try TenantsFixture()
        let home = try firstCommunity(fixture.load(), "430921")
        let directory = try overlay(
            for: "430921", kind: "published, document: 样例文件", community: "\(home.township)/\(home.name)", in: fixture)
        defer { discard(directory) }
        #expect(
            try fixture.load(overlay: directory).problems.map { "\($0.file):\($0.line) \($0.field)" }
                == ["430921/catchments.yaml:2 kind"])
    }

    @Test("for a tenant that does not exist is told")
    func unknownTenant() throws {
        let fixture = try TenantsFixture()
        let directory = try overlay(for: "430999", community: "近桃社区", in: fixture)
        defer { discard(directory) }
        #expect(try fixture.load(overlay: directory).problems.map(\.file) == ["430999"])
    }

    private func discard(_ directory: String) {
        // A directory that is left behind harms nothing; the system clears it.
        try? FileManager.default.removeItem(atPath: directory)
    }
}
