import Enrollment
import Storage
import StorageDrivers
import Testing

@Suite("A season that is closed", .timeLimit(.minutes(5)))
struct SeasonClosingTests {
    private static let ends = Set(ApplicationState.allCases.filter(\.endsSeason))

    /// Runs a body on a database with three applications, beside it the same one as its tables' owner sees it.
    private func run(
        _ driver: Driver, _ body: (_ service: any Database, _ owner: any Database) async throws -> Void
    ) async throws {
        switch driver {
        case .sqlite: try await driver.run { try await body($0, $0) }
        case .postgresql, .citus:
            try await PostgreSQLServer.shared.withDatabase { place in
                let owner = try await PostgreSQLDatabase.open(
                    place.settings(user: "ruxue_owner", isOwner: true, pool: 1))
                let service = try await PostgreSQLDatabase.open(place.settings(pool: 2))
                try await body(service, owner)
                try await service.close()
                try await owner.close()
            }
        }
    }

    private func settle(
        _ row: ApplicationRow, from: ApplicationState = .verifying, as state: ApplicationState, _ database: any Database
    ) async throws {
        try await database.write(.tenant(row.key.tenant, row.key.season)) { tx in
            let moved = try ApplicationRepository.record(
                .withdrawn, moving: row.id, of: row.key, from: from, to: state, actor: .family, at: World.now, in: tx)
            #expect(moved)
        }
    }

    @Test(
        "is not closed while a child has no end; then nobody writes in it, other seasons go on, and it can be opened again",
        arguments: [Driver.sqlite, .postgresql])
    func closing(driver: Driver) async throws {
        try await run(driver) { service, owner in
            let world = try await World.planted(in: service)
            let season = World.season
            #expect(
                try await SeasonClosing.close(season, ends: Self.ends, owner) == [
                    world.mine.tenant: 2, world.other.tenant: 1,
                ])
            #expect(try await SeasonClosing.closed(owner).isEmpty)
            for row in [world.application, world.neighbour] { try await settle(row, as: .withdrawn, service) }
            #expect(try await SeasonClosing.close(season, ends: Self.ends, owner) == [world.other.tenant: 1])
            try await settle(world.foreign, as: .accepted, service)
            #expect(try await SeasonClosing.close(season, ends: Self.ends, owner).isEmpty)
            #expect(try await SeasonClosing.close(season, ends: Self.ends, owner).isEmpty, "twice is as good as once")
            #expect(try await SeasonClosing.closed(owner) == [season])

            await #expect(throws: StorageError.seasonClosed) {
                try await settle(world.foreign, from: .accepted, as: .released, service)
            }
            let late = World.row(world.mine, "430922-26-0000-0009", world.mother)
            await #expect(throws: StorageError.seasonClosed) {
                try await service.write(world.filing(late)) { tx in _ = try ApplicationRepository.insert(late, in: tx) }
            }
            // What is there is still read.
            let found = try await service.read(world.staff(world.mine)) { tx in
                try ApplicationRepository.find(receipt: world.application.receipt, of: world.mine, in: tx)
            }
            #expect(found?.id == world.application.id)
            let next = World.row(
                TenantSeason(world.mine.tenant, SeasonYear(2027)), "430922-27-0000-0001", world.mother)
            try await service.write(world.filing(next)) { tx in _ = try ApplicationRepository.insert(next, in: tx) }
            // A process that starts pins the rounds it finds open.
            try await service.write(.province) { tx in
                try TenantVersionRepository.pin(world.mine, versionHash: "v", at: World.now, in: tx)
            }

            #expect(try await SeasonClosing.reopen(season, owner))
            try await settle(world.foreign, from: .accepted, as: .released, service)
            #expect(try await !SeasonClosing.reopen(season, owner), "it is open already")
        }
    }

    @Test("a season that nobody opened cannot be closed")
    func unopened() async throws {
        try await run(.postgresql) { _, owner in
            await #expect(throws: StorageError.notFound(what: "season; open it first")) {
                _ = try await SeasonClosing.close(SeasonYear(2031), ends: Self.ends, owner)
            }
        }
    }
}
