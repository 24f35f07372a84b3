import CPostgreSQL
import Dispatch
import Foundation
import Storage

/// One connection to the server, in pipeline mode: statements are sent without waiting, then a mark, then their answers
/// are read. Sending and reading go on together, so that neither side waits for the other with full buffers.
///
/// Belongs to one thread, which alone may call it.
final class PostgreSQLWire {
    private let handle: OpaquePointer
    private let canceller: OpaquePointer?
    /// The end of a pipe that becomes readable when the task is cancelled.
    private let wake: Int32
    /// How long the server may be silent, in milliseconds, before it is given up; -1 for ever. Longer than a statement's
    /// own limit: it is for a server that is gone.
    private let patience: Int32
    /// Statements sent since the last mark.
    private var expected = 0
    /// Answers read so far.
    private(set) var answered = 0
    /// Whether a commit was answered that a stand-by server may not have.
    private(set) var isUnconfirmed = false
    /// Whose work this is; asked when the pipe wakes.
    var ticket: PostgreSQLTicket?

    /// Connects; waits for as long as the settings say. Throws `unavailable`, with libpq's words, which name hosts, roles
    /// and files, never a password.
    init(_ settings: PostgreSQLSettings, wake: Int32) throws(StorageError) {
        guard let handle = PostgreSQLWire.connected(settings.connection()) else {
            throw .unavailable(reason: "no memory for a connection")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let reason = PostgreSQLWire.problem(handle)
            PQfinish(handle)
            throw .unavailable(reason: reason)
        }
        guard PQserverVersion(handle) >= 150_000 else {
            let version = PQserverVersion(handle) / 10_000
            PQfinish(handle)
            throw .unavailable(reason: "the server is PostgreSQL \(version); 15 or newer is needed")
        }
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
            PQfinish(handle)
            throw .unavailable(reason: "the connection does not take pipelines")
        }
        self.handle = handle
        canceller = PQgetCancel(handle)
        self.wake = wake
        patience = settings.statementMilliseconds == 0 ? -1 : Int32(clamping: settings.statementMilliseconds + 10_000)
        hearNotices()
    }

    /// libpq would print the server's notices, which may quote values. One of them matters: somebody ended a commit's wait
    /// for the stand-by servers, and the server answers that it is done.
    private func hearNotices() {
        let receiver: PQnoticeReceiver = { context, notice in
            guard let context, let notice, PostgreSQLRefusal(notice).function == "SyncRepWaitForLSN" else { return }
            Unmanaged<PostgreSQLWire>.fromOpaque(context).takeUnretainedValue().isUnconfirmed = true
        }
        // Called from libpq's functions on this thread only, and never after `deinit`, which ends the connection.
        PQsetNoticeReceiver(handle, receiver, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        PQfreeCancel(canceller)
        PQfinish(handle)
    }

    /// Connects with these keywords, blocking.
    static func connected(_ keywords: [(keyword: String, value: String)]) -> OpaquePointer? {
        let names = keywords.map { strdup($0.keyword) } + [nil]
        let values = keywords.map { strdup($0.value) } + [nil]
        defer { for text in names + values { free(text) } }
        return PQconnectdbParams(names.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 0)
    }

    /// libpq's words for what went wrong, in one line.
    static func problem(_ handle: OpaquePointer) -> String {
        String(cString: PQerrorMessage(handle)).split(separator: "\n").joined(separator: "; ")
    }

    /// Whether the connection still stood when it was last looked at: an idle server says nothing, so anything to be read
    /// is its good-bye, or news of a setting.
    func isAlive() -> Bool {
        var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        for _ in 0..<2 {
            guard PQstatus(handle) == CONNECTION_OK else { return false }
            guard poll(&socket, 1, 0) > 0 else { return true }
            guard PQconsumeInput(handle) == 1, PQisBusy(handle) == 0 else { return false }
        }
        return false
    }

    /// Quotes a text that stands in a statement.
    func quoted(_ text: String) -> String {
        guard let literal = PQescapeLiteral(handle, text, text.utf8.count) else { return "NULL" }
        defer { PQfreemem(literal) }
        return String(cString: literal)
    }

    func send(_ text: String) throws(PostgreSQLFailure) {
        try sent(PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 1))
    }

    /// Has a statement parsed and described: two answers, the second of which names types and columns.
    func prepare(_ text: String, as name: String) throws(PostgreSQLFailure) {
        try sent(PQsendPrepare(handle, name, text, 0, nil))
        try sent(PQsendDescribePrepared(handle, name))
    }

    func send(_ name: String, _ parameters: PostgreSQLParameters) throws(PostgreSQLFailure) {
        try sent(
            parameters.withPointers { PQsendQueryPrepared(handle, name, $0, $1, $2, $3, 1) })
    }

    private func sent(_ code: Int32) throws(PostgreSQLFailure) {
        guard code == 1 else { throw .lost(reason: Self.problem(handle)) }
        expected += 1
    }

    /// Sends the mark, and all there is.
    func mark() throws(PostgreSQLFailure) {
        guard PQpipelineSync(handle) == 1 else { throw .lost(reason: Self.problem(handle)) }
    }

    /// Reads the answers up to the mark, one a statement. The first refusal is thrown when all have been read: the server
    /// passes over what comes after it.
    func answers() throws(PostgreSQLFailure) -> [PostgreSQLResult] {
        var results: [PostgreSQLResult] = []
        results.reserveCapacity(expected)
        var refusal: PostgreSQLRefusal?
        for _ in 0..<expected {
            switch try next() {
            case .success(let result): results.append(result)
            case .failure(let failure): refusal = refusal ?? failure
            case nil: break
            }
        }
        expected = 0
        try untilAnswered()
        guard let sync = PQgetResult(handle) else { throw .lost(reason: "the server's answers are out of step") }
        defer { PQclear(sync) }
        guard PQresultStatus(sync) == PGRES_PIPELINE_SYNC else { throw .lost(reason: Self.problem(handle)) }
        if let refusal { throw .refused(refusal) }
        return results
    }

    private enum Answer {
        case success(PostgreSQLResult)
        case failure(PostgreSQLRefusal)
    }

    /// One statement's answer; nil when it was passed over.
    private func next() throws(PostgreSQLFailure) -> Answer? {
        try untilAnswered()
        guard let result = PQgetResult(handle) else { throw .lost(reason: "the server's answers are out of step") }
        var answer: Answer?
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: answer = .success(PostgreSQLResult(result))
        case PGRES_PIPELINE_ABORTED: PQclear(result)
        default:
            let refusal = PostgreSQLRefusal(result)
            PQclear(result)
            if refusal.isFatal || PQstatus(handle) != CONNECTION_OK {
                throw .lost(reason: refusal.message.isEmpty ? Self.problem(handle) : refusal.message)
            }
            answer = .failure(refusal)
        }
        answered += 1
        try untilAnswered()
        if let extra = PQgetResult(handle) {
            PQclear(extra)
            throw .lost(reason: "the server's answers are out of step")
        }
        return answer
    }

    /// Sends what is left to send and reads until the next answer is whole. Cancels the statement when the task is
    /// cancelled, and again as long as the server does not let go: the first may have come before the statement.
    private func untilAnswered() throws(PostgreSQLFailure) {
        var silence: Int32 = 0
        while PQisBusy(handle) == 1 {
            let isUnsent = PQflush(handle) == 1
            // Flushing reads too when it cannot write, and may find the end. The next result says what broke.
            if PQisBusy(handle) == 0 || PQstatus(handle) != CONNECTION_OK { return }
            let isCancelled = ticket?.isCancelled ?? false
            if isCancelled { cancel() }
            var events = [
                pollfd(fd: PQsocket(handle), events: Int16(isUnsent ? POLLIN | POLLOUT : POLLIN), revents: 0),
                pollfd(fd: wake, events: Int16(isCancelled ? 0 : POLLIN), revents: 0),
            ]
            let step: Int32 = isCancelled ? 100 : patience
            let count = poll(&events, 2, step)
            if count < 0 && errno != EINTR { throw .lost(reason: "poll failed: error \(errno)") }
            if count == 0 {
                silence += step
                if silence >= (isCancelled ? 10_000 : patience) {
                    throw .lost(reason: "the server has not answered for too long")
                }
            }
            if events[1].revents != 0 { Self.drain(wake) }
            // When the connection breaks, the next result says so.
            if events[0].revents & ~Int16(POLLOUT) != 0, PQconsumeInput(handle) == 0 { return }
        }
    }

    private func cancel() {
        var problem = [CChar](repeating: 0, count: 256)
        // Not heard is as good as too late: the statement then ends by itself or at its deadline.
        _ = PQcancel(canceller, &problem, Int32(problem.count))
    }

    /// Empties the pipe, whose ends do not block.
    static func drain(_ wake: Int32) {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(wake, &bytes, bytes.count) > 0 {}
    }
}
