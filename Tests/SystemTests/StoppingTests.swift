import Foundation
import Testing

@testable import Sandbox

extension SystemTests {
    @Test("One process serves pages, another checks: the family sees what the other found")
    func twoProcesses() async throws {
        try await Workbench.run(Workbench.Plan(servesOnly: true)) { bench, _ in
            let visit = bench.visit(bench.plainFamilies[0])
            let receipt = try await visit.file()
            #expect(try await visit.replay.read(receipt).state == .verifying, "nobody checks yet")
            let worker = try bench.startWorker()
            let reading = try await visit.replay.settled(receipt)
            #expect(reading.state == .qualified)
            #expect(reading.category == visit.child.truth.category)
            #expect(Set(reading.schools) == Set(visit.child.truth.schools))
            _ = try await visit.browser.open("/family/applications/\(receipt)").checked()
            try await worker.stop(within: .seconds(5))
        }
    }

    @Test("SIGTERM ends serve within seconds, though a browser listens and a department hangs")
    func stopsWithOpenStream() async throws {
        try await Workbench.run { bench, portal in
            let visit = bench.visit(bench.plainFamilies[0])
            let hang = try await bench.transport.send(
                ReplayRequest(
                    method: "PUT", address: "\(bench.sandbox)/control/departments/real_estate_title",
                    headers: [("Content-Type", "application/json")],
                    body: Array(#"{"failure":"hang","failure_rate":1}"#.utf8)))
            try #require(hang.status == 200)
            let receipt = try await visit.file()
            let session = try #require(await visit.session())
            let stream = try OpenStream(
                bench.portal + "/family/applications/\(receipt)/events", session: session)
            defer { stream.close() }
            let begins = try await eventually(within: .seconds(10)) { try stream.read().contains("event: state") }
            try #require(begins, "the stream tells the state at once")
            let took = try await portal.stop(within: .seconds(8))
            #expect(took < .seconds(4), "\(took)")
            #expect(try await portal.ended(within: .zero) == 0)
            let ends = try await eventually(within: .seconds(2)) { try stream.read().hasSuffix("0\r\n\r\n") }
            #expect(ends, "the stream is ended properly, so that the browser comes back by itself")
        }
    }
}
