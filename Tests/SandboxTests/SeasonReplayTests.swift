import Enrollment
import Synchronization
import Testing

@testable import Sandbox

/// The replay at a stub portal: what it does, and that it tells when the portal is wrong.
@Suite("The season replay")
struct SeasonReplayTests {
    private static let clock = Clock(business: { Instant(milliseconds: 0) }, real: { Instant(milliseconds: 0) })

    private func replay(
        _ season: GeneratedSeason, _ portal: SeasonStubPortal, admits: Bool = false,
        progress: @escaping @Sendable (ReplayProgress) -> Void = { _ in }
    ) async throws -> ReplayReport {
        try await SeasonReplay(
            settings: ReplaySettings(
                portal: "http://portal", sandbox: "http://sandbox", concurrency: 4, admits: admits,
                patience: .milliseconds(200)),
            families: season.families, manifest: season.manifest, exchange: { try await portal.answer($0) },
            progress: progress, clock: Self.clock
        ).run()
    }

    private func season(_ count: Int = 240) throws -> GeneratedSeason {
        try SeasonFixture.season(seed: 5, [SeasonFixture.taojiang: count])
    }

    @Test("a platform that is right is found right, whatever each family's way")
    func agreement() async throws {
        let season = try season()
        let portal = SeasonStubPortal(season.families)
        let phases = Mutex<Set<ReplayProgress.Phase>>([])
        let report = try await replay(season, portal, admits: true) { step in
            phases.withLock { _ = $0.insert(step.phase) }
        }
        #expect(report.disagreements == [])
        #expect(report.failures == [])
        let isClean = report.isClean
        #expect(isClean)
        #expect(report.filed == season.manifest.children)
        #expect(report.verification?.median == 12)
        #expect(report.verificationOverLatency?.median == 7)
        #expect((report.states["accepted"] ?? 0) > (report.states["released"] ?? 0) * 8)
        #expect(report.placements?.placed == season.families.flatMap(\.children).count { $0.truth.end == .qualified })
        #expect(
            phases.withLock { $0 }.isSuperset(of: [.outage, .filing, .reacting, .reviewing, .checking, .answering]))
        #expect(await portal.brokenDepartments == [])
    }

    @Test("a second replay goes on with the applications of the first, and gives the seats")
    func resumed() async throws {
        let season = try season()
        let portal = SeasonStubPortal(season.families)
        #expect(try await replay(season, portal).failures == [])
        let filed = await portal.submissions.count
        let report = try await replay(season, portal, admits: true)
        #expect(await portal.submissions.count == filed)
        #expect(report.disagreements == [])
        #expect(report.failures == [])
        #expect(report.filed == season.manifest.children)
        #expect((report.placements?.placed ?? 0) > 200)
    }

    @Test("families type what was generated, mistakes included")
    func typing() async throws {
        let season = try season(40)
        let portal = SeasonStubPortal(season.families)
        _ = try await replay(season, portal)
        let submissions = await portal.submissions
        let typed = Set(submissions.compactMap { $0["certificate_number"] })
        let expected = season.families.flatMap(\.children).compactMap(\.answers.home.certificateNumber)
        #expect(typed.isSuperset(of: expected))
        #expect(submissions.allSatisfy { $0["consent_household"] == "yes" })
        #expect(submissions.allSatisfy { $0["division"] == "430922" && $0["community"]?.isEmpty == false })
        #expect(Set(submissions.compactMap { $0["phone"] }).isSubset(of: season.identities.compactMap(\.phone)))
    }

    @Test("a category that is not the truth's is a disagreement for every family it concerns, and names nobody")
    func wrongCategory() async throws {
        let season = try season()
        let portal = SeasonStubPortal(
            season.families, .init(category: { $0.kind == .migrant ? "home_only" : nil }))
        let report = try await replay(season, portal)
        let migrants = season.families.filter { $0.kind == .migrant }
        #expect(migrants.count > 5)
        #expect(Set(report.disagreements.map(\.family)) == Set(migrants.map(\.id)))
        #expect(
            report.disagreements.allSatisfy {
                $0.field == "category" && $0.expected == "neither" && $0.got == "home_only"
            })
        let names = season.registers.households.flatMap { $0.members.flatMap { [$0.name, $0.number] } }
        let text = report.disagreements.map { "\($0)" }.joined()
        #expect(!names.contains { text.contains($0) })
    }

    @Test("a platform that hides a mistake from the family is found out by the path")
    func pathMiss() async throws {
        let season = try season()
        let report = try await replay(season, SeasonStubPortal(season.families, .init(skipsRepair: true)))
        let expected = season.families.flatMap(\.children).count { $0.truth.path.contains(.needsRepair) }
        #expect(report.pathMisses == expected)
        #expect(expected > 10)
    }

    @Test("a page that breaks stops its families only, and the report says where")
    func brokenPage() async throws {
        let season = try season(40)
        let report = try await replay(season, SeasonStubPortal(season.families, .init(breaksPage: "/check")))
        #expect(report.filed == 0)
        #expect(report.failures.count == season.families.count)
        #expect(report.failures.allSatisfy { $0.cause == "status_500" && $0.path.hasSuffix("/check") })
        let isClean = report.isClean
        #expect(!isClean)
    }

    @Test("seats given past an earlier category, or beyond a school's number, are disagreements")
    func wrongAdmission() async throws {
        let season = try season()
        let leftOut = try await replay(
            season, SeasonStubPortal(season.families, .init(leavesOut: "household_and_home")), admits: true)
        #expect(leftOut.disagreements.contains { $0.field == "order" })
        let crowded = try SeasonFixture.season(seed: 5, [SeasonFixture.taojiang: 420])
        let report = try await replay(
            crowded, SeasonStubPortal(crowded.families, .init(placesEverybodyAt: "P04")), admits: true)
        #expect(report.disagreements.contains { $0.field == "seats" })
        #expect(report.disagreements.contains { $0.field == "offer" })
    }
}
