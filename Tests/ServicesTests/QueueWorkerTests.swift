import Enrollment
import Logging
import Storage
import Synchronization
import Testing

@testable import Services

@Suite("Working a queue off", .timeLimit(.minutes(5)))
struct QueueWorkerTests {
    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let key = TenantSeason(TestSeason.taojiang, SeasonYear(2026))

    private func enqueue(_ count: Int, _ season: TestSeason) async throws -> [JobRepository.Row] {
        let random = RandomSource.system
        let rows = (0..<count).map { _ in
            JobRepository.Row(
                key: Self.key, id: JobID(from: random), application: ApplicationID(from: random), revision: 1,
                credential: .household, attempts: 0)
        }
        let now = season.platform.clock.real()
        try await season.database.write(.tenant(Self.key.tenant, Self.key.season)) { tx in
            for row in rows { try JobRepository.enqueue(row, due: now, in: tx) }
        }
        return rows
    }

    private func worker(
        _ season: TestSeason, _ settings: QueueWorker.Settings,
        perform: @escaping @Sendable (JobRepository.Claimed) async throws -> QueueWorker.Outcome,
        giveUp: @escaping @Sendable (JobRepository.Claimed, String) async throws -> Void = { _, _ in }
    ) -> QueueWorker {
        QueueWorker(
            database: season.database, season: Self.key.season, tenants: { [Self.key.tenant] },
            clock: season.platform.clock.real, added: season.platform.changes.work(), settings: settings,
            logger: Self.silent, perform: perform, giveUp: giveUp)
    }

    /// Waits until nothing is left in the queue.
    private func untilEmpty(_ season: TestSeason) async throws {
        while try await season.database.read(.queue, { try $0.row("SELECT 1 AS n FROM job LIMIT 1") }) != nil {
            await Task.yield()
        }
    }

    @Test("everything is done once, and what is done is taken away")
    func done() async throws {
        let season = try await TestSeason()
        let rows = try await enqueue(500, season)
        let seen = Mutex<[JobID]>([])
        let worker = worker(season, .init(atOnce: 16, quantum: 4)) { job in
            seen.withLock { $0.append(job.row.id) }
            return .done
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            try await untilEmpty(season)
            group.cancelAll()
        }
        #expect(seen.withLock { $0.count } == 500)
        #expect(Set(seen.withLock { $0 }) == Set(rows.map(\.id)))
        try await season.database.close()
    }

    @Test("work whose worker died is done by another when its lease has run out; one that lives keeps its own")
    func died() async throws {
        let season = try await TestSeason()
        let rows = try await enqueue(3, season)
        var settings = QueueWorker.Settings(atOnce: 2, quantum: 2)
        settings.lease = .milliseconds(300)
        settings.poll = .milliseconds(50)
        let (taken, take) = AsyncStream.makeStream(of: JobID.self)
        let (release, letGo) = AsyncStream.makeStream(of: Void.self)
        let first = worker(season, settings) { job in
            take.yield(job.row.id)
            // Until it is cancelled: that is its death, in which it acknowledges nothing.
            for await _ in release {}
            throw CancellationError()
        }
        let others = Mutex<[JobID]>([])
        let second = worker(season, settings) { job in
            others.withLock { $0.append(job.row.id) }
            return .done
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await withTaskGroup(of: Void.self) { life in
                    life.addTask { await first.run() }
                    var held: Set<JobID> = []
                    for await id in taken where held.insert(id).inserted && held.count == 2 { break }
                    life.cancelAll()
                }
                await second.run()
            }
            try await untilEmpty(season)
            group.cancelAll()
        }
        letGo.finish()
        #expect(others.withLock { $0.sorted() } == rows.map(\.id).sorted())
        try await season.database.close()
    }

    @Test("what fails every time is given up, and does not keep the rest from being done")
    func fails() async throws {
        struct Defect: Error {}
        let season = try await TestSeason()
        let rows = try await enqueue(5, season)
        var settings = QueueWorker.Settings(atOnce: 2, quantum: 2)
        settings.mostTakes = 2
        let tries = Mutex<[JobID: Int]>([:])
        let (bad, database) = (rows[1].id, season.database)
        let worker = worker(season, settings) { job in
            tries.withLock { $0[job.row.id, default: 0] += 1 }
            if job.row.id == bad { throw Defect() }
            return .done
        } giveUp: { job, cause in
            try await database.write(.tenant(job.row.key.tenant, job.row.key.season)) {
                _ = try DeadJobRepository.bury(job.row, cause: cause, at: job.due, in: $0)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            try await untilEmpty(season)
            group.cancelAll()
        }
        #expect(tries.withLock { $0 } == Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.id == bad ? 2 : 1) }))
        let counts = try await season.database.read(.queue) { try DeadJobRepository.counts(Self.key.season, in: $0) }
        #expect(counts == [Self.key.tenant: 1])
        try await season.database.close()
    }

    @Test("a check that was given up goes to a person, not to a rejection and not to waiting for ever")
    func givenUp() async throws {
        let season = try await TestSeason()
        let family = try SampleFamily(1)
        season.register(family)
        let viewer = try await season.arrive(family)
        let receipt = try await season.apply(viewer, family)
        let now = season.platform.clock.real()
        let taken = try await season.database.write(.tenant(Self.key.tenant, Self.key.season)) { tx in
            try JobRepository.claim(of: Self.key, limit: 9, now: now, leaseUntil: now, in: tx)
        }
        let title = try #require(taken.first { $0.row.credential == .realEstateTitle })
        try await GiveUpCheck(platform: season.platform, logger: Self.silent)(title.row, cause: "test")
        #expect(try await season.read(viewer, receipt).status(.realEstateTitle) == .notSupported)
        try await season.working {
            let view = try await season.wait(viewer, receipt, for: .firstReview)
            #expect(view.status(.realEstateTitle) == .notSupported)
        }
        try await season.database.close()
    }
}
