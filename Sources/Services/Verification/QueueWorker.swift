public import Enrollment
public import Logging
public import Storage

/// Works a season's queue off until its task is cancelled: chooses a tenant by its turn, claims a batch of that tenant's
/// work and acknowledges its last one in the same transaction, and does what it claimed with so much at once.
///
/// Work is held under a lease that is renewed while it is under way. A worker that dies loses nothing: its leases run out
/// and others do the work again. Any number of workers may share a database.
public struct QueueWorker: Sendable {
    public struct Settings: Sendable {
        /// Pieces of work under way at once.
        public var atOnce: Int
        /// How many a tenant may claim in its turn while others wait for theirs.
        public var quantum: Int
        /// How long a worker that says nothing keeps its work.
        public var lease = Duration.seconds(6)
        /// Work that others added is seen after this long at most.
        public var poll = Duration.seconds(1)
        /// How often work is taken up before it is given up: each time it failed, or whoever did it died of it.
        public var mostTakes = 6
        /// How often slots that are worked off are looked for.
        public var rotation = Duration.seconds(20)
        /// How long after it fell due work may appear, because the transaction that added it took its time.
        public var lateness = Duration.seconds(2)

        public init(atOnce: Int = 64, quantum: Int = 16) {
            self.atOnce = atOnce
            self.quantum = quantum
        }
    }

    /// What became of a piece of work that did not fail.
    public enum Outcome: Sendable {
        /// To be acknowledged with the tenant's next claim.
        case done
        /// Whoever did it has put it back into the queue for later.
        case putBack
    }

    /// How many claims are made at once, each of another tenant's work: while the database is about one, the worker is
    /// about the other.
    private static let claimers = 2
    private let database: any Database
    private let season: SeasonYear
    private let tenants: @Sendable () -> [TenantCode]
    private let clock: @Sendable () -> Instant
    private let added: AsyncStream<Void>
    private let settings: Settings
    private let logger: Logger
    private let perform: @Sendable (JobRepository.Claimed) async throws -> Outcome
    private let giveUp: @Sendable (JobRepository.Claimed, _ cause: String) async throws -> Void

    /// - Parameters:
    ///   - tenants: whose work is looked for; that of others is found as well, but later.
    ///   - clock: real time, by which work is due.
    ///   - added: yields when work was added in this process.
    ///   - perform: does a piece of work; may be asked for one that was done before. What it throws is taken for a defect
    ///     of ours, unless the database says that trying again may help.
    ///   - giveUp: takes work out of the queue that failed too often.
    public init(
        database: any Database, season: SeasonYear, tenants: @escaping @Sendable () -> [TenantCode],
        clock: @escaping @Sendable () -> Instant, added: AsyncStream<Void>, settings: Settings, logger: Logger,
        perform: @escaping @Sendable (JobRepository.Claimed) async throws -> Outcome,
        giveUp: @escaping @Sendable (JobRepository.Claimed, _ cause: String) async throws -> Void
    ) {
        self.database = database
        self.season = season
        self.tenants = tenants
        self.clock = clock
        self.added = added
        self.settings = settings
        self.logger = logger
        self.perform = perform
        self.giveUp = giveUp
    }

    public func run() async {
        let signal = WorkSignal()
        let desk = QueueDesk(capacity: settings.atOnce, quantum: settings.quantum, signal: signal)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in added { await signal.raise(.added) }
                // The stream ends when the worker is told to stop; it must not sleep through that.
                await signal.raise(.added)
            }
            group.addTask { await keepLeases(desk) }
            for _ in 0..<Self.claimers { group.addTask { await takeTurns(desk) } }
            await look(desk, signal)
            group.cancelAll()
            await desk.close()
        }
    }

    /// Claims work turn by turn, and does it.
    private func takeTurns(_ desk: QueueDesk) async {
        await withDiscardingTaskGroup { group in
            while let turn = await desk.nextTurn() {
                do {
                    for job in try await claim(turn, desk) {
                        group.addTask { await handle(job, desk) }
                    }
                } catch {
                    if Task.isCancelled { break }
                    logger.error("work could not be claimed", metadata: ["error": "\(errorCode(error))"])
                    // A sleep that was cancelled is followed by the end of turns.
                    try? await Task.sleep(for: settings.poll)
                }
            }
            group.cancelAll()
        }
    }

    /// Looks where work is due, until cancelled; meanwhile acknowledges what no claim is coming for.
    private func look(_ desk: QueueDesk, _ signal: WorkSignal) async {
        var looks = QueueLooks(settings: settings)
        var rotated = ContinuousClock.now
        while !Task.isCancelled {
            do {
                if await signal.takeAdded() { looks.workWasAdded() }
                let isIdle = await desk.isIdle
                if let kind = looks.due(isIdle: isIdle) {
                    try await acknowledge(await desk.leftOver(all: isIdle))
                    try await look(kind, desk, &looks)
                } else if isIdle {
                    try await acknowledge(await desk.leftOver(all: true))
                }
                if .now - rotated > settings.rotation {
                    rotated = .now
                    let now = clock()
                    try await database.write(.queue) { try JobRepository.rotate(now: now, in: $0) }
                }
                let pause = looks.pause(isIdle: await desk.isIdle, at: clock())
                if await signal.wait(atMost: pause).contains(.added) { looks.workWasAdded() }
            } catch {
                if Task.isCancelled { break }
                logger.error("work could not be looked for", metadata: ["error": "\(errorCode(error))"])
                _ = await signal.wait(atMost: settings.poll)
            }
        }
    }

    private func look(_ kind: QueueLooks.Kind, _ desk: QueueDesk, _ looks: inout QueueLooks) async throws {
        let began = ContinuousClock.now
        let now = clock()
        let (season, tenants) = (season, tenants())
        switch kind {
        case .everything:
            let due = try await database.read(.queue) { try JobRepository.due(season, now: now, in: $0) }
            await desk.found(due)
            looks.looked(kind, next: due.compactMap(\.next).min(), took: .now - began)
        case .lately:
            // Submissions come a little later than they say, and what a worker died of falls due again under its lease.
            let after = now.adding(.zero - settings.lease - settings.lateness)
            let due = try await database.read(.queue) {
                try JobRepository.due(season, of: tenants, after: after, now: now, in: $0)
            }
            await desk.foundMore(due)
            looks.looked(kind, next: nil, took: .now - began)
        }
    }

    private func claim(_ turn: QueueDesk.Turn, _ desk: QueueDesk) async throws -> [JobRepository.Claimed] {
        let now = clock()
        let wanted = JobRepository.Wanted(
            slot: turn.slot, limit: turn.limit, after: turn.after, now: now, leaseUntil: now.adding(settings.lease))
        do {
            let claimed = try await database.write(.tenant(turn.key.tenant, turn.key.season)) { tx in
                try JobRepository.claim(wanted, acknowledging: turn.done, of: turn.key, in: tx)
            }
            await desk.took(claimed, in: turn, leaseUntil: wanted.leaseUntil)
            return claimed
        } catch {
            await desk.failed(turn)
            throw error
        }
    }

    private func acknowledge(_ done: [TenantSeason: [JobRepository.Claimed]]) async throws {
        for (key, jobs) in done {
            // What is not acknowledged is looked at again when its lease has run out, and found to be done.
            try await database.write(.tenant(key.tenant, key.season)) {
                try JobRepository.acknowledge(jobs, of: key, in: $0)
            }
        }
    }

    private func handle(_ job: JobRepository.Claimed, _ desk: QueueDesk) async {
        do {
            if job.takes > settings.mostTakes {
                // Nobody who took it up lived to tell what happened.
                try await giveUp(job, "worker.died")
                await desk.end(job, acknowledge: false)
            } else {
                await desk.end(job, acknowledge: try await perform(job) == .done)
            }
        } catch is CancellationError {
            // The lease runs out and another worker does it again.
            await desk.end(job, acknowledge: false)
        } catch {
            await failed(job, error)
            await desk.end(job, acknowledge: false)
        }
    }

    /// Puts work back for a while that doubles each time, or gives it up.
    private func failed(_ job: JobRepository.Claimed, _ error: any Error) async {
        let isDefect = (error as? StorageError)?.retry ?? .useless == .useless
        let cause = errorCode(error)
        logger.error("work failed", metadata: ["job": "\(job.row.id)", "error": "\(cause)", "take": "\(job.takes)"])
        do {
            if isDefect, job.takes >= settings.mostTakes { return try await giveUp(job, cause) }
            let pause = Duration.milliseconds(200) * (1 << min(job.takes, 8))
            let until = clock().adding(pause)
            try await database.write(.tenant(job.row.key.tenant, job.row.key.season)) { tx in
                try JobRepository.giveBack(job, until: until, counts: isDefect, in: tx)
            }
        } catch {
            // It stays leased until the lease runs out.
            logger.error(
                "work could not be put back", metadata: ["job": "\(job.row.id)", "error": "\(errorCode(error))"])
        }
    }

    /// Renews leases long before they end, for work that takes its time.
    private func keepLeases(_ desk: QueueDesk) async {
        // A sleep that was cancelled ends the renewing.
        while (try? await Task.sleep(for: settings.lease / 3)) != nil {
            let now = clock()
            let until = now.adding(settings.lease)
            let ending = await desk.renewing(endingBefore: now.adding(settings.lease * 2 / 3), until: until)
            for (key, jobs) in ending {
                do {
                    try await database.write(.tenant(key.tenant, key.season)) {
                        try JobRepository.renew(jobs, of: key, until: until, in: $0)
                    }
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("leases could not be renewed", metadata: ["error": "\(errorCode(error))"])
                }
            }
        }
    }
}

/// A name for logs: errors of the database and of use cases have one that stays the same.
func errorCode(_ error: any Error) -> String {
    (error as? StorageError)?.code ?? (error as? ServiceError)?.code ?? "\(type(of: error))"
}
