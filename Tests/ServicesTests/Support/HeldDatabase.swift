import Storage
import Synchronization

/// A database whose intake transactions wait while a test holds them.
final class HeldDatabase: Database {
    private struct State {
        var isHeld = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let inner: any Database
    private let state = Mutex(State())

    init(_ inner: any Database) { self.inner = inner }

    var dialect: Dialect { inner.dialect }

    /// Transactions that wait to be let go.
    var waiting: Int { state.withLock(\.waiting.count) }

    func hold() { state.withLock { $0.isHeld = true } }

    func letGo() {
        let waiting = state.withLock { state in
            defer { state = State() }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func read<T: Sendable>(_ scope: Scope, _ body: @escaping @Sendable (any Reading) throws -> T) async throws -> T {
        try await inner.read(scope, body)
    }

    @discardableResult
    func write<T: Sendable>(_ scope: Scope, _ body: @escaping @Sendable (any Writing) throws -> T) async throws -> T {
        if case .intake = scope {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if state.isHeld { state.waiting.append(continuation) }
                    return !state.isHeld
                }
                if goesOn { continuation.resume() }
            }
        }
        return try await inner.write(scope, body)
    }

    func close() async throws { try await inner.close() }
}
