import Enrollment
import Foundation
import Hummingbird
import Logging
import Sandbox
import Synchronization

/// A sandbox that serves on a free port of this machine for the length of a test.
struct RunningSandbox: Sendable {
    let address: String
    let clock: MovableClock
    let client = PlainClient()

    static let requester = "0a1b2c3d-0000-4000-8000-000000000001"
    static let appkey = "sandbox-test-appkey-for-nobody-01"
    static let clientSecret = "sandbox-test-client-secret"
    static let redirectAddress = "http://127.0.0.1:8080/signin/return"

    static func settings(
        mode: SandboxSettings.SecretMode = .cbc, secretLifetime: Duration = .seconds(1800)
    ) -> SandboxSettings {
        SandboxSettings(
            requesters: [requester: appkey], secretMode: mode, secretLifetime: secretLifetime,
            clientSecret: clientSecret, redirectAddresses: [redirectAddress], latencyMilliseconds: 0,
            jitterMilliseconds: 0)
    }

    /// Serves, runs the test, and stops.
    static func serve(
        _ settings: SandboxSettings = settings(), registers: RegisterBook = RegisterBook(),
        identities: [SandboxIdentity] = [], _ test: @Sendable @escaping (RunningSandbox) async throws -> Void
    ) async throws {
        let clock = MovableClock()
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "sandbox-tests")
        logger.logLevel = .critical
        let application = await sandboxApplication(
            settings: settings, registers: registers, identities: identities, connectors: TestConnectors.all,
            clock: clock.clock, logger: logger, onRunning: { announce.yield($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.runService(gracefulShutdownSignals: []) }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else { throw CancellationError() }
            let sandbox = RunningSandbox(address: "http://127.0.0.1:\(port)", clock: clock)
            do { try await test(sandbox) } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
            // The server ends by being cancelled; that it was is no failure of the test.
            do { try await group.waitForAll() } catch is CancellationError {}
        }
    }
}

/// Real time, moved forward by hand.
final class MovableClock: Sendable {
    private let ahead = Mutex<Int64>(0)

    var clock: Clock { Clock(business: { self.now }, real: { self.now }) }
    var now: Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000) + ahead.withLock { $0 })
    }

    func advance(seconds: Int64) { ahead.withLock { $0 += seconds * 1000 } }
}
