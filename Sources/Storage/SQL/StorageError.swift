/// What a database could not do. Cases carry names of the schema and identifiers, never values from rows or binds.
public enum StorageError: Error, Hashable, Sendable {
    /// A row with the same key exists. `constraint` names the columns as SQLite does: `child_claim.child,
    /// child_claim.season`; see ``conflicts(on:)``.
    case conflict(constraint: String)
    /// A value or a reference that the schema forbids (CHECK, NOT NULL, foreign key, type): a defect in the caller.
    case violation(constraint: String)
    /// Others held what was needed for longer than the time allowed, or two transactions crossed; nothing was written.
    case busy
    /// The statement took longer than its deadline; nothing was written.
    case deadline
    /// The database cannot be reached or is closed; nothing was written.
    case unavailable(reason: String)
    /// The connection was lost while a transaction was being committed: it may or may not be on disk. Only work that
    /// carries its own idempotency key may be repeated, under that key.
    case outcomeUnknown
    /// The row lies outside the transaction's scope: the second guard refused what the first let through.
    case outsideScope(table: String)
    /// The row belongs to a season that is closed.
    case seasonClosed
    /// There is no room left on the disk.
    case full
    /// The file is no database, or is damaged.
    case corrupted
    /// A write was tried inside `read`.
    case readOnly
    /// The database refuses the statement's text: a defect. The message quotes the text at most.
    case statement(message: String)
    /// A text holds U+0000, which no database keeps.
    case text
    /// The schema is not the one this version works on.
    case schema(SchemaProblem)
    /// A result's column is not what the code expects.
    case column(name: String, problem: String)
    /// What the caller named does not exist; `what` names the kind of thing.
    case notFound(what: String)
    /// The task was cancelled; `read` and `write` throw `CancellationError` for it.
    case cancelled
}

/// Why a schema is refused.
public enum SchemaProblem: Hashable, Sendable {
    /// The database has migrations that this version does not know: a newer version worked on it.
    case newer(found: Int, known: Int)
    /// A migration that was applied has another text here.
    case changed(number: Int)
    /// Migrations are missing before one that was applied.
    case incomplete(missing: Int)
    /// Migrations still have to be applied.
    case pending([Int])
}

extension StorageError {
    /// A name that stays the same between versions, for logs and for callers that sort errors.
    public var code: String {
        switch self {
        case .conflict: "storage.conflict"
        case .violation: "storage.violation"
        case .busy: "storage.busy"
        case .deadline: "storage.deadline"
        case .outcomeUnknown: "storage.outcome_unknown"
        case .outsideScope: "storage.outside_scope"
        case .seasonClosed: "storage.season_closed"
        case .unavailable: "storage.unavailable"
        case .full: "storage.full"
        case .corrupted: "storage.corrupted"
        case .readOnly: "storage.read_only"
        case .statement: "storage.statement"
        case .text: "storage.text"
        case .schema: "storage.schema"
        case .column: "storage.column"
        case .notFound: "storage.not_found"
        case .cancelled: "storage.cancelled"
        }
    }

    /// What repeating the same work a little later means.
    public enum Retry: Sendable {
        /// It fails in the same way.
        case useless
        /// It may succeed, and nothing was written the first time.
        case safe
        /// It may have been done: to be repeated under its idempotency key only.
        case underItsKey
    }

    public var retry: Retry {
        switch self {
        case .busy, .deadline, .unavailable, .full: .safe
        case .outcomeUnknown: .underItsKey
        default: .useless
        }
    }

    /// Whether this is a conflict on exactly these columns (`table.column`), in any order.
    public func conflicts(on columns: String...) -> Bool {
        guard case .conflict(let constraint) = self else { return false }
        return Set(constraint.split(separator: ",").map { $0.drop { $0 == " " } }) == Set(columns.map { $0[...] })
    }
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .conflict(let constraint): "\(code): a row with the same \(constraint) exists"
        case .violation(let constraint): "\(code): \(constraint)"
        case .busy: "\(code): others hold what is needed; try again"
        case .deadline: "\(code): the database took too long; try again"
        case .outcomeUnknown: "\(code): the connection was lost during a commit; it may or may not have been made"
        case .outsideScope(let table): "\(code): a row of \(table) lies outside the scope"
        case .seasonClosed: "\(code): the season is closed; ruxue season open lets it be written again"
        case .unavailable(let reason): "\(code): \(reason)"
        case .full: "\(code): the disk is full; make room, nothing is lost"
        case .corrupted: "\(code): the file is no database or is damaged; restore it from a backup"
        case .readOnly: "\(code): a write was tried inside read"
        case .statement(let message): "\(code): \(message)"
        case .text: "\(code): a text holds U+0000"
        case .schema(let problem): "\(code): \(problem)"
        case .column(let name, let problem): "\(code): column \(name) \(problem)"
        case .notFound(let what): "\(code): no such \(what)"
        case .cancelled: "\(code): the task was cancelled"
        }
    }
}

extension SchemaProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .newer(let found, let known):
            "the database is at migration \(found), this version knows \(known); use the newer version"
        case .changed(let number): "migration \(number) was applied with another text than this version has"
        case .incomplete(let missing): "migration \(missing) is missing before later ones"
        case .pending(let numbers):
            "migrations \(numbers.map(String.init).joined(separator: ", ")) are pending; run: ruxue database migrate"
        }
    }
}
