import CCurl
import Foundation

/// The thread that owns the curl handles.
///
/// `@unchecked Sendable`: the properties under `lock` are touched only with it held, and `curl_multi_wakeup`, the one
/// curl call from other threads, only with it held while `isEnded` is false, so that it never meets a freed handle.
/// All other handles and `active` belong to the thread that ``run()`` starts.
final class CurlLoop: @unchecked Sendable {
    private enum Command {
        case start(CurlTransfer)
        case cancel(CurlTransfer)
    }

    private let lock = NSLock()
    // Under the lock.
    private var commands: [Command] = []
    private var isStopping = false
    private var isEnded = false
    private var waitingForEnd: [CheckedContinuation<Void, Never>] = []

    private let multi: UnsafeMutableRawPointer
    // On the curl thread only.
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var handles: [ObjectIdentifier: UnsafeMutableRawPointer] = [:]
    private var idle: [UnsafeMutableRawPointer] = []
    private var nextExpiry = ContinuousClock.now

    private static let globalInit: CURLcode = curl_global_init(3)  // CURL_GLOBAL_ALL is a macro that does not import.

    init(maxConnectionsPerHost: Int) {
        guard Self.globalInit == CURLE_OK, let multi = curl_multi_init() else {
            preconditionFailure("libcurl cannot start: out of memory")
        }
        self.multi = multi
        _ = ruxue_multi_setopt_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, max(1, maxConnectionsPerHost))
        _ = ruxue_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, max(16, 4 * maxConnectionsPerHost))
    }

    /// Starts the thread, which keeps the loop alive until ``stop()``.
    func run() {
        let thread = Thread { self.turn() }
        thread.name = "ruxue-curl"
        thread.stackSize = 1 << 20
        thread.start()
    }

    func start(_ transfer: CurlTransfer, continuation: CheckedContinuation<CurlTransfer.Outcome, Never>) {
        let refusal: TransportError? = lock.withLock {
            if isStopping { return .shutDown }
            if transfer.isCancelled { return .cancelled }
            transfer.continuation = continuation
            post(.start(transfer))
            return nil
        }
        if let refusal { continuation.resume(returning: .failure(refusal)) }
    }

    func cancel(_ transfer: CurlTransfer) {
        lock.withLock {
            transfer.isCancelled = true
            // Not started yet: `start` will see the mark.
            if transfer.continuation != nil, !isStopping { post(.cancel(transfer)) }
        }
    }

    func stop() {
        lock.withLock {
            guard !isStopping else { return }
            isStopping = true
            curl_multi_wakeup(multi)
        }
    }

    /// Returns when the thread has freed its handles.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = lock.withLock {
                if !isEnded { waitingForEnd.append(continuation) }
                return isEnded
            }
            if isOver { continuation.resume() }
        }
    }

    /// With the lock held. A mailbox that is not empty has already woken the thread.
    private func post(_ command: Command) {
        commands.append(command)
        if commands.count == 1 { curl_multi_wakeup(multi) }
    }

    /// The thread's whole life; it and everything below run on the curl thread only.
    private func turn() {
        var running: Int32 = 0
        while true {
            let (batch, stopping) = lock.withLock {
                defer { commands = [] }
                return (commands, isStopping)
            }
            for command in batch {
                switch command {
                case .start(let transfer): begin(transfer)
                case .cancel(let transfer): finish(transfer, .failure(.cancelled))
                }
            }
            if stopping { break }
            curl_multi_perform(multi, &running)
            collect()
            expire()
            curl_multi_poll(multi, nil, 0, pollMilliseconds, nil)
        }
        for transfer in Array(active.values) { finish(transfer, .failure(.shutDown)) }
        for handle in idle { curl_easy_cleanup(handle) }
        idle = []
        let waiting = lock.withLock {
            isEnded = true
            curl_multi_cleanup(multi)
            defer { waitingForEnd = [] }
            return waitingForEnd
        }
        for continuation in waiting { continuation.resume() }
    }

    private func begin(_ transfer: CurlTransfer) {
        guard let handle = idle.popLast() ?? curl_easy_init() else {
            return resume(transfer, .failure(.connection))
        }
        guard transfer.configure(handle), curl_multi_add_handle(multi, handle) == CURLM_OK else {
            curl_easy_cleanup(handle)
            return resume(transfer, .failure(.malformedRequest))
        }
        active[handle] = transfer
        handles[ObjectIdentifier(transfer)] = handle
        nextExpiry = min(nextExpiry, transfer.deadline)
    }

    /// Takes a transfer down, whether curl has finished it or not; does nothing when it is down already.
    private func finish(_ transfer: CurlTransfer, _ outcome: CurlTransfer.Outcome) {
        guard let handle = handles.removeValue(forKey: ObjectIdentifier(transfer)) else { return }
        curl_multi_remove_handle(multi, handle)
        active[handle] = nil
        if idle.count < 256 {
            // Forgets its pointers to the transfer now rather than at its next use.
            curl_easy_reset(handle)
            idle.append(handle)
        } else {
            curl_easy_cleanup(handle)
        }
        resume(transfer, outcome)
    }

    private func resume(_ transfer: CurlTransfer, _ outcome: CurlTransfer.Outcome) {
        let continuation = lock.withLock {
            defer { transfer.continuation = nil }
            return transfer.continuation
        }
        continuation?.resume(returning: outcome)
    }

    private func collect() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = active[handle]
            else { continue }
            // Removing the handle frees the message, so its result is read first.
            let outcome = transfer.outcome(ruxue_message_result(message), handle: handle)
            finish(transfer, outcome)
        }
    }

    /// Ends what is past its deadline. Not left to CURLOPT_TIMEOUT_MS, which does not run for transfers that wait for
    /// a free connection.
    private func expire() {
        let now = ContinuousClock.now
        guard now >= nextExpiry else { return }
        for transfer in active.values.filter({ $0.deadline <= now }) { finish(transfer, .failure(.timeout)) }
        let earliest = active.values.map(\.deadline).min() ?? now + .seconds(3600)
        nextExpiry = max(earliest, now + .milliseconds(10))
    }

    private var pollMilliseconds: Int32 {
        if active.isEmpty { return 60_000 }
        let (seconds, attoseconds) = (nextExpiry - .now).components
        return Int32(clamping: min(60_000, max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)))
    }
}
