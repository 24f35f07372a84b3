import Enrollment
import Foundation
import Protection
import Services
import Storage
import StorageDrivers
import Synchronization
import Testing

@Suite("An installation moves to another database whole", .timeLimit(.minutes(5)))
struct MovingTests {
    /// A season with a qualified family, one that waits, and an officer, on SQLite; beside it an empty PostgreSQL
    /// database, open as the tables' owner and as the service.
    private func run(
        _ body:
            @escaping @Sendable (
                _ season: TestSeason, _ owner: any Database, _ service: any Database, _ families: [Family]
            ) async throws -> Void
    ) async throws {
        try await PostgreSQLServer.shared.withDatabase { place in
            let owner = try await PostgreSQLDatabase.open(place.settings(user: "ruxue_owner", isOwner: true, pool: 2))
            let service = try await PostgreSQLDatabase.open(place.settings())
            try await TestSeason.run { season in
                let first = try SampleFamily(1)
                let (viewer, receipt) = try await season.qualified(first)
                let second = try SampleFamily(2)
                season.register(second, title: false)
                let other = try await season.arrive(second)
                let waiting = try await season.apply(other, second)
                try await season.wait(other, waiting, for: .needsRepair)
                try await AskForPerson(season.platform)(
                    other, waiting, .realEstateTitle, homeKind: "self_built", note: "家里的老房子样例",
                    photo: Upload(bytes: SampleImage.jpeg))
                _ = try await season.officer(1, .firstReviewer)
                try await body(
                    season, owner, service,
                    [
                        Family(person: first.mother, viewer: viewer, receipt: receipt),
                        Family(person: second.mother, viewer: other, receipt: waiting),
                    ])
            }
            try await service.close()
            try await owner.close()
        }
    }

    private struct Family: Sendable {
        let person: SamplePerson
        let viewer: Viewer
        let receipt: ReceiptNumber
    }

    @Test("every family reads the same on the copy, signs in with the same papers, and goes on there")
    func pages() async throws {
        try await run { season, owner, service, families in
            let steps = Steps()
            let report = try await CopyDatabase(from: season.database, to: owner)(
                progress: { phase, _, done, total in steps.note(phase, done, total) })
            #expect(report.rows > 30)
            #expect(report.seasons == [2026])
            #expect(report.tables.contains { $0.name == "application" && $0.rows == 2 })
            #expect(steps.reached == [.copying, .verifying], "both phases are shown to their end")

            let moved = try await TestSeason(beside: season, on: service)
            for family in families {
                let before = try await season.read(family.viewer, family.receipt)
                let after = try await moved.read(family.viewer, family.receipt)
                // Everything that the page shows; dictionaries in it tell their pairs in any order.
                let same = "\(before)".sorted() == "\(after)".sorted()
                #expect(same && before.history == after.history && before.answers == after.answers)
                let viewer = try await moved.signIn(family.person)
                #expect(viewer.person == family.viewer.person, "papers find the same person by the same keys")
            }
            let third = try SampleFamily(3)
            try await moved.working {
                let (viewer, receipt) = try await moved.qualified(third)
                #expect(try await moved.read(viewer, receipt).state == .qualified)
            }
        }
    }

    @Test("what was interrupted goes on; a full target is refused")
    func resumed() async throws {
        try await run { season, owner, _, _ in
            // As an interrupted copy leaves it: some tables whole, one in part, the others empty.
            let tables = try await TableShape.all(in: season.database)
            let events = try #require(tables.first { $0.name.description == "application_event" })
            let half = try await season.database.read(.migration) { reading in
                var rows: [[SQLValue]] = []
                try events.eachPage(of: reading) { rows += $0 }
                return Array(rows.prefix(rows.count / 2))
            }
            _ = try await SeasonPartitions.open(SeasonYear(2026), owner)
            try await owner.write(.migration) { try events.insert(half, into: $0, skipsExisting: false) }
            await #expect(throws: MovingProblem.targetNotEmpty(tables: ["application_event"])) {
                try await CopyDatabase(from: season.database, to: owner)()
            }
            let report = try await CopyDatabase(from: season.database, to: owner, resumes: true)()
            #expect(report.skipped == 0)
            let again = try await CopyDatabase(from: season.database, to: owner, resumes: true)()
            #expect(again.tables == report.tables)
            #expect(again.skipped == report.tables.filter { $0.rows > 0 }.count)
        }
    }

    @Test("one changed byte in the copy is found, and which table it is in")
    func changed() async throws {
        try await run { season, owner, _, _ in
            _ = try await CopyDatabase(from: season.database, to: owner)()
            try await owner.write(.migration) { tx in
                try tx.execute("UPDATE person SET data_key = set_byte(data_key, 3, (get_byte(data_key, 3) + 1) % 256)")
            }
            await #expect(throws: MovingProblem.differs(tables: ["person"])) {
                try await CopyDatabase(from: season.database, to: owner, resumes: true)()
            }
        }
    }

    @Test("a database that was begun with other keys takes nothing")
    func otherKeys() async throws {
        try await run { season, owner, _, _ in
            let (own, others) = (KeysBelong(Vault(season.keys)), KeysBelong(Vault(KeyRing.generate())))
            let (begun, begunThere) = (try await own(season.database), try await others(owner))
            #expect(begun && begunThere)
            await #expect(throws: MovingProblem.otherKeys) {
                try await CopyDatabase(from: season.database, to: owner)()
            }
        }
    }

    @Test("and back: a copy of the copy on SQLite is the first again")
    func back() async throws {
        try await run { season, owner, _, _ in
            let there = try await CopyDatabase(from: season.database, to: owner)()
            let file = try await SQLiteDatabase.temporary()
            _ = try await Migrator(Schema.migrations).migrate(file)
            let back = try await CopyDatabase(from: owner, to: file)()
            #expect(back.tables == there.tables)
            try await file.close()
        }
    }
}

/// Which phases came to their last row.
private final class Steps: Sendable {
    private let state = Mutex<[CopyDatabase.Phase]>([])

    var reached: [CopyDatabase.Phase] { state.withLock { $0 } }

    func note(_ phase: CopyDatabase.Phase, _ done: Int, _ total: Int) {
        if done == total { state.withLock { $0.append(phase) } }
    }
}
