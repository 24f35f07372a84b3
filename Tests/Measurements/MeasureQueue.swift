import Enrollment
import Foundation
import Logging
import Services
import Storage
import StorageDrivers
import Synchronization

/// Works a queue off with the product's worker, whose checks do nothing. The script has put in `--jobs` jobs, numbered
/// from 0 in the last eight bytes of their ids.
struct MeasureQueue: Sendable {
    static let season = SeasonYear(2026)
    private let address: String
    private let jobs: Int
    private let tenants: [TenantCode]
    private let settings: QueueWorker.Settings

    struct Result: Encodable {
        let seconds: Double
        /// Jobs that were never done, and those that were done more than once.
        let lost: Int
        let doubled: Int
        let peakMegabytes: Double
        /// After which part of the time the first job of the last tenant was done, and the median tenant's last one.
        let lastTenantBegan: Double
        let medianTenantEnded: Double
    }

    init(_ options: Options) throws {
        address = try options.text("database")
        jobs = try options.number("jobs", else: 1_000_000)
        tenants = try options.text("tenants").split(separator: ",").map { TenantCode(rawValue: "\($0)") }
        settings = .init(
            atOnce: try options.number("at-once", else: 2_000), quantum: try options.number("quantum", else: 500))
    }

    /// What was done, by the jobs' numbers and by tenant.
    private struct Tally {
        var times: [UInt8]
        var done = 0
        var began: [TenantCode: ContinuousClock.Instant] = [:]
        var ended: [TenantCode: ContinuousClock.Instant] = [:]
    }

    func run() async throws -> Result {
        let database = try await PostgreSQLDatabase.open(try PostgreSQLSettings(address))
        let tally = Mutex(Tally(times: [UInt8](repeating: 0, count: jobs)))
        let (finished, allDone) = AsyncStream.makeStream(of: Void.self)
        let total = jobs
        let worker = QueueWorker(
            database: database, season: Self.season, tenants: { [tenants] in tenants },
            clock: { DemonstrationClock.machineNow() },
            added: AsyncStream { _ in }, settings: settings, logger: Logger(label: "measure"),
            perform: { job in
                let now = ContinuousClock.now
                tally.withLock { tally in
                    let number = Int(job.row.id.low)
                    tally.times[number] = min(tally.times[number], 254) + 1
                    tally.done += 1
                    if tally.began[job.row.key.tenant] == nil { tally.began[job.row.key.tenant] = now }
                    tally.ended[job.row.key.tenant] = now
                    if tally.done == total { allDone.finish() }
                }
                return .done
            },
            giveUp: { job, cause in throw OptionError(words: "given up: \(cause)") })
        let start = ContinuousClock.now
        let begun = DemonstrationClock.machineNow()
        var end = start
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            for await _ in finished {}
            // Done is what is acknowledged. What earlier rounds have left behind is not passed over.
            let first = begun.adding(.seconds(-60))
            let (season, tenants) = (Self.season, tenants)
            func isWorkLeft() async throws -> Bool {
                try await database.read(.queue) { tx in
                    let statements: [SQL] = (0..<JobSlot.count).flatMap { slot in
                        tenants.map { tenant in
                            """
                            SELECT 1 AS n FROM job
                            WHERE slot = \(slot) AND tenant = \(tenant) AND season = \(season) AND due > \(first) LIMIT 1
                            """
                        }
                    }
                    return try tx.rows(ofEach: statements).contains { !$0.isEmpty }
                }
            }
            while try await isWorkLeft() { try await Task.sleep(for: .milliseconds(5)) }
            end = .now
            group.cancelAll()
        }
        try await database.close()
        let seconds = (end - start) / .seconds(1)
        func share(_ instant: ContinuousClock.Instant?) -> Double {
            instant.map { ($0 - start) / (end - start) } ?? 0
        }
        let result = tally.withLock { $0 }
        return Result(
            seconds: seconds, lost: result.times.count { $0 == 0 }, doubled: result.times.count { $0 > 1 },
            peakMegabytes: try Measure.peakMegabytes(), lastTenantBegan: share(result.began.values.max()),
            medianTenantEnded: share(result.ended.values.sorted()[result.ended.count / 2]))
    }
}
