import Foundation
import Gateways
import Testing

@testable import Sandbox

extension SystemTests {
    @Test("ruxue tenant list --json is an array of all 131 tenants with exactly the promised keys")
    func tenantList() async throws {
        let run = try await RuxueCommand.run(["tenant", "list", "--json", "--tenants", RuxueBinary.tenants])
        #expect(run.status == 0)
        let list = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
        #expect(list.count == 131)
        #expect(list.allSatisfy { Set($0.keys) == ["code", "name", "kind", "city", "divisions", "status"] })
        #expect(list.count { $0["kind"] as? String == "city" } == 14)
        #expect(list.first { $0["code"] as? String == "430922" }?["status"] as? String == "published")
        #expect(list.first { $0["code"] as? String == "430921" }?["status"] as? String == "template")
    }

    @Test("The province as shipped has no problem")
    func shippedTenants() async throws {
        let run = try await RuxueCommand.run(["tenant", "validate", "--tenants", RuxueBinary.tenants])
        #expect(run.status == 0, "\(run.text)")
    }

    @Test("A broken county is named with file and line and held back; the others serve")
    func brokenCounty() async throws {
        let tenants = try TenantsCopy()
        let file = "430900-yiyang/430921-nanxian/tenant.yaml"
        var line = 0
        try tenants.edit(file) { text in
            line = text.components(separatedBy: "\n").count
            return text + "nonsense: 1\n"
        }
        let validation = try await RuxueCommand.run(["tenant", "validate", "--tenants", tenants.path])
        #expect(validation.status == 1)
        #expect(validation.text.contains("\(file):\(line):"), "\(validation.text)")
        #expect(validation.text.contains("nonsense"))
        let own = try await RuxueCommand.run(["tenant", "validate", "430922", "--tenants", tenants.path])
        #expect(own.status == 0, "another county's problem is not this one's: \(own.text)")

        try await Workbench.run(Workbench.Plan(tenants: tenants.path)) { bench, _ in
            #expect(try await bench.transport.get(bench.portal + "/t/430921").status != 200)
            #expect(try await bench.transport.get(bench.portal + "/t/430922").status == 200)
            let visit = bench.visit(bench.plainFamilies[0])
            let receipt = try await visit.file()
            #expect(try await visit.replay.settled(receipt).state == .qualified)
            let listing = try await bench.transport.get(bench.portal + "/api/v1/tenants").text
            #expect(listing.contains("quarantined"))
        }
    }

    @Test("A broken shared file keeps serve from starting, and every problem is said")
    func brokenProvince() async throws {
        let tenants = try TenantsCopy()
        try tenants.edit("province.yaml") { text in
            text.replacingOccurrences(of: "minimum_years: 6", with: "minimum_years: six")
                .replacingOccurrences(of: "opens: 2026-07-01", with: "opens: 2026-07-32")
        }
        let bare = try BareInstallation()
        let run = try await bare.run(["serve", "--port", "\(try FreePort.find())"], tenants: tenants.path)
        #expect(run.status == 1)
        #expect(run.errors.contains("six"), "\(run.text)")
        #expect(run.errors.contains("2026-07-32"), "\(run.text)")
        #expect(run.errors.components(separatedBy: "province.yaml:").count > 2, "each with its file and line")
    }
}
