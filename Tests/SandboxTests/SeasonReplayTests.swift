import Enrollment
import Foundation
import Synchronization
import Testing

@testable import Sandbox

/// The replay at a stub portal: what it does, and that it tells when the portal is wrong.
@Suite("The season replay")
struct SeasonReplayTests {
    private static let clock = Clock(business: { Instant(milliseconds: 0) }, real: { Instant(milliseconds: 0) })

    private func replay(
        _ season: GeneratedSeason, _ portal: SeasonStubPortal, at origins: [String] = ["http://portal"],
        admits: Bool = false, patience: Duration = .milliseconds(800),
        progress: @escaping @Sendable (ReplayProgress) -> Void = { _ in },
        moveClock: (@Sendable (CivilDate) async throws -> Void)? = nil
    ) async throws -> ReplayReport {
        try await SeasonReplay(
            settings: ReplaySettings(
                portals: origins, sandbox: "http://sandbox", concurrency: 4, admits: admits,
                patience: patience, moveClock: moveClock),
            families: SeasonReplay.ordered(season.families, of: season.manifest), manifest: season.manifest,
            exchange: { try await portal.answer($0) },
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

    @Test("a replay that was stopped before families had mended their mistakes goes on where each of them stands")
    func stoppedBetweenSteps() async throws {
        let season = try season()
        let portal = SeasonStubPortal(season.families, .init(breaksPage: "/repair/real_estate_title"))
        let broken = try await replay(season, portal)
        #expect(broken.failures.count > 10)
        let filed = await portal.submissions.count
        await portal.mend()
        let report = try await replay(season, portal)
        #expect(report.failures == [])
        #expect(report.disagreements == [])
        #expect(await portal.submissions.count == filed, "nobody files or edits twice")
        let script = season.families.flatMap(\.children).flatMap(\.steps)
        let taken = await portal.steps
        for action in [FamilyStep.Action.repair, .accept, .person, .edit, .withdraw] {
            #expect(taken[action.rawValue] == script.count { $0.action == action }, "\(action)")
        }
    }

    @Test("the processes of a portal take turns, and whichever answers, the family gets on")
    func severalProcesses() async throws {
        let season = try season(60)
        let portal = SeasonStubPortal(season.families)
        let report = try await replay(season, portal, at: ["http://portal", "http://second", "http://third:81"])
        #expect(report.isClean, "\(report.disagreements) \(report.failures)")
        let requests = await portal.requests
        let counts = ["portal", "second", "third"].compactMap { requests[$0] }
        #expect(counts.count == 3)
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) < (counts.min() ?? 0) / 2)
        #expect(report.traffic?.requests == counts.reduce(0, +) + (requests["sandbox"] ?? 0) - Self.controls)
    }

    /// Requests to the sandbox's control interface that no family makes: latency, and each department healed, broken and
    /// healed again.
    private static let controls = 1 + 2 * 3

    @Test("a portal that is busy is asked again with the same form, and one whose answer is lost does not file twice")
    func busyAndLost() async throws {
        let season = try season(40)
        for faults in [SeasonStubPortal.Faults(asksToWait: "/check"), .init(losesAnswer: "/check")] {
            let portal = SeasonStubPortal(season.families, faults)
            let report = try await replay(season, portal, patience: .seconds(60))
            #expect(report.isClean, "\(report.disagreements) \(report.failures)")
            let children = season.manifest.children
            #expect(report.filed == children)
            let traffic = try #require(report.traffic)
            #expect(traffic.askedToWait + traffic.withoutReply >= children)
            #expect(traffic.statuses["503"] == (faults.asksToWait == nil ? nil : traffic.askedToWait))
            let edits = season.families.flatMap(\.children).flatMap(\.steps).count { $0.action == .edit }
            #expect(await portal.submissions.count == children + edits)
        }
    }

    @Test(
        "tenants that register in April are replayed in April and the others in July, each with its own officers' list")
    func waves() async throws {
        let season = try SeasonFixture.season(seed: 5, [SeasonFixture.taojiang: 60, "430100": 60, "430121": 20])
        let portal = SeasonStubPortal(season.families)
        let days = Mutex<[CivilDate]>([])
        let report = try await replay(
            season, portal, admits: true,
            moveClock: { day in
                days.withLock { $0.append(day) }
                await portal.move(to: day)
            })
        #expect(report.isClean, "\(report.disagreements) \(report.failures)")
        #expect(report.filed == season.manifest.children)
        #expect(days.withLock { $0.map(\.description) } == ["2026-04-06", "2026-07-06"])
        let submissions = try #require(report.submissions)
        #expect(Set(submissions.byTenant.keys) == ["430922", "430100", "430121"])
        #expect(submissions.all.samples == (submissions.largest?.samples ?? 0) + (submissions.others?.samples ?? 0))
        let signedIn = await portal.signedIn
        #expect(signedIn["sample-first-reviewer"] == 3, "at each time of the year and to count, not for each tenant")
        #expect(signedIn["sample-admission-officer"] == 1)
    }

    @Test(
        "a season of two times of the year is not begun where nobody can move the clock, or a process does not follow")
    func clockStands() async throws {
        let season = try SeasonFixture.season(seed: 5, [SeasonFixture.taojiang: 3, "430100": 3])
        let portal = SeasonStubPortal(season.families)
        await #expect(throws: SandboxError.severalWindows) { try await replay(season, portal) }
        await #expect(throws: SandboxError.clockStands(portal: "http://portal")) {
            try await replay(season, portal, moveClock: { _ in })
        }
        #expect(await portal.submissions.isEmpty)
    }

    @Test("families of several tenants come mixed, the same way each time; those of one in their own order")
    func arrivals() throws {
        let mixed = try SeasonFixture.standard.get()
        let order = SeasonReplay.ordered(mixed.families, of: mixed.manifest)
        #expect(Set(order.prefix(200).map(\.tenant)).count == 2)
        #expect(Set(order) == Set(mixed.families))
        #expect(order == SeasonReplay.ordered(mixed.families, of: mixed.manifest))
        let one = try season(40)
        #expect(SeasonReplay.ordered(one.families, of: one.manifest) == one.families)
    }

    @Test("an application that a family holds a receipt of and the desk does not count is found out")
    func missingAtTheDesk() async throws {
        let season = try season(40)
        let whole = try await replay(season, SeasonStubPortal(season.families))
        #expect(whole.counts?.own == season.manifest.children)
        #expect(whole.counts?.atDesks == season.manifest.children)
        let report = try await replay(season, SeasonStubPortal(season.families, .init(countsTooFew: 2)))
        #expect(report.counts?.missing == ["430922/qualified": 2])
        let written = try JSONDecoder().decode(ReplayReport.self, from: JSONEncoder().encode(report))
        #expect(written == report, "what a program reads is all that a person reads")
        let isClean = report.isClean
        #expect(!isClean)
    }

    @Test("percentiles are those of the nearest rank")
    func percentiles() throws {
        let latency = try #require(ReplayReport.Latency(of: (1...200).map(Double.init).shuffled()))
        #expect([latency.median, latency.p95, latency.p99, latency.longest] == [100, 190, 198, 200])
        #expect(latency.samples == 200)
        #expect(ReplayReport.Latency(of: []) == nil)
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
