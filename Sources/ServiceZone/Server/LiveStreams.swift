import Synchronization

/// Streams of events under way, so that a server that stops can end them instead of waiting for browsers to leave.
public final class LiveStreams: Sendable {
    private struct State {
        var isClosed = false
        var next = 0
        var open: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    init() {}

    /// Ends every stream now and every later one at once.
    public func close() {
        let endings = state.withLock { state in
            state.isClosed = true
            defer { state.open = [:] }
            return Array(state.open.values)
        }
        for end in endings { end() }
    }

    /// Keeps what ends a stream until it is removed; calls it at once when everything is closed already.
    func add(_ end: @escaping @Sendable () -> Void) -> Int {
        let (key, isClosed) = state.withLock { state in
            state.next += 1
            if !state.isClosed { state.open[state.next] = end }
            return (state.next, state.isClosed)
        }
        if isClosed { end() }
        return key
    }

    func remove(_ key: Int) { state.withLock { $0.open[key] = nil } }
}
