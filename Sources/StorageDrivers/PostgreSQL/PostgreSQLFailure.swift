import CPostgreSQL
import Storage

/// Why an exchange with the server came to nothing.
enum PostgreSQLFailure: Error {
    /// There is no connection any more; the reason names hosts and causes, no values.
    case lost(reason: String)
    /// The server refused a statement; the connection stands.
    case refused(PostgreSQLRefusal)
    /// A value or a scope cannot be sent; nothing was.
    case unsendable(StorageError)
}

/// What a server says about a statement that it refused. Its detail and hint are never read: they quote rows.
struct PostgreSQLRefusal {
    let state: String
    let message: String
    let schema: String?
    let table: String?
    let column: String?
    let constraint: String?
    /// The function in the server's source: a name that is the same in every language the server speaks.
    let function: String?
    /// Whether the server ends the connection with this.
    let isFatal: Bool

    init(_ result: OpaquePointer) {
        // The letters are those of PG_DIAG_… in libpq's header.
        func field(_ letter: Unicode.Scalar) -> String? {
            PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
        }
        state = field("C") ?? ""
        message = field("M") ?? ""
        (schema, table, column) = (field("s"), field("t"), field("c"))
        (constraint, function) = (field("n"), field("R"))
        let severity = field("V")
        isFatal = severity == "FATAL" || severity == "PANIC" || state.isEmpty
    }

    /// A refusal that the driver finds itself.
    init(state: String, message: String) {
        (self.state, self.message, isFatal) = (state, message, false)
        (schema, table, column, constraint, function) = (nil, nil, nil, nil, nil)
    }

    /// Whether a prepared statement outlived what it was prepared for: a table changed, or somebody discarded it.
    var isStaleStatement: Bool {
        state == "26000"
            || (state == "0A000" && (function == "RevalidateCachedQuery" || message.contains("cached plan")))
    }
}

extension StorageError {
    /// What a refusal means to a caller. `constraint` is the broken key in SQLite's words, where it is one.
    init(_ refusal: PostgreSQLRefusal, constraint: String?) {
        let state = refusal.state
        switch state {
        case "23505": self = .conflict(constraint: constraint ?? refusal.constraint ?? "unique")
        case "23502":
            self = .violation(
                constraint: "NOT NULL constraint failed: \(refusal.table ?? "").\(refusal.column ?? "")")
        case "23503": self = .violation(constraint: "FOREIGN KEY constraint failed: \(refusal.constraint ?? "")")
        case "23514" where refusal.constraint == "season_closed": self = .seasonClosed
        case "23514": self = .violation(constraint: "CHECK constraint failed: \(refusal.constraint ?? refusal.message)")
        // Raised by the schema's own triggers, in their own words.
        case "P0001": self = .violation(constraint: refusal.message)
        case "25006": self = .readOnly
        case "55P03", "55006", "53200", "53300", "53400": self = .busy
        case "53100": self = .full
        case "57014": self = .deadline
        case "XX001", "XX002": self = .corrupted
        default:
            if state == "42501", refusal.message.contains("row-level security") || refusal.isByRowSecurity {
                self = .outsideScope(table: refusal.lastQuoted ?? "a table")
                return
            }
            switch state.prefix(2) {
            case "23": self = .violation(constraint: refusal.constraint ?? refusal.message)
            // These messages quote the value that does not fit.
            case "22": self = .violation(constraint: "a value does not fit its type (SQLSTATE \(state))")
            case "40": self = .busy
            case "53": self = .full
            case "08", "57", "58": self = .unavailable(reason: refusal.message)
            default: self = .statement(message: refusal.message)
            }
        }
    }
}

extension PostgreSQLRefusal {
    fileprivate var isByRowSecurity: Bool { function == "ExecWithCheckOptions" }

    /// The last name in quotes: `new row violates row-level security policy "p" for table "t"` names the table nowhere
    /// else.
    fileprivate var lastQuoted: String? {
        let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.count >= 3 ? String(parts[parts.count - 2]) : nil
    }
}
