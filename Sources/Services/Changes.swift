public import Enrollment
import Synchronization

/// Tells listeners that something changed: an application, or the work that is due. Those in other processes are told
/// by ``ChangeRelay``.
///
/// A hint, never the truth: listeners read the database again.
public final class Changes: Sendable {
    private struct State {
        var nextListener = 0
        var watchers: [ApplicationID: [Int: AsyncStream<Void>.Continuation]] = [:]
        var workers: [Int: AsyncStream<Void>.Continuation] = [:]
        /// What other processes have not been told of yet.
        var untold: Untold?
        var relay: AsyncStream<Void>.Continuation?
    }

    /// What happened here since the last relay.
    struct Untold: Sendable {
        var applications: Set<ApplicationID> = []
        var workAdded = false
    }

    private let state = Mutex(State())

    public init() {}

    /// Says that an application changed.
    public func applicationChanged(_ id: ApplicationID) {
        tell { $0.applications.insert(id) }
        hearOfApplication(id)
    }

    /// Says that work is due.
    public func workAdded() {
        tell { $0.workAdded = true }
        hearOfWork()
    }

    /// The same of what another process did.
    func hearOfApplication(_ id: ApplicationID) {
        for continuation in state.withLock({ Array(($0.watchers[id] ?? [:]).values) }) { continuation.yield() }
    }

    func hearOfWork() {
        for continuation in state.withLock({ Array($0.workers.values) }) { continuation.yield() }
    }

    /// Has every listener look again: what other processes said may have been missed.
    func hearOfAnything() {
        let (watchers, workers) = state.withLock { state in
            (state.watchers.values.flatMap(\.values), Array(state.workers.values))
        }
        for continuation in watchers + workers { continuation.yield() }
    }

    private func tell(_ add: (inout Untold) -> Void) {
        let relay: AsyncStream<Void>.Continuation? = state.withLock { state in
            guard let relay = state.relay else { return nil }
            var untold = state.untold ?? Untold()
            add(&untold)
            state.untold = untold
            return relay
        }
        relay?.yield()
    }

    /// Yields when there is something to tell other processes; one listener.
    func untold() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0.relay = continuation }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock {
                $0.relay = nil
                $0.untold = nil
            }
        }
        return stream
    }

    func takeUntold() -> Untold {
        state.withLock { state in
            defer { state.untold = nil }
            return state.untold ?? Untold()
        }
    }

    /// Yields whenever the application changes, until the stream is dropped. Several changes may come as one.
    public func watch(_ id: ApplicationID) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listener = state.withLock { state in
            state.nextListener += 1
            state.watchers[id, default: [:]][state.nextListener] = continuation
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in
                state.watchers[id]?[listener] = nil
                if state.watchers[id]?.isEmpty == true { state.watchers[id] = nil }
            }
        }
        return stream
    }

    /// Yields whenever work is added.
    public func work() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listener = state.withLock { state in
            state.nextListener += 1
            state.workers[state.nextListener] = continuation
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.workers[listener] = nil } }
        return stream
    }
}
