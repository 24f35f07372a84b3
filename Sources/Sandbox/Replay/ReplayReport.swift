public import Enrollment

/// What a replay found. Names nobody: receipts, codes and states only.
public struct ReplayReport: Hashable, Sendable, Codable {
    /// One way in which the platform and the truth differ.
    public struct Disagreement: Hashable, Sendable, Codable {
        public let receipt: String
        public let tenant: TenantCode
        /// The generated family's number and kind, to find it in `families.json`.
        public let family: String
        public let kind: FamilyKind
        /// `category`, `schools`, `state`, `path`, `revision`, `offer`, `seats`, `order`, `left_out`.
        public let field: String
        public let expected: String
        public let got: String
    }

    /// Somebody who could not go on.
    public struct Failure: Hashable, Sendable, Codable {
        /// The generated family, or the account of an officer.
        public let who: String
        public let phase: String
        /// `status_500`, `refused`, `no_form:check`, …
        public let cause: String
        public let path: String
    }

    /// How long something took, in milliseconds; percentiles by nearest rank.
    public struct Latency: Hashable, Sendable, Codable {
        public let median: Double
        public let p95: Double
        public let p99: Double
        public let longest: Double
        public let samples: Int

        /// Nil without a sample.
        init?(of values: some Sequence<Double>) {
            let sorted = values.sorted()
            guard let last = sorted.last else { return nil }
            func percentile(_ share: Double) -> Double {
                sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
            }
            median = percentile(0.5)
            p95 = percentile(0.95)
            p99 = percentile(0.99)
            longest = last
            samples = sorted.count
        }
    }

    /// What the browsers met.
    public struct Traffic: Hashable, Sendable, Codable {
        public let requests: Int
        /// Replies by status, those that were asked for again included.
        public let statuses: [String: Int]
        /// How often a server asked for patience (429, 502, 503, 504) and the same request was sent again.
        public let askedToWait: Int
        /// How often there was no reply at all and the same request was sent again.
        public let withoutReply: Int

        private enum CodingKeys: String, CodingKey {
            case requests, statuses
            case askedToWait = "asked_to_wait"
            case withoutReply = "without_reply"
        }
    }

    /// Applications as the tenants' desks count them, against those that families hold receipts of.
    public struct DeskCounts: Hashable, Sendable, Codable {
        /// Of all states, other people's applications included: where nobody else files, what is beyond ``own`` was filed
        /// twice, or withdrawn and filed again.
        public var atDesks = 0
        public var own = 0
        /// How many a desk counts too few, by tenant and state.
        public var missing: [String: Int] = [:]

        private enum CodingKeys: String, CodingKey {
            case own, missing
            case atDesks = "at_desks"
        }
    }

    /// From a family's press of the button to the acknowledgement, waits that a server asked for included: the tenant
    /// with most families against all others, to see that it does not slow them.
    public struct Submissions: Hashable, Sendable, Codable {
        public let all: Latency
        public let largestTenant: TenantCode
        public let largest: Latency?
        /// Nil where there is one tenant.
        public let others: Latency?
        public let byTenant: [String: Latency]

        private enum CodingKeys: String, CodingKey {
            case all, largest, others
            case largestTenant = "largest_tenant"
            case byTenant = "by_tenant"
        }
    }

    public var families = 0
    public var children = 0
    /// Applications that were filed and have a receipt.
    public var filed = 0
    public var states: [String: Int] = [:]
    /// By category; `none` where no category fits.
    public var categories: [String: Int] = [:]
    public var kinds: [String: Int] = [:]
    /// Filed a second while families file.
    public var familiesPerSecond = 0.0
    public var secondsByPhase: [String: Double] = [:]
    public var disagreements: [Disagreement] = []
    public var failures: [Failure] = []
    /// Applications that did not pass through a state they had to pass; they stand among the disagreements too.
    public var pathMisses = 0
    public var verification: Latency?
    public var verificationOverLatency: Latency?
    public var traffic: Traffic?
    /// Nil where nothing was submitted.
    public var submissions: Submissions?
    /// Children with a seat, without one, and who released theirs; nil where no seats were given.
    public var placements: Placements?

    public struct Placements: Hashable, Sendable, Codable {
        public let placed: Int
        public let unplaced: Int
        public let released: Int
        public let perSchool: [String: Int]
    }

    /// What the desks count; nil where nobody asked.
    public var counts: DeskCounts?

    public init() {}

    /// Whether the platform agreed with the truth, everybody could go on, and nothing is missing at a desk.
    public var isClean: Bool {
        disagreements.isEmpty && failures.isEmpty && counts?.missing.isEmpty != false
    }

    private enum CodingKeys: String, CodingKey {
        case families, children, filed, states, categories, kinds, disagreements, failures, placements, traffic,
            submissions, counts
        case familiesPerSecond = "families_per_second"
        case secondsByPhase = "seconds_by_phase"
        case pathMisses = "path_misses"
        case verification = "verification_ms"
        case verificationOverLatency = "verification_over_latency_ms"
    }
}
