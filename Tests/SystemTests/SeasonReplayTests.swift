import Foundation
import Testing

@testable import Sandbox

extension SystemTests {
    @Test("A whole season agrees with its truth, and no person of it stands in database, write-ahead log or logs")
    func nothingLeaks() async throws {
        try await Workbench.run(Workbench.Plan(families: 60, logLevel: "trace")) { bench, portal in
            try await bench.grantRoles()
            let (status, report) = try await bench.replay(admits: true)
            #expect(status == 0)
            #expect(report.filed == 60)
            #expect(report.isClean, "\(report.disagreements) \(report.failures)")
            #expect(report.placements.map { $0.placed > 40 } == true)
            let secrets = try PersonalData.of(bench)
            for kind in PersonalData.Kind.allCases {
                #expect(secrets.count(kind) > 20, "the search looks for something of kind \(kind)")
            }
            // While it runs: the write-ahead log holds every page that was written.
            let files = try LeakSearch.files(in: [bench.data, bench.portalLog, bench.sandboxLog])
            let names = files.map(\.lastPathComponent)
            for name in ["ruxue.sqlite", "ruxue.sqlite-wal", "ruxue.sqlite-shm", "portal.log", "sandbox.log"] {
                #expect(names.contains(name))
            }
            #expect(try LeakSearch(secrets).leaks(in: files) == [])
            try await portal.stop()
            #expect(try LeakSearch(secrets).leaks(in: LeakSearch.files(in: [bench.data, bench.portalLog])) == [])
        }
    }

    @Test("A replay notices that two categories changed places")
    func swappedCategories() async throws {
        let tenants = try TenantsCopy()
        try tenants.edit("province.yaml") { text in
            // What is asked of one is asked of the other.
            let (first, second) = ("- id: household_only\n", "- id: home_only\n")
            try #require(text.contains(first) && text.contains(second))
            return text.components(separatedBy: first)
                .map { $0.replacingOccurrences(of: second, with: first) }.joined(separator: second)
        }
        try await expectDisagreements(tenants, over: "category")
    }

    @Test("A category behind one that takes all its families is not served at all")
    func unreachableCategory() async throws {
        let tenants = try TenantsCopy()
        try tenants.edit("province.yaml") { text in
            // The first and the third category, each from its id to the next one's.
            let rows = text.components(separatedBy: "    - id: ")
            try #require(rows.count == 5)
            return [rows[0], rows[3], rows[2], rows[1], rows[4]].joined(separator: "    - id: ")
        }
        let run = try await RuxueCommand.run(["tenant", "validate", "--tenants", tenants.path])
        #expect(run.status == 1)
        #expect(run.text.contains("household_and_home"), "\(run.text)")
    }

    @Test("A replay notices that one community moved to another school")
    func movedCommunity() async throws {
        let tenants = try TenantsCopy()
        let community = "杨家坳村"
        try tenants.edit("430900-yiyang/430922-taojiang/2026/catchments.yaml") { text in
            var lines = text.components(separatedBy: "\n")
            let lists = lines.indices.filter { lines[$0].contains("communities: [") }
            let old = try #require(lists.first { lines[$0].contains(community) })
            let new = try #require(lists.first { !lines[$0].contains(community) })
            lines[old] = lines[old].replacingOccurrences(of: "\(community), ", with: "")
            lines[new] = lines[new].replacingOccurrences(of: "[", with: "[\(community), ")
            return lines.joined(separator: "\n")
        }
        try await expectDisagreements(tenants, over: "schools")
    }

    @Test("The search for personal data finds it in each form in which it could stand")
    func searchFinds() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ruxue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A directory that is left behind harms nothing; the system clears it.
        defer { try? FileManager.default.removeItem(at: folder) }
        let forms = [
            "样例·一 applied", "GET /x?name=%E6%A0%B7%E4%BE%8B%C2%B7%E4%B8%80", #"{"name":"\u6837\u4f8b\u00b7\u4e00"}"#,
            "at the end 19900000001",
        ]
        for (index, text) in forms.enumerated() {
            try Data(("\u{0}" + text).utf8).write(to: folder.appendingPathComponent("\(index)"))
        }
        try Data("样例 19900000002".utf8).write(to: folder.appendingPathComponent("clean"))
        let search = LeakSearch(PersonalData(["样例·一": .name, "19900000001": .phone]))
        let found = try search.leaks(in: LeakSearch.files(in: [folder]))
        #expect(found.map(\.file) == ["0", "1", "2", "3"])
    }

    private func expectDisagreements(_ tenants: TenantsCopy, over field: String) async throws {
        try await Workbench.run(Workbench.Plan(families: 40, tenants: tenants.path)) { bench, _ in
            try await bench.grantRoles(Array(Workbench.officers.prefix(2)))
            let (status, report) = try await bench.replay()
            #expect(status == 1)
            #expect(report.disagreements.contains { $0.field == field })
        }
    }
}
