import Catchments
import Enrollment
import Foundation
import Tenancy
import Testing

@testable import Sandbox

@Suite("The families of a whole province")
struct SeasonSharesTests {
    private static let tenants = SeasonFixture.registry.tenants

    private func shares(_ total: Int, _ skew: SeasonShares.Skew? = .usual) -> SeasonShares {
        SeasonShares(
            total: total, tenants: Self.tenants, gazetteer: SeasonFixture.registry.gazetteer, skew: skew)
    }

    private func communities(_ code: TenantCode) throws -> Int {
        let tenant = try #require(SeasonFixture.registry.tenant(code))
        let gazetteer = SeasonFixture.registry.gazetteer
        return tenant.divisions.flatMap { division in
            gazetteer.townships(in: division.rawValue).flatMap {
                gazetteer.communities(in: division.rawValue, township: $0)
            }
        }.count
    }

    @Test("every family falls to one tenant, and every tenant that enrolls has some", arguments: [118, 1000, 100_000])
    func total(_ total: Int) {
        let shares = shares(total)
        #expect(shares.families.values.reduce(0, +) == total)
        #expect(Set(shares.families.keys) == Set(Self.tenants.filter(SeasonGenerator.canGenerate).map(\.code)))
        #expect(shares.families.values.allSatisfy { $0 > 0 })
    }

    @Test("shares follow the number of communities, and one county has seven times its own")
    func skew() throws {
        let even = shares(100_000, nil)
        let skewed = shares(100_000)
        for code in ["430181", "430923", "433127"] as [TenantCode] {
            let all = even.families.keys.reduce(0) { $0 + ((try? communities($1)) ?? 0) }
            let fair = Double(100_000 * (try communities(code))) / Double(all)
            #expect(abs(Double(even.families[code] ?? 0) - fair) < 3)
        }
        let (own, crowded) = (even.families["430922"] ?? 0, skewed.families["430922"] ?? 0)
        #expect(abs(crowded - 7 * own) < 10)
        let other = (even: even.families["430923"] ?? 0, skewed: skewed.families["430923"] ?? 0)
        #expect(other.skewed < other.even && other.skewed > other.even * 9 / 10)
    }

    @Test("a skew beyond the whole leaves the others one family each")
    func extremeSkew() {
        let shares = shares(500, .init(tenant: "430922", factor: 100))
        #expect(shares.families["430922"] ?? 0 > 300)
        #expect(shares.families.values.reduce(0, +) == 500)
        #expect(shares.families.values.allSatisfy { $0 > 0 })
    }

    @Test("fewer families than tenants: the largest have one each")
    func few() {
        #expect(shares(10, nil).families.values.sorted() == Array(repeating: 1, count: 10))
    }

    @Test("who gets no families is told with the reason: thirteen cities whose counties enroll for themselves")
    func leftOut() {
        let leftOut = shares(1000).leftOut
        #expect(leftOut.count == 13)
        #expect(leftOut.allSatisfy { $0.obstacle == .servesNoDivision && $0.code.rawValue.hasSuffix("00") })
        #expect(Self.tenants.count == leftOut.count + shares(1000).families.count)
    }

    @Test("a tenant that only verifies is left out for that reason")
    func verificationOnly() throws {
        let tenant = try #require(SeasonFixture.registry.tenant("430922"))
        let own = Tenant(
            code: tenant.code, name: tenant.name, kind: tenant.kind, city: tenant.city, mode: .verificationOnly,
            divisions: tenant.divisions, stages: tenant.stages, contact: tenant.contact, policy: tenant.policy,
            schools: tenant.schools, catchments: tenant.catchments, planAuthority: tenant.planAuthority,
            classSizeCap: tenant.classSizeCap, sections: tenant.sections)
        #expect(SeasonGenerator.obstacle(for: own) == .verificationOnly)
        #expect(SeasonGenerator.obstacle(for: tenant) == nil)
    }

    @Test("a season of the province is written a line a family and read as it was")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ruxue-season-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }  // a test's own folder; the system clears it too
        let season = try SeasonFixture.season(shares(400).families)
        try season.save(to: folder)
        #expect(try GeneratedSeason.families(in: folder) == season.families)
        #expect(try RegisterBook.load(from: folder) == season.registers)
        #expect(try SandboxIdentity.load(from: folder) == season.identities)
        #expect(try GeneratedSeason.manifest(in: folder) == season.manifest)
        let file = folder.appendingPathComponent(GeneratedSeason.familiesFileName)
        let lines = try String(decoding: Data(contentsOf: file), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == season.families.count + 2)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("a season written as one value is read too, and one that was cut off is not")
    func otherFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ruxue-season-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }  // a test's own folder; the system clears it too
        let season = try SeasonFixture.season([SeasonFixture.taojiang: 20])
        try season.save(to: folder)
        let families = folder.appendingPathComponent(GeneratedSeason.familiesFileName)
        let registers = folder.appendingPathComponent(RegisterBook.fileName)
        try JSONEncoder().encode(season.families).write(to: families)
        try JSONEncoder().encode(season.registers).write(to: registers)
        #expect(try GeneratedSeason.families(in: folder) == season.families)
        #expect(try RegisterBook.load(from: folder) == season.registers)
        try season.save(to: folder)
        for file in [families, registers] {
            let whole = try Data(contentsOf: file)
            try whole.prefix(whole.count / 2).write(to: file)
        }
        #expect(throws: SandboxError.unreadable(file: "families.json")) { try GeneratedSeason.families(in: folder) }
        #expect(throws: SandboxError.unreadable(file: "registers.json")) { try RegisterBook.load(from: folder) }
    }
}
