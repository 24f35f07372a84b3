import Foundation
import Testing

extension SystemTests {
    @Test("A role is given in every tenant at once, a second time changes nothing, and one unknown tenant gives none")
    func grantEverywhere() async throws {
        let bare = try BareInstallation()
        let grant = ["staff", "grant", "--role", "first_reviewer", "--subject", "sample-first-reviewer", "--json"]
        let refused = try await bare.run(grant + ["--tenant", "430922", "--tenant", "439999"])
        #expect(refused.status == 1 && refused.errors.contains("439999"), "\(refused.text)")
        #expect(try await grants(bare) == 0)
        let first = try await bare.run(grant + ["--tenant", "all"])
        #expect(first.status == 0, "\(first.text)")
        let ids = try JSONDecoder().decode([String: String].self, from: Data(first.output.utf8))
        #expect(ids.count > 100)
        #expect(ids["430922"] != nil && ids["430100"] != nil)
        let second = try await bare.run(grant + ["--tenant", "all"])
        #expect(try JSONDecoder().decode([String: String].self, from: Data(second.output.utf8)) == ids)
        #expect(try await grants(bare) == ids.count)
    }

    private func grants(_ bare: BareInstallation) async throws -> Int {
        let list = try await bare.run(["staff", "list", "--json"])
        return (try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [Any])?.count ?? -1
    }
}
