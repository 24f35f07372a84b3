import Enrollment
import Storage
import Testing

@Suite("Applications and their events", .timeLimit(.minutes(5)))
struct ApplicationRepositoryTests {
    @Test("an application comes back as it was written, and its neighbours are not it", arguments: Driver.allCases)
    func roundTrip(driver: Driver) async throws {
        try await World.run(driver) { world in
            try await world.write { tx in
                #expect(
                    try ApplicationRepository.find(world.application.id, of: world.mine, in: tx) == world.application)
                #expect(
                    try ApplicationRepository.find(receipt: world.application.receipt, of: world.mine, in: tx)
                        == world.application)
                #expect(try ApplicationRepository.find(world.foreign.id, of: world.mine, in: tx) == nil)
                #expect(try ApplicationRepository.find(receipt: world.foreign.receipt, of: world.mine, in: tx) == nil)
                #expect(try ApplicationRepository.counts(of: world.mine, in: tx) == [.verifying: 2])
                let list = try ApplicationRepository.list(
                    state: .verifying, after: nil, limit: 9, of: world.mine, in: tx)
                #expect(list.map(\.receipt) == [world.application.receipt, world.neighbour.receipt])
                let next = try ApplicationRepository.list(
                    state: nil, after: world.application.receipt, limit: 9, of: world.mine, in: tx)
                #expect(next.map(\.id) == [world.neighbour.id])
                #expect(
                    try ApplicationRepository.list(state: .qualified, after: nil, limit: 9, of: world.mine, in: tx)
                        .isEmpty)
                #expect(try ApplicationRepository.firstChoices(of: world.mine, in: tx) == ["P01": 2])
            }
        }
    }

    @Test("a receipt number is used once in a tenant, and again in another", arguments: Driver.allCases)
    func receiptUnique(driver: Driver) async throws {
        try await World.run(driver) { world in
            let twin = World.row(world.mine, world.application.receipt, world.stranger)
            let added = try await world.write { try ApplicationRepository.insert(twin, in: $0) }
            let kept = try await world.write {
                try ApplicationRepository.find(receipt: twin.receipt, of: world.mine, in: $0)
            }
            #expect(!added && kept == world.application)
            let elsewhere = World.row(world.other, world.application.receipt, world.stranger)
            let addedThere = try await world.database.write(world.staff(world.other)) {
                try ApplicationRepository.insert(elsewhere, in: $0)
            }
            #expect(addedThere)
        }
    }

    @Test("events are appended in order, and only from the state the application is in", arguments: Driver.allCases)
    func events(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key, later) = (world.application.id, world.mine, World.now.adding(.seconds(60)))
            try await world.write { tx in
                let moved = try ApplicationRepository.record(
                    .checked, moving: id, of: key, from: .verifying, to: .qualified, actor: .machine, at: later, in: tx)
                #expect(moved)
                let stale = try ApplicationRepository.record(
                    .checked, moving: id, of: key, from: .verifying, to: .needsRepair, actor: .machine, at: later,
                    in: tx)
                #expect(!stale)
                let same = try ApplicationRepository.record(
                    .checked, moving: id, of: key, from: .qualified, to: .qualified, actor: .machine,
                    at: later.adding(.seconds(60)), in: tx)
                #expect(same)
                let events = try ApplicationRepository.events(of: id, key, in: tx)
                #expect(events.map(\.sequence) == [1, 2, 3])
                #expect(events.map(\.state) == [.verifying, .qualified, .qualified])
                #expect(events.map(\.type) == [.submitted, .checked, .checked])
                let row = try ApplicationRepository.find(id, of: key, in: tx)
                #expect(row?.state == .qualified && row?.stateSince == later)
                #expect(try ApplicationRepository.events(of: world.neighbour.id, key, in: tx).count == 1)
                #expect(try ApplicationRepository.find(world.neighbour.id, of: key, in: tx)?.state == .verifying)
            }
        }
    }

    @Test(
        "a revision is added once, becomes the current one, and forgets when the former settled",
        arguments: Driver.allCases)
    func revisions(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let second = RevisionRow(number: 2, sealedAnswers: [9], by: world.mother, at: World.now)
            try await world.write { tx in
                try ApplicationRepository.setSettled(
                    at: World.now, departmentMilliseconds: 12, of: id, key, in: tx)
                #expect(try ApplicationRepository.find(id, of: key, in: tx)?.departmentMilliseconds == 12)
                try ApplicationRepository.insert(revision: second, choices: ["P05"], of: id, key, in: tx)
                let row = try ApplicationRepository.find(id, of: key, in: tx)
                #expect(row?.revision == 2 && row?.settledAt == nil && row?.departmentMilliseconds == nil)
                #expect(try ApplicationRepository.revision(1, of: id, key, in: tx)?.sealedAnswers == [1, 2, 3])
                #expect(try ApplicationRepository.revision(2, of: id, key, in: tx) == second)
                #expect(try ApplicationRepository.revision(3, of: id, key, in: tx) == nil)
                #expect(try ApplicationRepository.choices(of: id, revision: 1, key, in: tx) == ["P01", "P05"])
                #expect(try ApplicationRepository.choices(of: id, revision: 2, key, in: tx) == ["P05"])
                #expect(try ApplicationRepository.firstChoices(of: key, in: tx) == ["P01": 1, "P05": 1])
                #expect(try ApplicationRepository.find(world.neighbour.id, of: key, in: tx)?.revision == 1)
                try ApplicationRepository.setPersonAsked(true, of: id, key, in: tx)
                #expect(try ApplicationRepository.find(id, of: key, in: tx)?.personAsked == true)
                #expect(try ApplicationRepository.find(world.neighbour.id, of: key, in: tx)?.personAsked == false)
            }
            await #expect(throws: StorageError.self) {
                try await world.write { tx in
                    try ApplicationRepository.insert(revision: second, choices: [], of: id, key, in: tx)
                }
            }
        }
    }

    @Test(
        "attachments are listed without their bodies, and open for their own application only",
        arguments: Driver.allCases)
    func attachments(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let row = AttachmentRow(
                id: World.id(), mediaType: "image/png", size: 3, sealedBody: [0, 255], at: World.now)
            try await world.write { tx in
                try ApplicationRepository.insert(attachment: row, of: id, key, in: tx)
                let list = try ApplicationRepository.attachments(of: id, key, in: tx)
                #expect(list.map(\.id) == [row.id] && list[0].sealedBody.isEmpty)
                #expect(try ApplicationRepository.attachment(row.id, of: id, key, in: tx) == row)
                #expect(try ApplicationRepository.attachment(row.id, of: world.neighbour.id, key, in: tx) == nil)
                #expect(try ApplicationRepository.attachments(of: world.neighbour.id, key, in: tx).isEmpty)
            }
        }
    }

    @Test("withdrawn applications name no school first", arguments: Driver.allCases)
    func withdrawn(driver: Driver) async throws {
        try await World.run(driver) { world in
            try await world.write { tx in
                try ApplicationRepository.record(
                    .withdrawn, moving: world.neighbour.id, of: world.mine, from: .verifying, to: .withdrawn,
                    actor: .family, at: World.now, in: tx)
                #expect(try ApplicationRepository.firstChoices(of: world.mine, in: tx) == ["P01": 1])
                #expect(try ApplicationRepository.counts(of: world.mine, in: tx) == [.verifying: 1, .withdrawn: 1])
            }
        }
    }
}
