import Foundation
import GRDB
import Storage

extension StorageError {
    /// What a statement inside a transaction threw. Only messages without values are passed on: SQLite's own name columns
    /// and quote statement text; GRDB's descriptions, which may show arguments, are never used.
    init(inside error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case is CancellationError: self = .cancelled
        case let error as DatabaseError: self = Self.translated(error)
        default: self = .unavailable(reason: "an unknown error of the database library")
        }
    }

    /// What comes out of `read`, `write`, `open` and `close`: the library's errors translated, everything else, which the
    /// caller's own body threw, unchanged.
    static func outside(_ error: any Error) -> any Error {
        switch error {
        case StorageError.cancelled: CancellationError()
        // Inside a transaction a misuse is a bad statement; out here it is a closed connection.
        case DatabaseError.SQLITE_MISUSE: StorageError.unavailable(reason: "the database is closed")
        case let error as DatabaseError: translated(error)
        default: error
        }
    }

    private static func translated(_ error: DatabaseError) -> StorageError {
        let message = error.message ?? "no message"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            return .conflict(constraint: named(message))
        default: break
        }
        switch error.resultCode {
        // A trigger says so.
        case .SQLITE_CONSTRAINT where message == "season_closed": return .seasonClosed
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG: return .violation(constraint: message)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy
        case .SQLITE_FULL: return .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupted
        case .SQLITE_READONLY: return .readOnly
        case .SQLITE_INTERRUPT, .SQLITE_ABORT: return .cancelled
        case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_NOMEM, .SQLITE_PROTOCOL:
            return .unavailable(reason: message)
        default: return .statement(message: message)
        }
    }

    /// `child_claim.child, child_claim.season` of "UNIQUE constraint failed: child_claim.child, child_claim.season".
    private static func named(_ message: String) -> String {
        guard let colon = message.range(of: "failed: ") else { return message }
        return String(message[colon.upperBound...])
    }
}
