import Foundation
import Testing

@testable import Sandbox

extension SystemTests {
    @Test(
        "What was acknowledged before kill -9 is there exactly once after it, and a repeated key gives the same receipt"
    )
    func killedWhileFamiliesSubmit() async throws {
        let (rounds, atOnce) = (12, 5)
        try await Workbench.run(Workbench.Plan(families: 130)) { bench, first in
            try await bench.grantRoles([Workbench.officers[0]])
            let families = bench.plainFamilies
            try #require(families.count >= rounds * atOnce)
            var portal = first
            var (acknowledged, interrupted) = (0, 0)
            var receipts: [String] = []
            for round in 0..<rounds {
                let gate = StartGate()
                let served = portal
                let visits = families[(round * atOnce)..<((round + 1) * atOnce)].map { bench.visit($0, gate: gate) }
                try await submitTogether(visits, gate) {
                    // Every other round is cut at the first acknowledgement, the others a little later each time.
                    if round.isMultiple(of: 2) {
                        _ = try await eventually(within: .seconds(10)) {
                            for visit in visits where await visit.wire.receipt != nil { return true }
                            return false
                        }
                    } else {
                        try await Task.sleep(for: .milliseconds(round * 6))
                    }
                    try await served.killAtOnce()
                }
                portal = try await bench.startPortal()
                for visit in visits {
                    let before = await visit.wire.receipt
                    if before == nil { interrupted += 1 } else { acknowledged += 1 }
                    receipts.append(try await checkRepetition(visit, before: before))
                }
            }
            #expect(acknowledged > 0, "some submissions were acknowledged before the process was killed")
            #expect(interrupted > 0, "some submissions were under way when the process was killed")
            #expect(Set(receipts).count == receipts.count, "no two families share a receipt")
            #expect(try await deskReceipts(bench).sorted() == receipts.sorted(), "the desk lists every receipt once")
        }
    }

    /// Lets all families fill their pages, submits for all at once, and does something meanwhile.
    private func submitTogether(
        _ visits: [FamilyVisit], _ gate: StartGate, meanwhile: @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for visit in visits {
                group.addTask {
                    do {
                        try await visit.file()
                    } catch let failure as ReplayFailure where failure.cause == .connection {
                        // The process was killed under the submission or under the page after it.
                        guard await visit.wire.submission != nil else { throw failure }
                    }
                }
            }
            let areThere = try await eventually(within: .seconds(60)) { await gate.arrived == visits.count }
            await gate.open()
            try #require(areThere, "every family came as far as its submission")
            try await meanwhile()
            try await group.waitForAll()
        }
    }

    /// Sends the same submission twice more, then with another content.
    private func checkRepetition(_ visit: FamilyVisit, before: String?) async throws -> String {
        let submission = try #require(await visit.wire.submission)
        let receipt = try #require(try await visit.wire.again(submission).receipt)
        if let before { #expect(receipt == before, "the acknowledged receipt is the one that stands") }
        #expect(try await visit.wire.again(submission).receipt == receipt)
        let phone = visit.child.answers.phone
        let other = try await visit.wire.again(submission, replacing: (of: phone, with: "19900000000"))
        #expect(other.status == 409)
        let reading = try await visit.replay.read(receipt)
        #expect(reading.receipt == receipt)
        #expect(reading.revision == 1)
        #expect(try await visit.listedReceipts() == [receipt])
        return receipt
    }

    private struct CaseList: Decodable {
        struct Case: Decodable {
            let receipt: String
        }

        let cases: [Case]
        let next: String?
    }

    /// Every receipt that the county's desk lists, as often as it lists it.
    private func deskReceipts(_ bench: Workbench) async throws -> [String] {
        let browser = ReplayBrowser(origin: bench.portal, exchange: Wire(bench.transport).exchange)
        _ = try await browser.signIn(as: Workbench.officers[0].subject, next: "/county")
        var receipts: [String] = []
        var after = ""
        while true {
            let (status, body) = try await browser.json("/api/v1/county/430922/cases?after=\(after)")
            try #require(status == 200)
            let list = try JSONDecoder().decode(CaseList.self, from: Data(body))
            receipts += list.cases.map(\.receipt)
            guard let next = list.next else { return receipts }
            after = next
        }
    }
}
