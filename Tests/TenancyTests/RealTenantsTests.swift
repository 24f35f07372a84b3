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
    }
}
