import Enrollment
public import Logging
import Storage
import Tenancy

/// Does the checks that are due, until its task is cancelled.
public struct VerificationWorker: Sendable {
    private let platform: Platform
    private let logger: Logger
    /// How soon a demonstration's clock that was moved elsewhere is noticed here.
    private static let clockReading = Duration.seconds(2)

    public init(_ platform: Platform, logger: Logger) {
        self.platform = platform
        self.logger = logger
    }

    public func run() async {
        let check = CheckCredential(platform: platform, logger: logger)
        let queue = QueueWorker(
            database: platform.database, season: platform.season,
            tenants: { [platform] in platform.tenants().tenants.map(\.code) },
            clock: platform.clock.real, added: platform.changes.work(),
            settings: .init(atOnce: platform.settings.checksAtOnce), logger: logger,
            perform: { try await check($0.row) },
            giveUp: { try await GiveUpCheck(platform: platform, logger: logger)($0.row, cause: $1) })
        await readClock()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A sleep that was cancelled ends the reading.
                while (try? await Task.sleep(for: Self.clockReading)) != nil { await readClock() }
            }
            await queue.run()
            group.cancelAll()
        }
    }

    private func readClock() async {
        do { try await MoveDemonstrationClock(platform).refresh() } catch {
            logger.warning("the clock could not be read", metadata: ["error": "\(errorCode(error))"])
        }
    }
}
