import Enrollment
import Storage
import Testing

@Suite("Work that is due", .timeLimit(.minutes(5)))
struct JobRepositoryTests {
    private let later = World.now.adding(.seconds(60))

    private func enqueue(_ world: World, _ jobs: [JobRepository.Row], due: Instant = World.now) async throws {
        try await world.database.write(.province) { tx in
            for job in jobs {
                try tx.writing(world.staff(job.key)) { try JobRepository.enqueue(job, due: due, in: $0) }
            }
        }
    }

    private func claim(
        _ world: World, of key: TenantSeason? = nil, _ limit: Int = 99, at now: Instant, until: Instant
    ) async throws -> [JobRepository.Row] {
        let key = key ?? world.mine
        return try await world.database.write(world.staff(key)) { tx in
            try JobRepository.claim(of: key, limit: limit, now: now, leaseUntil: until, in: tx).map(\.row)
        }
    }

    private func due(_ world: World, at now: Instant) async throws -> [JobRepository.Due] {
        try await world.database.read(.queue) { try JobRepository.due(World.season, now: now, in: $0) }
    }

    private func waiting(_ world: World, at now: Instant) async throws -> Set<TenantSeason> {
        Set(try await due(world, at: now).filter { $0.since != nil }.map(\.key))
    }

    @Test("work is claimed when it is due, once, and again when its lease has run out", arguments: Driver.allCases)
    func lease(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (mine, foreign) = (world.job(world.application), world.job(world.foreign))
            try await enqueue(world, [mine])
            try await enqueue(world, [foreign], due: later)
            #expect(try await waiting(world, at: World.now) == [world.mine])
            #expect(try await claim(world, of: world.other, at: World.now, until: later).isEmpty)
            #expect(try await claim(world, at: World.now, until: later) == [mine])
            #expect(try await claim(world, at: World.now, until: later).isEmpty)
            #expect(try await waiting(world, at: World.now).isEmpty)
            #expect(try await due(world, at: World.now).compactMap(\.next) == [later])
            #expect(try await waiting(world, at: later) == [world.mine, world.other])
            #expect(try await claim(world, at: later, until: later.adding(.seconds(60))) == [mine])
        }
    }

    @Test(
        "what fell due lately is found in the tenants asked for; older, leased and coming work is not",
        arguments: Driver.allCases)
    func lately(driver: Driver) async throws {
        try await World.run(driver) { world in
            let now = World.now.adding(.seconds(600))
            let after = now.adding(.seconds(-100))
            func lately(_ tenants: [TenantCode]) async throws -> [Instant?] {
                try await world.database.read(.queue) { tx in
                    try JobRepository.due(World.season, of: tenants, after: after, now: now, in: tx)
                        .filter { $0.key == world.mine }.map(\.since)
                }
            }
            try await enqueue(world, [world.job(world.application)], due: after)
            try await enqueue(world, [world.job(world.application)], due: now.adding(.seconds(1)))
            #expect(try await lately([world.mine.tenant]).isEmpty)
            try await enqueue(world, [world.job(world.application)], due: now.adding(.seconds(-30)))
            try await enqueue(world, [world.job(world.application)], due: now)
            #expect(try await lately([world.other.tenant]).isEmpty)
            #expect(try await lately([]).isEmpty)
            #expect(try await lately([world.other.tenant, world.mine.tenant]).contains(now.adding(.seconds(-30))))
            _ = try await claim(world, at: now, until: now.adding(.seconds(60)))
            #expect(try await lately([world.mine.tenant]).isEmpty)
        }
    }

    @Test("no more is claimed than asked for, the longest due first", arguments: Driver.allCases)
    func limit(driver: Driver) async throws {
        try await World.run(driver) { world in
            let jobs = (0..<5).map { _ in world.job(world.application) }
            for (number, job) in jobs.enumerated() {
                try await enqueue(world, [job], due: World.now.adding(.seconds(-Int64(number))))
            }
            let first = try await claim(world, 2, at: World.now, until: later)
            #expect(Set(first) == Set(jobs.suffix(2)))
            #expect(try await claim(world, 99, at: World.now, until: later).count == 3)
        }
    }

    @Test("postponed work is due later with one attempt more; finished work is gone", arguments: Driver.allCases)
    func postpone(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let (job, done) = (world.job(world.application), world.job(world.application, .socialInsurance))
            try await enqueue(world, [job, done])
            _ = try await claim(world, at: World.now, until: later)
            let soon = World.now.adding(.seconds(5))
            try await world.database.write(world.filing(world.application)) { tx in
                try JobRepository.postpone(job.id, of: id, key, until: soon, in: tx)
                try JobRepository.finish(done.id, of: id, key, in: tx)
                #expect(try JobRepository.find(job.id, of: id, key, in: tx)?.attempts == 1)
                #expect(try JobRepository.find(done.id, of: id, key, in: tx) == nil)
            }
            #expect(try await claim(world, at: World.now, until: later).isEmpty)
            #expect(try await claim(world, at: soon, until: later).map(\.id) == [job.id])
        }
    }

    @Test("cancelling takes an application's own work, of one credential or all", arguments: Driver.allCases)
    func cancel(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let jobs = [CredentialID.household, .realEstateTitle, .socialInsurance].map {
                world.job(world.application, $0)
            }
            let (neighbour, foreign) = (world.job(world.neighbour), world.job(world.foreign))
            try await enqueue(world, jobs + [neighbour, foreign])
            try await world.write { tx in
                try JobRepository.cancel(of: id, credential: .household, key, in: tx)
                #expect(try JobRepository.find(jobs[0].id, of: id, key, in: tx) == nil)
                #expect(try JobRepository.find(jobs[1].id, of: id, key, in: tx) != nil)
                try JobRepository.cancel(of: id, key, in: tx)
                // Another tenant's work is out of reach even where its identifiers are known.
                try JobRepository.cancel(of: world.foreign.id, key, in: tx)
                try JobRepository.finish(foreign.id, of: world.foreign.id, key, in: tx)
            }
            #expect(try await claim(world, at: World.now, until: later) == [neighbour])
            #expect(try await claim(world, of: world.other, at: World.now, until: later) == [foreign])
        }
    }

    @Test("done work is gone, work put back counts its takes, a renewed lease holds", arguments: Driver.allCases)
    func takes(driver: Driver) async throws {
        try await World.run(driver) { world in
            let jobs = [CredentialID.household, .realEstateTitle, .socialInsurance].map {
                world.job(world.application, $0)
            }
            try await enqueue(world, jobs + [world.job(world.foreign)])
            let key = world.mine
            let slot = JobSlot.of(World.now)
            let claimed = try await world.database.write(world.staff(key)) { tx in
                try JobRepository.claim(.init(slot: slot, limit: 9, now: World.now, leaseUntil: later), of: key, in: tx)
            }
            #expect(claimed.map(\.takes) == [1, 1, 1])
            let again = try await world.database.write(world.staff(key)) { tx in
                try JobRepository.renew([claimed[0]], of: key, until: later.adding(.seconds(9)), in: tx)
                try JobRepository.giveBack(claimed[1], until: World.now, counts: true, in: tx)
                return try JobRepository.claim(
                    .init(slot: slot, limit: 9, now: later, leaseUntil: later.adding(.seconds(9))),
                    acknowledging: [claimed[2]], of: key, in: tx)
            }
            #expect(again.map(\.row) == [claimed[1].row])
            #expect(again.map(\.takes) == [2])
            #expect(try await claim(world, at: later.adding(.seconds(9)), until: later.adding(.seconds(20))).count == 2)
            #expect(try await waiting(world, at: World.now) == [world.other])
        }
    }

    @Test("slots that are worked off are emptied; what is left in them goes on", arguments: Driver.allCases)
    func rotate(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (left, leased) = (world.job(world.application), world.job(world.neighbour))
            try await enqueue(world, [left], due: World.now.adding(.seconds(-120)))
            try await enqueue(world, [leased], due: World.now.adding(.seconds(-240)))
            let older = JobSlot.of(World.now.adding(.seconds(-240)))
            let held = try await world.write { tx in
                try JobRepository.claim(
                    .init(slot: older, limit: 9, now: World.now, leaseUntil: later), of: world.mine, in: tx)
            }
            #expect(held.map(\.row) == [leased])
            try await world.database.write(.queue) { try JobRepository.rotate(now: World.now, in: $0) }
            let due = try await due(world, at: World.now)
            #expect(due.map(\.since) == [World.now.adding(.seconds(-120))])
            // On PostgreSQL it has moved to the slot in which work is put now.
            let slot = try #require(due.first?.slot)
            #expect(slot == JobSlot.of(World.now.adding(.seconds(driver == .postgresql ? 0 : -120))))
            let found = try await world.write { tx in
                try JobRepository.claim(
                    .init(slot: slot, limit: 9, now: World.now, leaseUntil: later), acknowledging: held, of: world.mine,
                    in: tx)
            }
            #expect(found.map(\.row) == [left])
            #expect(try await waiting(world, at: later) == [world.mine])
        }
    }

    @Test("what is buried is out of the queue and counted in its tenant", arguments: Driver.allCases)
    func bury(driver: Driver) async throws {
        try await World.run(driver) { world in
            let job = world.job(world.application)
            try await enqueue(world, [job, world.job(world.foreign)])
            let buried = try await world.database.write(world.filing(world.application)) { tx in
                try [1, 2].map { _ in try DeadJobRepository.bury(job, cause: "test.defect", at: World.now, in: tx) }
            }
            #expect(buried == [true, false])
            let counts = try await world.database.read(.queue) { try DeadJobRepository.counts(World.season, in: $0) }
            #expect(counts == [world.mine.tenant: 1])
            #expect(try await waiting(world, at: World.now) == [world.other])
        }
    }
}
