import Dispatch
import Storage
import Synchronization

/// Keeps a server that cannot be reached from being called by every caller: after a failure, connections are refused
/// for a while, 50 milliseconds at first and two seconds at last.
final class PostgreSQLBackoff: Sendable {
    private struct State {
        var pause = 0
        var until = DispatchTime(uptimeNanoseconds: 0)
        var error = StorageError.busy
    }

    private let state = Mutex(State())

    /// Throws what the last attempt threw while it is too early for another.
    func check() throws(StorageError) {
        let error = state.withLock { $0.pause > 0 && DispatchTime.now() < $0.until ? $0.error : nil }
        if let error { throw error }
    }

    func succeeded() { state.withLock { $0.pause = 0 } }

    func failed(_ error: StorageError) {
        state.withLock { state in
            state.pause = min(2_000, max(50, state.pause * 2))
            state.until = DispatchTime.now() + .milliseconds(state.pause / 2 + Int.random(in: 0...(state.pause / 2)))
            state.error = error
        }
    }
}
