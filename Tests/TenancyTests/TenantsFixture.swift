import Enrollment
import Foundation
import Tenancy

/// A small `Tenants/` in a temporary directory: 益阳市 with 南县 and 桃江县, the real standards and 桃江's real plan, and a
/// policy of 桃江's own that a test can break in one place.
final class TenantsFixture {
    static let city = "430900-yiyang"
    static let nanxian = "430900-yiyang/430921-nanxian"
    static let taojiang = "430900-yiyang/430922-taojiang"
    static let policy = "\(taojiang)/2026/policy.yaml"
    static let schools = "\(taojiang)/2026/schools.csv"
    static let catchments = "\(taojiang)/2026/catchments.yaml"

    let root: URL
    var directory: String { root.path }

    init() throws {
        let real = URL(fileURLWithPath: RealTenants.directory)
        root = FileManager.default.temporaryDirectory.appendingPathComponent("tenants-\(UUID().uuidString)")
        for name in ["province.yaml", "credentials", Self.city + "/tenant.yaml", Self.nanxian, Self.taojiang] {
            let target = root.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: real.appendingPathComponent(name), to: target)
        }
        for name in ["divisions", "townships", "communities"] {
            let file = real.appendingPathComponent("gazetteer/\(name).csv")
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let kept = lines.enumerated().filter { offset, line in
                offset == 0 || ["430000,", "430900,", "430921", "430922"].contains { line.hasPrefix($0) }
            }
            try write("gazetteer/\(name).csv", kept.map { "\($0.element)\n" }.joined())
        }
        try write(Self.policy, Self.ownPolicy)
    }

    deinit {
        // A directory that is left behind harms nothing; the system clears it.
        try? FileManager.default.removeItem(at: root)
    }

    func write(_ path: String, _ text: String) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func read(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Replaces the first occurrence, which must be there.
    func replace(_ old: String, with new: String, in path: String) throws {
        var text = try read(path)
        guard let range = text.range(of: old) else { throw NotFound(text: old, path: path) }
        text.replaceSubrange(range, with: new)
        try write(path, text)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: root.appendingPathComponent(path)) }

    /// The line, from 1, of the first occurrence.
    func line(of text: String, in path: String) throws -> Int {
        let lines = try read(path).split(separator: "\n", omittingEmptySubsequences: false)
        guard let index = lines.firstIndex(where: { $0.contains(text) }) else { throw NotFound(text: text, path: path) }
        return index + 1
    }

    func load(overlay: String? = nil) throws(TenancyError) -> TenantRegistry {
        try TenantRegistry.load(directory: directory, season: RealTenants.season, overlay: overlay)
    }

    struct NotFound: Error {
        let text: String
        let path: String
    }

    static let ownPolicy = """
        season: 2026
        class_size_cap:
          authority: { kind: template }
          primary: 45
          junior: 50
        calendar:
          authority: { kind: template }
          opens: 2026-06-01
          closes: 2026-06-20
          freezes: 2026-06-21
          offers_until: 2026-08-15
          reports: 2026-08-31
        reference_dates:
          authority: { kind: published, document: 样例文件, year: 2025, carried_over: true }
          age: 2026-08-31
          months: 2026-08-01
        predicates:
          authority: { kind: template }
          one_place: { same: [household.community, home.community] }
        categories:
          authority: { kind: template }
          rows:
            - id: first
              title: 有户有房
              condition: { all: [household.in_county == true, { predicate: one_place }] }
              place: home.community
            - id: second
              title: 有户无房
              condition: { all: [household.in_county == true, parents.own_no_home == true] }
              place: household.community
              rank_keys: [{ fact: household.registered_since, order: ascending }]
            - id: third
              title: 租房
              condition: { any: [home.kind == rented, residence_permit.months >= 12] }
              place: residence_permit.community
              seat: coordination
        evidence:
          authority: { kind: template }
          credentials: [household, residence_permit]

        """
}
