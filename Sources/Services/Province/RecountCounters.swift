public import Enrollment
import Storage
import Tenancy

/// Compares the counters with the applications themselves, in one state of the database.
public struct RecountCounters: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public struct Result: Sendable, Encodable {
        /// As counted from the applications.
        public let applications: Int
        /// Rows whose sums the counters are.
        public let deltas: Int
        /// Tenants whose counters differ from the count.
        public let differing: [TenantCode]

        public var agrees: Bool { differing.isEmpty }

        private enum CodingKeys: String, CodingKey { case applications, deltas, differing, agrees }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(applications, forKey: .applications)
            try container.encode(deltas, forKey: .deltas)
            try container.encode(differing.map(\.rawValue), forKey: .differing)
            try container.encode(agrees, forKey: .agrees)
        }
    }

    public func callAsFunction() async throws -> Result {
        let season = platform.season
        let listed = Set(platform.tenants().listings.map(\.code))
        return try await platform.database.read(.province) { tx in
            let folded = try CounterRepository.fold(season: season, in: tx)
            var applications = 0
            var differing: [TenantCode] = []
            // A tenant that is no longer listed still has its counters.
            for tenant in listed.union(folded.keys).sorted() {
                let counted = try tx.reading(.tenant(tenant, season)) {
                    try CounterRepository.recount(of: TenantSeason(tenant, season), in: $0)
                }
                applications += counted.values.reduce(0, +)
                if counted != folded[tenant]?.cells ?? [:] { differing.append(tenant) }
            }
            return Result(
                applications: applications, deltas: folded.values.reduce(0) { $0 + $1.rows }, differing: differing)
        }
    }
}
