import Enrollment
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Protection
import ServiceZone
import Services
import Storage
import Tenancy
import Testing

@testable import Assembly

/// The canary is silent where every guard holds, and names the one that does not.
@Suite("The canary", .timeLimit(.minutes(10)))
struct CanaryTests {
    private static let tenants = Result { () throws(TenancyError) in
        try TenantRegistry.load(directory: RuxueBinary.tenants, season: SeasonYear(2026))
    }

    private func canary(_ database: any Database) throws -> Canary {
        Canary(database: database, vault: Vault(KeyRing.generate()), tenants: try Self.tenants.get())
    }

    private func text(_ report: CanaryReport) -> Comment { "\(report.lines.joined(separator: "\n"))" }

    @Test("finds nothing where every guard holds, and takes away what it planted", arguments: CanaryDatabase.allCases)
    func silent(_ kind: CanaryDatabase) async throws {
        try await kind.run { service, owner in
            var canary = try canary(service)
            let first = try await canary(commands: [])
            #expect(first.findings.isEmpty, text(first))
            let tables = ["application_event", "application_revision", "credential_check", "decision", "query_log"]
            #expect(first.remaining.keys.sorted() == (kind == .sqlite ? [] : tables))
            guard let owner else { return }
            canary.owner = owner
            let second = try await canary(commands: [])
            #expect(second.findings.isEmpty, text(second))
            #expect(second.remaining.isEmpty)
            let left = try await service.read(.tenant(CanaryGround.home, SeasonYear(2026))) { tx in
                try tx.rows("SELECT 1 AS n FROM application UNION ALL SELECT 1 FROM decision").count
            }
            #expect(left == 0)
        }
    }

    @Test(
        "names a page that shows a family to others, one that changes it, and a route and a command nobody thought of")
    func faults() async throws {
        try await CanaryDatabase.sqlite.run { service, _ in
            var canary = try canary(service)
            canary.around = { zone, plain in
                { request, context in
                    let response = try await plain(request, context)
                    let isStrangers = request.method == .get && response.status != .ok
                    if isStrangers, request.uri.path.hasSuffix("/why") {
                        return Response(
                            status: .ok, body: .init(byteBuffer: ByteBuffer(string: "林样例金丝雀甲一")))
                    }
                    if isStrangers, request.uri.path.hasSuffix("/receipt") {
                        try await zone.platform.database.write(.tenant(CanaryGround.home, SeasonYear(2026))) { tx in
                            try tx.execute(
                                "UPDATE application SET settled_at = settled_at + 1 WHERE tenant = \(CanaryGround.home)"
                            )
                        }
                    }
                    return response
                }
            }
            canary.adding = { router in
                router.get("/family/applications/:receipt/more") { _, _ in Response(status: .ok) }
            }
            let report = try await canary(commands: ["staff list", "family print"])
            let found = report.findings
            #expect(
                Set(found.map { "\($0.kind.rawValue) \($0.what)" }) == [
                    "leaked GET /family/applications/{receipt}/why",
                    "not_refused GET /family/applications/{receipt}/why (200)",
                    "changed GET /family/applications/{receipt}/receipt",
                    "no_case GET /family/applications/{receipt}/more", "no_case ruxue family print",
                ], text(report))
            #expect(found.contains { $0.kind == .leaked && $0.viewer == "a family of another tenant" })
            #expect(found.contains { $0.kind == .changed && $0.viewer == "a neighbour" })
            #expect(!report.lines.joined().contains("林样例"), "a report names no person")
        }
    }

    @Test("names the table whose row security is open")
    func openPolicy() async throws {
        try await CanaryDatabase.postgresql.run { service, owner in
            try await owner?.write(.migration) { try $0.execute("CREATE POLICY open ON note FOR SELECT USING (true)") }
            let report = try await canary(service)(commands: [])
            #expect(
                Set(report.findings.map { "\($0.kind.rawValue) \($0.what)" }) == ["leaked table note"], text(report))
            #expect(report.findings.contains { $0.viewer == "another tenant's staff" })
            #expect(report.findings.contains { $0.viewer == "the province" })
        }
    }

    @Test("lives where nobody does, so that no figure of the province counts it")
    func reserved() throws {
        let real = try Self.tenants.get()
        let unreserved = CanaryGround.tenants.filter { !$0.isReserved }
        #expect(unreserved.isEmpty)
        let reserved = real.listings.filter(\.code.isReserved)
        #expect(reserved.isEmpty)
    }

    @Test("is a command, which knows every other command")
    func command() async throws {
        let bare = try BareInstallation()
        let run = try await RuxueCommand.run(
            ["database", "canary", "--json", "--data", bare.data.path, "--tenants", RuxueBinary.tenants],
            in: bare.folder, within: .seconds(300))
        #expect(run.status == 0, "\(run.text)")
        #expect(run.output.contains("\"findings\" : [\n\n  ]"), "\(run.text)")
        let again = try await bare.run(["database", "status"])
        #expect(again.status == 0)
    }
}
