public import Enrollment
import Synchronization

/// Tells this process's listeners that something changed: an application, or the work that is due.
///
/// A hint, never the truth: listeners read the database again, and readers in other processes look by themselves from
/// time to time.
public final class Changes: Sendable {
    private struct State {
        var nextListener = 0
        var watchers: [ApplicationID: [Int: AsyncStream<Void>.Continuation]] = [:]
        var workers: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// Says that an application changed.
    public func applicationChanged(_ id: ApplicationID) {
        for continuation in state.withLock({ Array(($0.watchers[id] ?? [:]).values) }) { continuation.yield() }
    }

    /// Says that work is due.
    public func workAdded() {
        for continuation in state.withLock({ Array($0.workers.values) }) { continuation.yield() }
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
