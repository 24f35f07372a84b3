import Enrollment
import Foundation
import Synchronization

/// What was made of the newest numbers, kept until there are newer ones: they are made once and looked at often.
final class Latest<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var of: Instant?
        var values: [Key: Value] = [:]
    }

    private let state = Mutex(State())

    /// The value of a key, made anew when these numbers are of another moment than those before.
    func callAsFunction(_ key: Key, of moment: Instant, make: () throws -> Value) rethrows -> Value {
        let kept: Value? = state.withLock { $0.of == moment ? $0.values[key] : nil }
        if let kept { return kept }
        // Outside the lock: two may make the same one at once, and either is right.
        let made = try make()
        state.withLock { state in
            if state.of != moment { state = State(of: moment) }
            state.values[key] = made
        }
        return made
    }
}
