import CPostgreSQL
import Foundation
import Storage
import Synchronization

/// A place in the pool: a thread, and the connection that it alone uses.
///
/// Unchecked: `job` and `isStopped` are guarded by `mailbox`, everything below them belongs to the thread.
final class PostgreSQLConnection: @unchecked Sendable {
    private let settings: PostgreSQLSettings
    private let pool: PostgreSQLPool
    let constraints: PostgreSQLConstraints
    private let backoff: PostgreSQLBackoff

    private let mailbox = NSCondition()
    private var job: PostgreSQLPool.Job?
    private var isStopped = false
    private var hasThread = false

    private(set) var wire: PostgreSQLWire?
    /// What the server of `wire` has prepared.
    var statements = PostgreSQLStatements()
    /// A number of this connection; another connection in the same place has another.
    private(set) var lane = 0
    private let wake: (reading: Int32, writing: Int32)
    /// Lanes are numbered across all databases of the process.
    private static let lanes = Atomic<Int>(0)

    init(
        _ settings: PostgreSQLSettings, _ pool: PostgreSQLPool, _ constraints: PostgreSQLConstraints,
        _ backoff: PostgreSQLBackoff
    ) {
        self.settings = settings
        self.pool = pool
        self.constraints = constraints
        self.backoff = backoff
        wake = PostgreSQLPipe.make()
    }

    deinit {
        close(wake.reading)
        close(wake.writing)
    }

    /// Has a call run on the thread; the first one starts it.
    func start(_ job: PostgreSQLPool.Job) {
        mailbox.withLock {
            self.job = job
            if !hasThread {
                hasThread = true
                let thread = Thread { [self] in work() }
                thread.name = "ruxue.postgresql"
                thread.start()
            }
            mailbox.signal()
        }
    }

    /// Ends the thread, once it has nothing to do.
    func stop() {
        mailbox.withLock {
            isStopped = true
            mailbox.signal()
        }
    }

    private func work() {
        while let first = awaitJob() {
            var next: PostgreSQLPool.Job? = first
            while let job = next {
                perform(job)
                let (following, isOver) = pool.release(self, isConnected: wire != nil)
                if isOver { stop() }
                next = following
            }
        }
        wire = nil
        pool.ended()
    }

    private func awaitJob() -> PostgreSQLPool.Job? {
        mailbox.withLock {
            while job == nil && !isStopped { mailbox.wait() }
            defer { job = nil }
            return job
        }
    }

    private func perform(_ job: PostgreSQLPool.Job) {
        PostgreSQLWire.drain(wake.reading)
        job.ticket.attach(wake.writing)
        defer { job.ticket.attach(nil) }
        if job.ticket.isCancelled { return job.refuse(CancellationError()) }
        do {
            if let wire, !wire.isAlive() { drop() }
            if wire == nil {
                try connect()
                lane = Self.lanes.add(1, ordering: .relaxed).newValue
            }
        } catch {
            return job.refuse(error)
        }
        wire?.ticket = job.ticket
        job.run(self)
        wire?.ticket = nil
    }

    /// Connects anew in the middle of a transaction of which the server has not answered anything: nothing of it was
    /// done, and the lane is kept, because its number may have been used.
    func replace(for ticket: PostgreSQLTicket) throws(StorageError) {
        drop()
        try connect()
        wire?.ticket = ticket
    }

    /// Gives up the connection; the next call makes another.
    func drop() {
        wire = nil
        statements = PostgreSQLStatements()
    }

    private func connect() throws(StorageError) {
        try backoff.check()
        do {
            wire = try PostgreSQLWire(settings, wake: wake.reading)
            backoff.succeeded()
        } catch {
            backoff.failed(error)
            throw error
        }
    }
}

/// Pipes that wake a thread out of `poll`.
enum PostgreSQLPipe {
    /// Both ends do not block and are not inherited.
    static func make() -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        // Without descriptors nothing else works either; a task is then not cancelled before its statement ends.
        guard pipe(&ends) == 0 else { return (-1, -1) }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        return (ends[0], ends[1])
    }
}
