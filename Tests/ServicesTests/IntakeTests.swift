import Catchments
import Enrollment
import Foundation
import Storage
import Testing

@testable import Services

@Suite("Submissions are taken in together", .timeLimit(.minutes(5)))
struct IntakeTests {
    /// A form that is ready to be sent.
    private struct Ready: Sendable {
        let viewer: Viewer
        let draft: DraftID
        let form: SubmissionForm
    }

    private func ready(
        _ season: TestSeason, _ family: SampleFamily, father: Bool = false, lives: Community? = nil,
        child: SamplePerson? = nil
    ) async throws -> Ready {
        season.register(family)
        let viewer = try await season.signIn(father ? family.father : family.mother)
        try await GiveHouseholdConsent(season.platform)(viewer)
        let answers = Answers(
            relation: father ? "father" : "mother", lives: lives, owner: father ? "other_parent" : "guardian")
        let draft = try await season.begin(viewer, child ?? family.child)
        try await season.fill(viewer, draft, family, answers)
        return Ready(viewer: viewer, draft: draft, form: try await season.form(viewer, draft, answers))
    }

    private func send(_ ready: Ready, _ season: TestSeason) async throws -> Result<ReceiptNumber, ServiceError> {
        do {
            return .success(try await SubmitApplication(season.platform)(ready.viewer, ready.draft, ready.form))
        } catch let error as ServiceError {
            return .failure(error)
        }
    }

    /// Sends all at once while intake is held: the first is under way, the others wait together behind it.
    private func sendTogether(
        _ forms: [Ready], _ season: TestSeason, _ held: HeldDatabase
    ) async throws -> [Result<ReceiptNumber, ServiceError>] {
        held.hold()
        return try await withThrowingTaskGroup(of: (Int, Result<ReceiptNumber, ServiceError>).self) { group in
            for (number, form) in forms.enumerated() {
                group.addTask { (number, try await send(form, season)) }
                if number == 0 { try await until { held.waiting == 1 } }
            }
            try await until { season.platform.intake.waiting == forms.count - 1 }
            held.letGo()
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Waits for what has no event of its own to be so.
    private func until(_ isSo: () -> Bool) async throws {
        while !isSo() { try await Task.sleep(for: .milliseconds(1)) }
    }

    private func receipt(_ result: Result<ReceiptNumber, ServiceError>) -> ReceiptNumber? {
        if case .success(let receipt) = result { receipt } else { nil }
    }

    private func error(_ result: Result<ReceiptNumber, ServiceError>) -> ServiceError? {
        if case .failure(let error) = result { error } else { nil }
    }

    /// Tenants of the submissions in the order in which they were written.
    private func tenantsWritten(_ season: TestSeason) async throws -> [String] {
        let entries = try await season.database.read(.province) { tx in
            try AuditRepository.writers(in: tx).flatMap {
                try AuditRepository.entries(of: $0, after: 0, limit: 1000, in: tx)
            }
        }
        return try entries.compactMap { entry in
            let fields = try JSONDecoder().decode([String: String].self, from: Data(entry.entry.utf8))
            return fields["action"] == "application.submit" ? fields["tenant"] : nil
        }
    }

    @Test("a child that is taken already keeps nobody else's submission out", arguments: IntakeDatabase.given)
    func duplicateAmongOthers(_ database: IntakeDatabase) async throws {
        try await database.run(IntakeLimits(lanes: 1)) { season, held in
            var forms: [Ready] = []
            for number in 1...6 { forms.append(try await ready(season, try SampleFamily(number))) }
            // The other parents of two of the children send forms too, one of them to another county; and one form comes
            // twice.
            forms.append(try await ready(season, try SampleFamily(2), father: true))
            forms.append(try await ready(season, try SampleFamily(3), father: true, lives: SampleFamily.anhua))
            forms.append(forms[4])
            let results = try await sendTogether(forms, season, held)
            #expect(receipt(results[4]) != nil && receipt(results[4]) == receipt(results[8]), "one form, one receipt")
            for (one, other) in [(1, 6), (2, 7)] {
                #expect(
                    [results[one], results[other]].count { receipt($0) != nil } == 1, "one of two parents is taken")
                #expect([results[one], results[other]].compactMap(error) == [.childClaimed(nil)])
            }
            for number in [0, 3, 5] { #expect(receipt(results[number]) != nil) }
            #expect(Set(results.compactMap(receipt)).count == 6)
        }
    }

    @Test("a submission that cannot be written leaves the others alone", arguments: IntakeDatabase.given)
    func errorAmongOthers(_ database: IntakeDatabase) async throws {
        try await database.run(IntakeLimits(lanes: 1)) { season, held in
            let twins = try SampleFamily(7, childrenBorn: ["2020-03-15", "2020-05-05"])
            let first = try await ready(season, twins)
            var second = try await ready(season, twins, child: twins.children[1])
            // Two forms under one key: the rows of the second are refused by the database, and with them the transaction.
            second = Ready(
                viewer: second.viewer, draft: second.draft,
                form: SubmissionForm(
                    ranking: second.form.ranking, consents: second.form.consents, phone: second.form.phone,
                    key: first.form.key))
            var forms = [try await ready(season, try SampleFamily(8)), first, second]
            forms.append(try await ready(season, try SampleFamily(9), lives: SampleFamily.anhua))
            let results = try await sendTogether(forms, season, held)
            #expect(receipt(results[0]) != nil && receipt(results[3]) != nil)
            #expect(results[1...2].count { receipt($0) != nil } == 1)
            #expect(results[1...2].compactMap(error) == [.submissionKeyReused])
        }
    }

    @Test("what waits is written tenant by tenant, in one order", arguments: IntakeDatabase.given)
    func orderByTenant(_ database: IntakeDatabase) async throws {
        try await database.run(IntakeLimits(lanes: 1)) { season, held in
            var forms: [Ready] = []
            for number in 1...9 {
                let lives = number.isMultiple(of: 2) ? SampleFamily.anhua : nil
                forms.append(try await ready(season, try SampleFamily(number), lives: lives))
            }
            _ = try await sendTogether(forms, season, held)
            let together = try await tenantsWritten(season).dropFirst()
            #expect(together.count == 8 && Array(together) == together.sorted())
            #expect(Set(together).count == 2)
        }
    }

    @Test("a county of which very many wait does not keep another's families waiting", arguments: IntakeDatabase.given)
    func fairness(_ database: IntakeDatabase) async throws {
        try await database.run(IntakeLimits(batch: 4, turn: 2, lanes: 1)) { season, held in
            var crowd: [Ready] = []
            for number in 1...20 { crowd.append(try await ready(season, try SampleFamily(number))) }
            let late = try await ready(season, try SampleFamily(21), lives: SampleFamily.anhua)
            held.hold()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, form) in crowd.enumerated() {
                    group.addTask { _ = try await send(form, season) }
                    if number == 0 { try await until { held.waiting == 1 } }
                }
                try await until { season.platform.intake.waiting == 19 }
                group.addTask { _ = try await send(late, season) }
                try await until { season.platform.intake.waiting == 20 }
                held.letGo()
                try await group.waitForAll()
            }
            let written = try await tenantsWritten(season)
            let place = try #require(written.firstIndex(of: TestSeason.anhua.rawValue))
            #expect(written.count == 21)
            #expect(place <= 4, "the family that came last is in the first transaction after the one under way")
        }
    }

    @Test("who finds too many waiting is told when to come back, and is taken in then", arguments: IntakeDatabase.given)
    func overload(_ database: IntakeDatabase) async throws {
        try await database.run(IntakeLimits(waiting: 3, lanes: 1)) { season, held in
            var forms: [Ready] = []
            for number in 1...8 { forms.append(try await ready(season, try SampleFamily(number))) }
            held.hold()
            let results = try await withThrowingTaskGroup(of: (Int, Result<ReceiptNumber, ServiceError>).self) {
                group in
                for (number, form) in forms.enumerated() {
                    group.addTask { (number, try await send(form, season)) }
                    if number == 0 { try await until { held.waiting == 1 } }
                }
                var results: [Int: Result<ReceiptNumber, ServiceError>] = [:]
                // One is under way and three wait, so four are answered while nothing is written.
                for _ in 0..<4 {
                    let (number, result) = try #require(try await group.next())
                    results[number] = result
                }
                held.letGo()
                for try await (number, result) in group { results[number] = result }
                return results
            }
            let refused = results.filter { receipt($0.value) == nil }
            #expect(refused.count == 4)
            for (number, result) in refused {
                guard case .failure(.overloaded(let seconds)) = result else {
                    Issue.record("\(result)")
                    continue
                }
                #expect(seconds > 0)
                #expect(receipt(try await send(forms[number], season)) != nil, "the same form, later")
            }
            #expect(try await tenantsWritten(season).count == 8)
        }
    }

    @Test(
        "whatever comes at once: one live application a child, one receipt a key, and counts that agree",
        arguments: IntakeDatabase.given, [1 as UInt64, 2, 3])
    func anything(_ database: IntakeDatabase, seed: UInt64) async throws {
        var generator = Seeded(state: seed)
        let limits = IntakeLimits(
            batch: Int.random(in: 1...7, using: &generator), turn: Int.random(in: 1...3, using: &generator),
            lanes: Int.random(in: 1...3, using: &generator))
        let plan = (1...14).map { _ in Int.random(in: 0..<4, using: &generator) }
        let order = Array(0..<100).shuffled(using: &generator)
        try await database.run(limits) { season, _ in
            var forms: [(child: Int, form: Ready)] = []
            for (index, kind) in plan.enumerated() {
                let family = try SampleFamily(index + 1)
                forms.append((index, try await ready(season, family)))
                switch kind {
                case 1: forms += [forms[forms.count - 1], forms[forms.count - 1]]
                case 2: forms.append((index, try await ready(season, family, father: true)))
                case 3: forms.append((index, try await ready(season, family, father: true, lives: SampleFamily.anhua)))
                default: break
                }
            }
            let sent = order.filter { $0 < forms.count }.map { forms[$0] }
            let results = try await withThrowingTaskGroup(
                of: (child: Int, key: String, result: Result<ReceiptNumber, ServiceError>).self
            ) { group in
                for (child, form) in sent { group.addTask { (child, form.form.key, try await send(form, season)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for child in plan.indices {
                let receipts = Set(results.filter { $0.child == child }.compactMap { receipt($0.result) })
                #expect(receipts.count == 1, "child \(child)")
            }
            #expect(results.compactMap { error($0.result) }.allSatisfy { $0 == .childClaimed(nil) })
            for (_, same) in Dictionary(grouping: results, by: \.key) {
                #expect(Set(same.map { receipt($0.result) }).count == 1, "one key, one answer")
            }
            for code in [TestSeason.taojiang, TestSeason.anhua] {
                let key = TenantSeason(code, season.platform.season)
                let (counted, deltas) = try await season.database.read(.tenant(code, key.season)) { tx in
                    (
                        try ApplicationRepository.counts(of: key, in: tx).values.reduce(0, +),
                        try tx.row("SELECT COALESCE(SUM(n), 0) AS n FROM counter_delta WHERE tenant = \(code)")?.int(
                            "n")
                    )
                }
                #expect(counted == deltas)
            }
            #expect(try await tenantsWritten(season).count == plan.count)
            #expect(try await VerifyAudit(season.platform)().allSatisfy { $0.firstBroken == nil })
        }
    }
}

/// The same numbers on every run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
