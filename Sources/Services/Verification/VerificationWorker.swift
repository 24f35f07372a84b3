import Enrollment
public import Logging
import Storage

/// Does the checks that are due, until its task is cancelled. Work is claimed under a lease, so that a worker that dies
/// loses nothing: the question is asked again.
public struct VerificationWorker: Sendable {
    private let platform: Platform
    private let logger: Logger
    private static let lease = Duration.seconds(60)
    /// Work added by other processes is seen after this long at most.
    private static let longestPause = Duration.seconds(2)
    /// How late a retry may begin; a tick looks at a clock and touches no database.
    private static let tick = Duration.milliseconds(25)

    public init(_ platform: Platform, logger: Logger) {
        self.platform = platform
        self.logger = logger
    }

    public func run() async {
        let added = platform.changes.work()
        // Two children turn added work and the passing of time into one signal; the third works.
        let signal = WorkSignal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in added { await signal.raise() }
                // The stream ends when the worker is told to stop; it must not sleep through that.
                await signal.raise()
            }
            group.addTask {
                // A sleep that was cancelled ends the ticking.
                while (try? await Task.sleep(for: Self.tick)) != nil { await signal.tick() }
            }
            await work(signal)
            group.cancelAll()
        }
    }

    private func work(_ signal: WorkSignal) async {
        if platform.database.dialect == .sqlite {
            do {
                try await platform.database.write(.queue) { try JobRepository.releaseLeases(in: $0) }
            } catch {
                // They run out by themselves.
                logger.warning("leases could not be given back", metadata: ["error": "\(Self.code(error))"])
            }
        }
        await withDiscardingTaskGroup { group in
            let slots = Slots(platform.settings.checksAtOnce)
            var clockRead: ContinuousClock.Instant?
            while !Task.isCancelled {
                do {
                    if clockRead.map({ .now - $0 > Self.longestPause }) ?? true {
                        try await MoveDemonstrationClock(platform).refresh()
                        clockRead = .now
                    }
                    let free = await slots.waitForFree()
                    let jobs = try await claim(limit: free)
                    for job in jobs {
                        await slots.take()
                        group.addTask {
                            await check(job)
                            await slots.give()
                        }
                    }
                    if jobs.count < free { try await pause(signal) }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("work could not be claimed", metadata: ["error": "\(Self.code(error))"])
                    await signal.wait(atMost: Self.longestPause)
                }
            }
        }
    }

    /// An equal share of every tenant's work, so that a large county does not keep a small one waiting.
    private func claim(limit: Int) async throws -> [JobRepository.Row] {
        let now = platform.clock.real()
        let tenants = try await platform.database.read(.queue) { try JobRepository.tenantsWithWork(now: now, in: $0) }
        var jobs: [JobRepository.Row] = []
        for (number, key) in tenants.enumerated() {
            let share = (limit - jobs.count) / (tenants.count - number)
            guard share > 0 else { continue }
            jobs += try await platform.database.write(.tenant(key.tenant, key.season)) { tx in
                try JobRepository.claim(
                    of: key, limit: share, now: now, leaseUntil: now.adding(Self.lease), in: tx)
            }
        }
        return jobs
    }

    private func check(_ job: JobRepository.Row) async {
        do {
            try await CheckCredential(platform: platform, logger: logger)(job)
        } catch is CancellationError {
            // The lease runs out and another worker repeats the question.
        } catch {
            logger.error(
                "check failed", metadata: ["job": "\(job.id)", "error": "\(Self.code(error))"])
        }
    }

    private func pause(_ signal: WorkSignal) async throws {
        let next = try await platform.database.read(.queue) { try JobRepository.nextDue(in: $0) }
        let now = platform.clock.real()
        let untilDue = next.map { Duration.milliseconds(max(0, $0.milliseconds - now.milliseconds)) }
        await signal.wait(atMost: min(untilDue ?? Self.longestPause, Self.longestPause))
    }

    private static func code(_ error: any Error) -> String {
        (error as? StorageError)?.code ?? (error as? ServiceError)?.code ?? "\(type(of: error))"
    }
}

/// How many checks may still begin.
private actor Slots {
    private var free: Int
    private var waiting: CheckedContinuation<Void, Never>?

    init(_ count: Int) { free = count }

    /// Waits until at least one is free.
    func waitForFree() async -> Int {
        if free == 0 { await withCheckedContinuation { waiting = $0 } }
        return free
    }

    func take() { free -= 1 }

    func give() {
        free += 1
        waiting?.resume()
        waiting = nil
    }
}

/// Wakes the worker: raised when work is added, by itself when its deadline has passed.
private actor WorkSignal {
    private var raised = false
    private var deadline: ContinuousClock.Instant?
    private var waiting: CheckedContinuation<Void, Never>?

    func raise() {
        raised = true
        wake()
    }

    /// Looks whether the deadline has passed.
    func tick() {
        if let deadline, deadline <= .now { wake() }
    }

    /// Returns when the signal is or was raised, or at the tick after the time is over.
    func wait(atMost limit: Duration) async {
        if !raised, !Task.isCancelled {
            deadline = .now.advanced(by: limit)
            await withCheckedContinuation { waiting = $0 }
        }
        raised = false
    }

    private func wake() {
        deadline = nil
        waiting?.resume()
        waiting = nil
    }
}
