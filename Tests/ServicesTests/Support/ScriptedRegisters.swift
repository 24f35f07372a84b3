import Enrollment
import Synchronization

/// Departments that answer what a test wrote down, keep silent while they are told to, and remember every question.
final class ScriptedRegisters: Sendable {
    private struct Key: Hashable {
        let credential: CredentialID
        let number: String
    }

    private struct State {
        var replies: [Key: [SourceReply]] = [:]
        var held: Set<CredentialID> = []
        var asked: [CredentialQuestion] = []
        var nextWaiter = 0
        /// Questions that wait for their register to be let go.
        var silent: [Int: (credential: CredentialID, continuation: CheckedContinuation<Void, Never>)] = [:]
        /// Tests that wait for a question to be asked.
        var watchers: [(credential: CredentialID, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var source: CredentialSource { CredentialSource { [self] question in await answer(question) } }

    /// Writes down what a register says about a person; the last reply is given again and again. A person nobody wrote
    /// anything about has no record.
    func say(_ credential: CredentialID, about person: SamplePerson, _ replies: SourceReply...) {
        state.withLock { $0.replies[Key(credential: credential, number: person.document.number)] = replies }
    }

    /// Keeps a register silent until ``letGo(_:)``.
    func hold(_ credential: CredentialID) { state.withLock { _ = $0.held.insert(credential) } }

    func letGo(_ credential: CredentialID) {
        let released = state.withLock { state in
            state.held.remove(credential)
            let released = state.silent.filter { $0.value.credential == credential }
            for key in released.keys { state.silent[key] = nil }
            return released.values.map(\.continuation)
        }
        for continuation in released { continuation.resume() }
    }

    /// How often a register was asked to check an application.
    func checks(_ credential: CredentialID) -> Int {
        state.withLock { $0.asked.count { $0.credential == credential && $0.purpose == .enrollment } }
    }

    var questions: [CredentialQuestion] { state.withLock(\.asked) }

    /// Returns once a register has been asked to check applications so many times.
    func whenChecked(_ credential: CredentialID, times count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if Self.count(state, credential) >= count { return true }
                state.watchers.append((credential, count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private static func count(_ state: State, _ credential: CredentialID) -> Int {
        state.asked.count { $0.credential == credential && $0.purpose == .enrollment }
    }

    private func answer(_ question: CredentialQuestion) async -> SourceReply {
        let (reply, isHeld, watchers) = state.withLock { state in
            state.asked.append(question)
            let key = Key(credential: question.credential, number: question.subject.number)
            var reply = SourceReply.records([])
            if let script = state.replies[key], let first = script.first {
                reply = first
                if script.count > 1 { state.replies[key] = Array(script.dropFirst()) }
            }
            let count = Self.count(state, question.credential)
            let due = state.watchers.filter { $0.credential == question.credential && $0.count <= count }
            state.watchers.removeAll { $0.credential == question.credential && $0.count <= count }
            let isHeld = state.held.contains(question.credential) && question.purpose == .enrollment
            return (reply, isHeld, due.map(\.continuation))
        }
        for watcher in watchers { watcher.resume() }
        if isHeld { await waitForLetGo(question.credential) }
        return reply
    }

    /// Ends at a cancellation too, as a transport would.
    private func waitForLetGo(_ credential: CredentialID) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    guard state.held.contains(credential), !Task.isCancelled else { return true }
                    state.silent[id] = (credential, continuation)
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.silent.removeValue(forKey: id) }?.continuation.resume()
        }
    }
}
