import Enrollment
import Synchronization

/// The behaviour of each department, and how often it was asked.
final class DepartmentControls: Sendable {
    struct State: Sendable {
        var behaviour: DepartmentBehaviour
        /// Questions that arrived, whatever became of them.
        var calls = 0
        /// Questions that were answered wrongly on purpose.
        var failed = 0
    }

    private let states: Mutex<[CredentialID: State]>
    /// What a healed department goes back to.
    let healthy: DepartmentBehaviour

    init(credentials: [CredentialID], healthy: DepartmentBehaviour) {
        self.healthy = healthy
        states = Mutex(
            Dictionary(credentials.map { ($0, State(behaviour: healthy)) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Counts a question and tells how to treat it.
    func begin(_ credential: CredentialID) -> (behaviour: DepartmentBehaviour, failure: DepartmentBehaviour.Failure) {
        states.withLock { states in
            guard var state = states[credential] else { return (healthy, .none) }
            state.calls += 1
            let failure = state.behaviour.fails(call: state.calls) ? state.behaviour.failure : .none
            if failure != .none { state.failed += 1 }
            states[credential] = state
            return (state.behaviour, failure)
        }
    }

    func state(of credential: CredentialID) -> State? { states.withLock { $0[credential] } }

    /// Changes a behaviour; false when there is no such department.
    func set(_ behaviour: DepartmentBehaviour, for credential: CredentialID) -> Bool {
        states.withLock { states in
            guard states[credential] != nil else { return false }
            states[credential]?.behaviour = behaviour
            return true
        }
    }
}
