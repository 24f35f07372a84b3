import Foundation
import Testing

@testable import Sandbox

extension SystemTests {
    @Test("A family goes from process to process, and its page moves when a worker elsewhere has an answer")
    func severalProcesses() async throws {
        try await ProvinceDatabase.with { database in
            try await Workbench.run(Workbench.Plan(families: 24, servesOnly: true, database: database)) { bench, _ in
                _ = try await bench.startPortal(1)
                let family = try #require(bench.plainFamilies.first)
                let visit = bench.roamingVisit(family)
                let receipt = try await visit.file()
                let session = try #require(await visit.session())
                let stream = try OpenStream(
                    "\(bench.portals[1])/family/applications/\(receipt)/events", session: session)
                defer { stream.close() }
                #expect(try await eventually(within: .seconds(10)) { try stream.read().contains("data:") })
                #expect(try await visit.replay.read(receipt).state == .verifying, "no worker runs yet")
                let before = try stream.read()
                for _ in 0..<2 { _ = try bench.startWorker() }
                let isMoved = try await eventually(within: .seconds(30)) {
                    try stream.read().dropFirst(before.count).contains("data:")
                }
                #expect(isMoved, "the page open at one process hears of what a worker in another found")
                #expect(try await visit.replay.settled(receipt).state == .qualified)
            }
        }
    }

    @Test("A portal killed under submissions and a worker killed under checks lose nothing and double nothing")
    func killedBesideOthers() async throws {
        try await ProvinceDatabase.with { database in
            try await Workbench.run(Workbench.Plan(families: 60, servesOnly: true, database: database)) {
                bench, first in
                _ = try await bench.startPortal(1)
                let workers = try (0..<2).map { _ in try bench.startWorker() }
                let gate = StartGate()
                let visits = bench.plainFamilies.prefix(12).map { bench.visit($0, gate: gate) }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for visit in visits { group.addTask { try await Self.fileUnlessCut(visit) } }
                    let areThere = try await eventually(within: .seconds(60)) { await gate.arrived == visits.count }
                    await gate.open()
                    try #require(areThere)
                    _ = try await eventually(within: .seconds(10)) {
                        for visit in visits where await visit.wire.receipt != nil { return true }
                        return false
                    }
                    try await first.killAtOnce()
                    try await workers[0].killAtOnce()
                    try await group.waitForAll()
                }
                // The same forms go on at the portal that is left.
                var receipts: Set<String> = []
                for visit in visits {
                    let before = await visit.wire.receipt
                    let again = try await visit.wire.again(
                        try #require(await visit.wire.submission), at: bench.portals[1])
                    let receipt = try #require(again.receipt)
                    if let before { #expect(before == receipt) }
                    receipts.insert(receipt)
                }
                #expect(receipts.count == visits.count)
                let counts = try await database.psql(
                    "SELECT count(*), count(DISTINCT child), (SELECT count(*) FROM child_claim) FROM application")
                #expect(counts == "\(visits.count)|\(visits.count)|\(visits.count)")
                let isChecked = try await eventually(within: .seconds(60)) {
                    try await database.psql("SELECT count(*) FROM application WHERE state <> 'qualified'") == "0"
                }
                #expect(isChecked, "what the killed worker had begun is done by the other")
                #expect(
                    try await database.psql(
                        "SELECT count(*) FROM (SELECT 1 FROM credential_check GROUP BY tenant, application, revision, "
                            + "credential, attempt HAVING count(*) > 1) d") == "0")
            }
        }
    }

    /// Fills the pages and submits; what fails from the submission on is what the tests are about.
    private static func fileUnlessCut(_ visit: FamilyVisit) async throws {
        do {
            try await visit.file()
        } catch {
            // Cut, or answered with 503, under the submission or a page after it.
            guard await visit.wire.submission != nil else { throw error }
        }
    }

    private static func minute() -> Int64 { Int64(Date().timeIntervalSince1970) / 60 }

    @Test("Who sends forms as only a program does is asked to wait, whichever process each of them reaches")
    func rateAcrossProcesses() async throws {
        try await ProvinceDatabase.with { database in
            try await Workbench.run(Workbench.Plan(families: 12, servesOnly: true, database: database)) { bench, _ in
                _ = try await bench.startPortal(1)
                let visit = bench.roamingVisit(try #require(bench.plainFamilies.first))
                try await visit.file()
                let submission = try #require(await visit.wire.submission)
                // Counts are a minute's; one that the clock's minute ends in says nothing, and a second cannot end as soon.
                var passed = 0
                var minute: Int64
                repeat {
                    minute = Self.minute()
                    let isRefused = try await eventually(within: .seconds(60)) {
                        try await visit.wire.again(submission, at: bench.portals[0]).status == 429
                    }
                    #expect(isRefused)
                    passed = 0
                    let isRefusedElsewhere = try await eventually(within: .seconds(60)) {
                        passed += 1
                        return try await visit.wire.again(submission, at: bench.portals[1]).status == 429
                    }
                    #expect(isRefusedElsewhere)
                } while Self.minute() != minute
                // Alone, the second process would let as many pass as the first did.
                #expect(passed <= 100, "\(passed)")
            }
        }
    }
}
