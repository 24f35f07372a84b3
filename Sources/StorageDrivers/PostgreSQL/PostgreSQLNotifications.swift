import CPostgreSQL
import Foundation
import Storage

/// LISTEN and NOTIFY over a connection of their own, made when first needed and made again when lost.
///
/// Unchecked: everything but the constants is guarded by `lock`, except `handle` and `heard`, which belong to the thread.
final class PostgreSQLNotifications: @unchecked Sendable {
    private struct Notice {
        let channel: String
        let payloads: [String]
        let done: @Sendable (Result<Void, any Error>) -> Void
    }

    private let settings: PostgreSQLSettings
    private let wake = PostgreSQLPipe.make()
    private let lock = NSLock()
    private var listeners: [Int: (channel: String, stream: AsyncStream<String>.Continuation)] = [:]
    /// Listeners that have not been told yet that their channel is open.
    private var fresh: Set<Int> = []
    private var nextListener = 0
    private var notices: [Notice] = []
    private var hasThread = false
    private var isClosed = false
    private var closers: [CheckedContinuation<Void, Never>] = []

    private var handle: OpaquePointer?
    /// Channels that the server was told of on this connection.
    private var heard: Set<String> = []

    init(_ settings: PostgreSQLSettings) { self.settings = settings }

    deinit {
        Foundation.close(wake.reading)
        Foundation.close(wake.writing)
    }

    func listen(_ channel: StaticString) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(10_000))
        let number: Int? = lock.withLock {
            guard !isClosed else { return nil }
            nextListener += 1
            listeners[nextListener] = ("\(channel)", continuation)
            fresh.insert(nextListener)
            startThread()
            return nextListener
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.lock.withLock {
                self?.listeners[number] = nil
                self?.fresh.remove(number)
            }
        }
        wakeUp()
        return stream
    }

    func notify(_ channel: StaticString, _ payloads: [String]) async throws {
        guard !payloads.isEmpty else { return }
        guard payloads.allSatisfy({ $0.utf8.count < 8_000 && !$0.utf8.contains(0) }) else {
            throw StorageError.violation(constraint: "a notification's payload has less than 8,000 bytes and no U+0000")
        }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let notice = Notice(channel: "\(channel)", payloads: payloads) { continuation.resume(with: $0) }
            let isOpen = lock.withLock {
                guard !isClosed else { return false }
                notices.append(notice)
                startThread()
                return true
            }
            guard isOpen else { return notice.done(.failure(Self.closed)) }
            wakeUp()
        }
    }

    func close() async {
        await withCheckedContinuation { (closer: CheckedContinuation<Void, Never>) in
            let isDone = lock.withLock {
                isClosed = true
                if hasThread { closers.append(closer) }
                return !hasThread
            }
            if isDone { closer.resume() } else { wakeUp() }
        }
    }

    /// The same without waiting for it.
    func shut() {
        lock.withLock { isClosed = true }
        wakeUp()
    }

    private static let closed = StorageError.unavailable(reason: "the database is closed")

    private func startThread() {
        guard !hasThread else { return }
        hasThread = true
        let thread = Thread { [self] in work() }
        thread.name = "ruxue.notify"
        thread.start()
    }

    private func wakeUp() {
        var byte: UInt8 = 1
        // A pipe that is full already wakes its reader.
        _ = write(wake.writing, &byte, 1)
    }

    private func work() {
        var pause: Int32 = 0
        while !lock.withLock({ isClosed }) {
            var problem: StorageError?
            if handle == nil {
                do throws(StorageError) {
                    try connect()
                    pause = 0
                } catch {
                    problem = error
                    pause = min(2_000, max(50, pause * 2))
                }
            }
            answerNotices(problem)
            if handle != nil { listenToNew() }
            deliver()
            wait(handle == nil ? pause : -1)
        }
        finish()
    }

    private func finish() {
        if let handle { PQfinish(handle) }
        handle = nil
        let (notices, listeners, closers) = lock.withLock {
            defer { (self.notices, self.listeners, self.closers, hasThread) = ([], [:], [], false) }
            return (self.notices, self.listeners, self.closers)
        }
        for notice in notices { notice.done(.failure(Self.closed)) }
        for listener in listeners.values { listener.stream.finish() }
        for closer in closers { closer.resume() }
    }

    private func connect() throws(StorageError) {
        // Whoever waits for a notification looks for itself sooner or later; the disk is not waited for.
        let keywords = settings.connection(extra: ["synchronous_commit=off"])
        guard let handle = PostgreSQLWire.connected(keywords) else {
            throw .unavailable(reason: "no memory for a connection")
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            let reason = PostgreSQLWire.problem(handle)
            PQfinish(handle)
            throw .unavailable(reason: reason)
        }
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        self.handle = handle
        heard = []
        // Everybody may have missed something.
        lock.withLock { fresh = Set(listeners.keys) }
    }

    private func listenToNew() {
        let (wanted, new) = lock.withLock { (Set(listeners.values.map(\.channel)), fresh) }
        for channel in wanted.subtracting(heard) {
            guard command("LISTEN \(identifier(channel))") else { return }
            heard.insert(channel)
        }
        for channel in heard.subtracting(wanted) {
            guard command("UNLISTEN \(identifier(channel))") else { return }
            heard.remove(channel)
        }
        let streams = lock.withLock {
            defer { fresh.subtract(new) }
            return new.compactMap { listeners[$0]?.stream }
        }
        for stream in streams { stream.yield("") }
    }

    /// All that wait go in one statement, and have the same outcome.
    private func answerNotices(_ problem: StorageError?) {
        let batch = lock.withLock {
            defer { notices = [] }
            return notices
        }
        guard !batch.isEmpty else { return }
        if let problem {
            for notice in batch { notice.done(.failure(problem)) }
            return
        }
        let pairs: [[SQLValue]] = batch.flatMap { notice in
            notice.payloads.map { [.text(notice.channel), .text($0)] }
        }
        let isDone = send(pairs)
        for notice in batch {
            notice.done(
                isDone ? .success(()) : .failure(StorageError.unavailable(reason: "the notification was not taken")))
        }
    }

    private func send(_ pairs: [[SQLValue]]) -> Bool {
        guard let handle else { return false }
        var parameters = PostgreSQLParameters()
        do throws(StorageError) {
            for column in 0..<2 { try parameters.append(column, of: pairs[...], kind: .text) }
        } catch {
            return false
        }
        let text = "SELECT pg_catalog.pg_notify(c, p) FROM UNNEST($1::text[], $2::text[]) AS n(c, p)"
        let result = parameters.withPointers { PQexecParams(handle, text, $0, nil, $1, $2, $3, 1) }
        defer { PQclear(result) }
        return settled(PQresultStatus(result) == PGRES_TUPLES_OK)
    }

    private func command(_ text: String) -> Bool {
        guard let handle else { return false }
        let result = PQexec(handle, text)
        defer { PQclear(result) }
        return settled(PQresultStatus(result) == PGRES_COMMAND_OK)
    }

    /// Passes an outcome on, and lets go of a connection that is no more.
    private func settled(_ isDone: Bool) -> Bool {
        if let handle, PQstatus(handle) != CONNECTION_OK {
            PQfinish(handle)
            self.handle = nil
        }
        return isDone
    }

    private func identifier(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    private func deliver() {
        guard let handle else { return }
        while let notification = PQnotifies(handle) {
            let channel = String(cString: notification.pointee.relname)
            let payload = notification.pointee.extra.map { String(cString: $0) } ?? ""
            PQfreemem(notification)
            let streams = lock.withLock { listeners.values.filter { $0.channel == channel }.map(\.stream) }
            for stream in streams { stream.yield(payload) }
        }
    }

    /// Waits for news from the server or from this process.
    private func wait(_ milliseconds: Int32) {
        var events = [pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0)]
        if let handle { events.append(pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)) }
        _ = poll(&events, nfds_t(events.count), milliseconds)
        PostgreSQLWire.drain(wake.reading)
        guard let handle, events.last?.revents != 0, events.count == 2 else { return }
        if PQconsumeInput(handle) == 0 || PQstatus(handle) != CONNECTION_OK {
            PQfinish(handle)
            self.handle = nil
        }
    }
}
