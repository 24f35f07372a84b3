public import Enrollment
public import Logging
import Storage

/// Does the checks of one tenant that are due, and looks at no other's: for the canary, whose tenants no worker serves.
public struct CheckDue: Sendable {
    private let platform: Platform
    private let logger: Logger

    public init(_ platform: Platform, logger: Logger) {
        self.platform = platform
        self.logger = logger
    }

    /// Goes on until nothing is due.
    /// - Returns: how many checks were done.
    @discardableResult
    public func callAsFunction(of tenant: TenantCode) async throws -> Int {
        let key = platform.key(tenant)
        let platform = platform
        var done = 0
        while true {
            let now = platform.clock.real()
            let jobs = try await platform.database.write(.tenant(tenant, key.season)) { tx in
                try JobRepository.claim(
                    of: key, limit: 64, now: now, leaseUntil: now.adding(.seconds(60)), in: tx)
            }
            guard !jobs.isEmpty else { return done }
            for job in jobs {
                if try await CheckCredential(platform: platform, logger: logger)(job.row) == .done {
                    try await platform.database.write(.tenant(tenant, key.season)) {
                        try JobRepository.acknowledge([job], of: key, in: $0)
                    }
                }
                done += 1
            }
        }
    }
}
