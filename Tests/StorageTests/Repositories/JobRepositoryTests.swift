import Enrollment
import Storage
import Testing

@Suite("Work that is due", .timeLimit(.minutes(1)))
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
        return try await world.database.write(world.staff(key)) {
            try JobRepository.claim(of: key, limit: limit, now: now, leaseUntil: until, in: $0)
        }
    }

    private func waiting(_ world: World, at now: Instant) async throws -> Set<TenantSeason> {
        try await world.database.read(.queue) { Set(try JobRepository.tenantsWithWork(now: now, in: $0)) }
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
            let next = try await world.database.read(.queue) { try JobRepository.nextDue(in: $0) }
            #expect(next == later)
            #expect(try await waiting(world, at: later) == [world.mine, world.other])
            #expect(try await claim(world, at: later, until: later.adding(.seconds(60))) == [mine])
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
}
