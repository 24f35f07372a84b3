import Enrollment
public import Logging
import Storage
import Tenancy

/// Follows what other processes of the installation have decided: the demonstration's time, the versions that rounds
/// were pinned to, and how often somebody has sent forms.
public struct KeepUp: Sendable {
    private let platform: Platform
    private let logger: Logger
    private static let pause = Duration.seconds(1)

    public init(_ platform: Platform, logger: Logger) {
        self.platform = platform
        self.logger = logger
    }

    /// Runs until its task is cancelled.
    public func run() async {
        var pinned: [TenantCode: String]?
        // A sleep that was cancelled ends it.
        while (try? await Task.sleep(for: Self.pause)) != nil {
            do {
                pinned = try await look(after: pinned)
                try await platform.rates.exchange(platform)
            } catch is CancellationError {
                return
            } catch {
                // The next look tells; what is served meanwhile is what was served before.
                logger.notice(
                    "what other processes decided is not known now",
                    metadata: ["error": "\((error as? StorageError)?.code ?? "unknown")"])
            }
        }
    }

    /// Takes over what changed since the last look.
    func look(after last: [TenantCode: String]?) async throws -> [TenantCode: String] {
        try await MoveDemonstrationClock(platform).refresh()
        let season = platform.season
        let pinned = try await platform.database.read(.province) {
            try TenantVersionRepository.pinned(season: season, in: $0)
        }
        if let last, last != pinned { try await PublishLoadedTenants(platform)() }
        return pinned
    }
}
