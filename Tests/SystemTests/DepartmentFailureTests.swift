import Foundation
import Testing

@testable import Enrollment
@testable import Sandbox

extension SystemTests {
    /// What is seen of one family while a department fails.
    private struct Watched {
        var states: Set<ReplayState> = []
        var categories: Set<CategoryID> = []
        var status: String?
    }

    @Test("Whatever a department does, nobody is rejected or demoted, and once it is healed all settles as is true")
    func failingDepartment() async throws {
        try await Workbench.run(Workbench.Plan(families: 40)) { bench, _ in
            let title = CredentialID(rawValue: "real_estate_title")
            let failures = DepartmentBehaviour.Failure.allCases.filter { $0 != .none }
            let families = bench.plainFamilies.filter { $0.kind == .ownHome }
            try #require(families.count >= failures.count)
            // Pages are filled beforehand, so that only the submission meets the failure.
            let visits = families.prefix(failures.count).map { family in
                let gate = StartGate()
                return (visit: bench.visit(family, gate: gate), gate: gate)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (visit, _) in visits { group.addTask { try await visit.file() } }
                let areThere = try await eventually(within: .seconds(60)) {
                    for (_, gate) in visits where await gate.arrived == 0 { return false }
                    return true
                }
                if !areThere { for (_, gate) in visits { await gate.open() } }
                try #require(areThere)
                for (failure, (visit, gate)) in zip(failures, visits) {
                    try await set(failure, of: title, bench)
                    await gate.open()
                    try await check(failure, visit, title)
                    try await set(.none, of: title, bench)
                    try await checkHealed(failure, visit)
                }
                try await group.waitForAll()
            }
        }
    }

    private func check(
        _ failure: DepartmentBehaviour.Failure, _ visit: FamilyVisit, _ title: CredentialID
    ) async throws {
        let expected =
            switch failure {
            case .queued: "queued"
            case .notSupported: "not_supported"
            default: "source_down"
            }
        _ = try await eventually(within: .seconds(10)) { await visit.wire.receipt != nil }
        let receipt = try #require(await visit.wire.receipt)
        var watched = Watched()
        let isSeen = try await eventually(within: .seconds(20)) {
            let reading = try await visit.replay.read(receipt)
            watched.states.insert(reading.state)
            if let category = reading.category { watched.categories.insert(category) }
            watched.status = reading.credentials.first { $0.credential == title }?.status
            // A department that has taken the question for later still checks.
            return watched.status == expected && (reading.state != .verifying || failure == .queued)
        }
        #expect(isSeen, "\(failure): \(watched)")
        #expect(watched.states.isSubset(of: [.verifying, .waitingForSource, .firstReview]), "\(failure): \(watched)")
        if failure != .notSupported { #expect(!watched.states.contains(.firstReview), "\(failure): \(watched)") }
        let truth = visit.child.truth.category.map { Set([$0]) } ?? []
        #expect(watched.categories.isSubset(of: truth), "\(failure): nobody is put lower: \(watched)")
        let page = try await visit.browser.open("/family/applications/\(receipt)").checked()
        #expect(page.status == 200)
    }

    private func checkHealed(_ failure: DepartmentBehaviour.Failure, _ visit: FamilyVisit) async throws {
        let receipt = try #require(await visit.wire.receipt)
        let reading = try await visit.replay.settled(receipt)
        guard failure != .notSupported else {
            // The register has said that it will never know: a person looks.
            #expect(reading.state == .firstReview)
            return
        }
        #expect(reading.state == .qualified, "\(failure)")
        #expect(reading.category == visit.child.truth.category, "\(failure)")
        #expect(Set(reading.schools) == Set(visit.child.truth.schools), "\(failure)")
    }

    private func set(
        _ failure: DepartmentBehaviour.Failure, of credential: CredentialID, _ bench: Workbench
    ) async throws {
        let reply = try await bench.transport.send(
            ReplayRequest(
                method: "PUT", address: "\(bench.sandbox)/control/departments/\(credential)",
                headers: [("Content-Type", "application/json")],
                body: Array(#"{"failure":"\#(failure.rawValue)","failure_rate":1}"#.utf8)))
        try #require(reply.status == 200)
    }
}
