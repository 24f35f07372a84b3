import Foundation
import Synchronization

/// One call of `read` or `write`: carries its cancellation to wherever the call is, in the queue or on a connection.
final class PostgreSQLTicket: Sendable {
    private struct State {
        var isCancelled = false
        var isCommitting = false
        /// The end of a pipe that wakes the connection's thread.
        var wake: Int32?
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Says that the task was cancelled, and wakes the connection that works for it. A commit under way is left alone:
    /// cutting it short could end the wait for a stand-by server and still answer that all is well.
    func cancel() {
        state.withLock { state in
            guard !state.isCommitting else { return }
            state.isCancelled = true
            guard let wake = state.wake else { return }
            var byte: UInt8 = 1
            // A pipe that is full already wakes its reader.
            _ = write(wake, &byte, 1)
        }
    }

    /// Names what wakes the connection that now works on this; nil when it is done. A pipe is never written to after that.
    func attach(_ wake: Int32?) { state.withLock { $0.wake = wake } }

    /// From here on there is no cancelling; false when it was cancelled before.
    func beginCommit() -> Bool {
        state.withLock { state in
            state.isCommitting = !state.isCancelled
            return state.isCommitting
        }
    }
}
