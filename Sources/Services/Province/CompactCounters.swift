import Enrollment
public import Logging
import Storage

/// Keeps the counters short: where a tenant's deltas have grown many, their sums take their place. Several processes may
/// do it at once.
public struct CompactCounters: Sendable {
    private let platform: Platform
    private let logger: Logger
    private static let pause = Duration.seconds(3)
    /// Rows beyond one a cell from which it is worth a transaction.
    private static let worthwhile = 256

    public init(_ platform: Platform, logger: Logger) {
        self.platform = platform
        self.logger = logger
    }

    /// Runs until its task is cancelled.
    public func run() async {
        // A sleep that was cancelled ends it.
        while (try? await Task.sleep(for: Self.pause)) != nil {
            do { try await callAsFunction(from: Self.worthwhile) } catch is CancellationError { return } catch {
                // Longer, and still right.
                logger.notice(
                    "counters could not be compacted",
                    metadata: ["error": "\((error as? StorageError)?.code ?? "unknown")"])
            }
        }
    }

    /// Compacts each tenant that has so many rows more than cells.
    /// - Returns: how many rows there are fewer.
    @discardableResult
    public func callAsFunction(from worthwhile: Int = 1) async throws -> Int {
        let season = platform.season
        let folded = try await platform.database.read(.province) { try CounterRepository.fold(season: season, in: $0) }
        var fewer = 0
        for (tenant, counts) in folded where counts.rows >= counts.cells.count + worthwhile {
            fewer += try await platform.database.write(.tenant(tenant, season)) { tx in
                try CounterRepository.compact(of: TenantSeason(tenant, season), in: tx)
            }
        }
        return fewer
    }
}
