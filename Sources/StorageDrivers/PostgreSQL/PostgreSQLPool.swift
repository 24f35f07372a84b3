import Dispatch
import Foundation
import Storage
import Synchronization

/// Hands calls to connections: the one used last first, so that few are busy and the others rest; callers in the order
/// they came.
final class PostgreSQLPool: Sendable {
    /// A call; exactly one of its closures is run, once.
    struct Job: Sendable {
        let ticket: PostgreSQLTicket
        /// On the connection's thread.
        let run: @Sendable (PostgreSQLConnection) -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    private struct Waiting {
        let job: Job
        let until: DispatchTime
    }

    private struct State {
        /// The last is the next to be used.
        var idle: [PostgreSQLConnection] = []
        /// Connections that there are, idle or not; each has a thread.
        var made = 0
        /// In the order of arrival, which is that of the deadlines too, because all wait equally long.
        var waiting: [Waiting] = []
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var isTimerSet = false
    }

    private let settings: PostgreSQLSettings
    private let constraints = PostgreSQLConstraints()
    private let backoff = PostgreSQLBackoff()
    private let state = Mutex(State())
    /// Only ends waits that took too long; no work is done on it.
    private let timer = DispatchQueue(label: "ruxue.postgresql.waits")

    init(_ settings: PostgreSQLSettings) { self.settings = settings }

    func submit(_ job: Job) {
        enum Step {
            case start(PostgreSQLConnection)
            case refuse(any Error)
            case wait(DispatchTime?)
        }
        let step: Step = state.withLock { state in
            if state.isClosed { return .refuse(StorageError.unavailable(reason: "the database is closed")) }
            // Asked under the lock that `withdraw` takes after cancelling: one of the two always sees the other.
            if job.ticket.isCancelled { return .refuse(CancellationError()) }
            if let connection = state.idle.popLast() { return .start(connection) }
            if state.made < settings.poolSize {
                state.made += 1
                return .start(PostgreSQLConnection(settings, self, constraints, backoff))
            }
            guard state.waiting.count < settings.waitingLimit else { return .refuse(StorageError.busy) }
            let until = DispatchTime.now() + .milliseconds(settings.waitMilliseconds)
            state.waiting.append(Waiting(job: job, until: until))
            defer { state.isTimerSet = true }
            return .wait(state.isTimerSet ? nil : until)
        }
        switch step {
        case .start(let connection): connection.start(job)
        case .refuse(let error): job.refuse(error)
        case .wait(let until): if let until { expire(at: until) }
        }
    }

    /// Cancels a call: out of the queue at once, on a connection as soon as the server lets go.
    func withdraw(_ ticket: PostgreSQLTicket) {
        ticket.cancel()
        let job: Job? = state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.job.ticket === ticket }) else { return nil }
            return state.waiting.remove(at: index).job
        }
        job?.refuse(CancellationError())
    }

    /// Takes a connection back and gives it the next call, if one waits. The connection's thread ends when this is nil and
    /// `isOver`.
    func release(_ connection: PostgreSQLConnection, isConnected: Bool) -> (job: Job?, isOver: Bool) {
        state.withLock { state in
            if !state.waiting.isEmpty { return (state.waiting.removeFirst().job, false) }
            if state.isClosed { return (nil, true) }
            // One that has to be connected first is taken last.
            state.idle.insert(connection, at: isConnected ? state.idle.endIndex : 0)
            return (nil, false)
        }
    }

    /// Says that a connection's thread has ended.
    func ended() {
        let closers = state.withLock { state in
            state.made -= 1
            guard state.made == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.closers = [] }
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    /// Refuses who waits, lets finish what runs, and returns when every connection is closed.
    func close() async {
        await withCheckedContinuation { (closer: CheckedContinuation<Void, Never>) in
            let isDone = state.withLock { state in
                if state.made > 0 { state.closers.append(closer) }
                return state.made == 0
            }
            shut()
            if isDone { closer.resume() }
        }
    }

    /// The same without waiting for it.
    func shut() {
        let (idle, refused) = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.waiting) = ([], []) }
            return (state.idle, state.waiting)
        }
        for waiting in refused {
            waiting.job.refuse(StorageError.unavailable(reason: "the database is closed"))
        }
        for connection in idle { connection.stop() }
    }

    /// One timer at a time, for whoever has waited longest.
    private func expire(at time: DispatchTime) {
        timer.asyncAfter(deadline: time) { [self] in
            let (late, next) = state.withLock { state in
                let now = DispatchTime.now()
                let count = state.waiting.prefix { $0.until <= now }.count
                let late = Array(state.waiting.prefix(count))
                state.waiting.removeFirst(count)
                state.isTimerSet = !state.waiting.isEmpty
                return (late, state.waiting.first?.until)
            }
            for waiting in late { waiting.job.refuse(StorageError.busy) }
            if let next { expire(at: next) }
        }
    }
}
