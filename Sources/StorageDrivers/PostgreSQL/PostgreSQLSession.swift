import Storage
import Synchronization

/// One transaction on one connection, on its thread.
///
/// It begins on the server together with its first statement, so one without statements costs nothing; a scope is set
/// together with the first statement in it. After an error the server keeps nothing, whatever the body does with it.
final class PostgreSQLSession {
    enum Kind: String {
        case read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case write = "BEGIN ISOLATION LEVEL READ COMMITTED"
    }

    private enum State {
        case notBegun
        /// The server works in this scope.
        case open(Scope)
        case failed(StorageError)
        case over
    }

    /// A number that no other transaction of the process has.
    let number = transactions.add(1, ordering: .relaxed).newValue
    private static let transactions = Atomic<Int>(0)
    private let connection: PostgreSQLConnection
    private let kind: Kind
    private let ticket: PostgreSQLTicket
    private var state = State.notBegun
    private var actions: [@Sendable () -> Void] = []

    init(_ connection: PostgreSQLConnection, _ kind: Kind, _ ticket: PostgreSQLTicket) {
        self.connection = connection
        self.kind = kind
        self.ticket = ticket
    }

    var lane: Int { connection.lane }

    /// What went wrong, even when the body has passed over it.
    var failure: StorageError? {
        if case .failed(let error) = state { error } else { nil }
    }

    func afterCommit(_ action: @escaping @Sendable () -> Void) { actions.append(action) }

    /// Runs statements in order, in one round trip when they are prepared and two when not; the answers, and with each the
    /// names of its columns.
    func run(
        _ calls: some Collection<PostgreSQLCall>, in scope: Scope
    ) throws(StorageError) -> [(result: PostgreSQLResult, columns: [String]?)] {
        if case .failed(let error) = state { throw error }
        if case .over = state { throw .statement(message: "a transaction was used after its end") }
        if ticket.isCancelled { throw fail(.cancelled) }
        var isSecond = false
        while true {
            let begins = if case .notBegun = state { true } else { false }
            let heard = connection.wire?.answered ?? 0
            do throws(PostgreSQLFailure) {
                let lead = try lead(to: scope)
                // Said before it is so: what fails from here on is undone.
                state = .open(scope)
                return try connection.exchange(lead, calls, keepsPrepared: scope != .migration)
            } catch {
                switch error {
                case .unsendable(let error): throw fail(error)
                case .lost(let reason):
                    // A connection that died while it was idle is noticed only now. Nothing was answered, so nothing was
                    // done: once, the same is said to another one.
                    if begins, !isSecond, !ticket.isCancelled, connection.wire?.answered == heard {
                        isSecond = true
                        state = .notBegun
                        do { try connection.replace(for: ticket) } catch { throw fail(error) }
                        continue
                    }
                    connection.drop()
                    throw fail(ticket.isCancelled ? .cancelled : .unavailable(reason: reason))
                case .refused(let refusal):
                    if refusal.isStaleStatement {
                        let error = fail(.busy)
                        forgetStatements()
                        // With nothing done before it, the transaction can begin again with fresh statements.
                        guard begins, !isSecond, connection.wire != nil else { throw error }
                        isSecond = true
                        state = .notBegun
                        continue
                    }
                    throw fail(refusal)
                }
            }
        }
    }

    /// What goes before a statement in this scope.
    private func lead(to scope: Scope) throws(PostgreSQLFailure) -> [String] {
        var present: Scope?
        if case .open(let open) = state { present = open }
        if present == scope { return [] }
        guard let wire = connection.wire else { throw .lost(reason: "the connection was lost") }
        let setting: String
        do throws(StorageError) { setting = try scope.setting } catch { throw .unsendable(error) }
        var lead = present == nil ? [kind.rawValue] : []
        lead.append("SET LOCAL ruxue.scope = \(wire.quoted(setting))")
        if scope.readsWholeTables != (present?.readsWholeTables ?? false) {
            lead.append("SET LOCAL enable_seqscan = \(scope.readsWholeTables ? "on" : "off")")
        }
        return lead
    }

    /// Commits what was begun; has the actions done. Throws `outcomeUnknown` when the connection is lost from the moment
    /// the commit is on its way until its answer.
    func commit() throws(StorageError) {
        switch state {
        case .failed(let error): throw error
        case .over: return
        case .notBegun: state = .over
        case .open:
            guard ticket.beginCommit() else { throw fail(.cancelled) }
            try sendCommit()
        }
        for action in actions { action() }
    }

    /// Ends a transaction that only read. The caller is answered while the server still is about it.
    func endRead(_ answer: () -> Void) {
        var isSent = false
        if case .open = state, let wire = connection.wire {
            do throws(PostgreSQLFailure) {
                try wire.send("COMMIT")
                try wire.mark()
                isSent = true
            } catch {
                connection.drop()
            }
        }
        state = .over
        answer()
        guard isSent, let wire = connection.wire else { return }
        do throws(PostgreSQLFailure) { _ = try wire.answers() } catch { connection.drop() }
    }

    /// Undoes what was begun; harmless when nothing was.
    func rollback() {
        if case .open = state { undo() }
        state = .over
    }

    private func sendCommit() throws(StorageError) {
        let lost = StorageError.unavailable(reason: "the connection was lost before the commit")
        // What broke while the body was busy is noticed here, where the outcome still is certain.
        guard let wire = connection.wire, wire.isAlive() else {
            connection.drop()
            throw fail(lost)
        }
        do throws(PostgreSQLFailure) { try wire.send("COMMIT") } catch {
            connection.drop()
            throw fail(lost)
        }
        do throws(PostgreSQLFailure) {
            try wire.mark()
            guard try wire.answers().first?.tag == "COMMIT" else {
                // The server rolls back what has failed, and says so in place of an error.
                throw .refused(PostgreSQLRefusal(state: "40000", message: "the server rolled back instead"))
            }
            guard !wire.isUnconfirmed else { throw .lost(reason: "a stand-by server may not have the commit") }
            state = .over
        } catch {
            switch error {
            case .lost:
                connection.drop()
                throw fail(.outcomeUnknown)
            case .refused(let refusal):
                state = .over
                throw fail(refusal)
            case .unsendable(let error): throw fail(error)
            }
        }
    }

    /// Takes note of an error, and undoes the transaction at once: its locks are let go, and the server would refuse
    /// everything else.
    private func fail(_ error: StorageError) -> StorageError {
        if case .open = state { undo() }
        state = .failed(error)
        return error
    }

    private func fail(_ refusal: PostgreSQLRefusal) -> StorageError {
        if case .open = state { undo() }
        var constraint: String?
        if refusal.state == "23505", let wire = connection.wire {
            do throws(PostgreSQLFailure) {
                constraint = try connection.constraints.columns(of: refusal, on: wire)
            } catch {
                // The conflict is named after its key then; a connection that broke is noticed by the next call.
                if case .lost = error { connection.drop() }
            }
        }
        var error = StorageError(refusal, constraint: constraint)
        if error == .deadline, ticket.isCancelled { error = .cancelled }
        if error == .readOnly, kind == .write {
            // The server changed its part: another one takes writes now.
            connection.drop()
            error = .unavailable(reason: "the server takes no writes at the moment")
        }
        state = .failed(error)
        return error
    }

    private func undo() {
        guard let wire = connection.wire else { return }
        do throws(PostgreSQLFailure) {
            try wire.send("ROLLBACK")
            try wire.mark()
            _ = try wire.answers()
        } catch {
            connection.drop()
        }
    }

    private func forgetStatements() {
        guard let wire = connection.wire else { return }
        do throws(PostgreSQLFailure) {
            try wire.send("DEALLOCATE ALL")
            try wire.mark()
            _ = try wire.answers()
            connection.statements = PostgreSQLStatements()
        } catch {
            connection.drop()
        }
    }
}
