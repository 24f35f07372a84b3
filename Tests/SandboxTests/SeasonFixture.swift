import Catchments
import Enrollment
import Foundation
import Tenancy

@testable import Sandbox

/// The real tenants, and seasons generated over them.
enum SeasonFixture {
    static let registry: TenantRegistry = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        do {
            return try TenantRegistry.load(
                directory: root.appendingPathComponent("Tenants").path, season: SeasonYear(2026))
        } catch {
            preconditionFailure("Tenants/ does not load: \(error)")
        }
    }()

    /// 桃江县, published, and 安化县, its neighbour without a plan.
    static let taojiang: TenantCode = "430922"
    static let anhua: TenantCode = "430923"

    /// A thousand families of 桃江县 and three hundred of 安化县, generated once for all tests that only read them.
    static let standard = Result { try season() }

    static func season(
        seed: UInt64 = 1, _ families: [TenantCode: Int] = [taojiang: 1000, anhua: 300]
    ) throws -> GeneratedSeason {
        try SeasonGenerator(
            settings: SeasonSettings(seed: seed, year: SeasonYear(2026), families: families),
            tenants: registry.tenants, gazetteer: registry.gazetteer
        ).generate()
    }
}
