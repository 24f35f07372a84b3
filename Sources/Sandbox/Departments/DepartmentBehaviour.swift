/// How a department behaves at the moment; changed while it runs.
public struct DepartmentBehaviour: Hashable, Sendable, Codable {
    /// What goes wrong.
    public enum Failure: String, Sendable, Codable, CaseIterable {
        /// Nothing.
        case none
        /// HTTP 500.
        case error500
        /// No answer until the asker gives up or the department is healed.
        case hang
        /// A page that is not JSON.
        case garbage
        /// A reply that breaks off.
        case truncated
        /// Every signature is called wrong.
        case wrongSignature = "wrong_signature"
        /// The connection is closed without a word.
        case down
        /// The question is taken and left for later.
        case queued
        /// The department says that it cannot answer about this kind of paper.
        case notSupported = "not_supported"
        /// A reply far larger than any that could be meant.
        case oversized
    }

    public var latencyMilliseconds: Int
    /// The latency is this much longer or shorter, at random.
    public var jitterMilliseconds: Int
    public var failure: Failure
    /// The share of calls that fail, 0...1, spread evenly.
    public var failureRate: Double

    public init(
        latencyMilliseconds: Int, jitterMilliseconds: Int = 0, failure: Failure = .none, failureRate: Double = 1
    ) {
        self.latencyMilliseconds = latencyMilliseconds
        self.jitterMilliseconds = jitterMilliseconds
        self.failure = failure
        self.failureRate = failureRate
    }

    /// Whether the numbers make sense: up to ten minutes of latency, a rate of 0...1.
    var isValid: Bool {
        let bounds = 0...600_000
        return bounds.contains(latencyMilliseconds) && bounds.contains(jitterMilliseconds)
            && (0...1).contains(failureRate)
    }

    /// Whether the call with this number, from 1, fails: of a hundred calls at a rate of 0.2, every fifth.
    func fails(call: Int) -> Bool {
        failure != .none
            && (Double(call) * failureRate).rounded(.down) > (Double(call - 1) * failureRate).rounded(.down)
    }

    private enum CodingKeys: String, CodingKey {
        case latencyMilliseconds = "latency_ms"
        case jitterMilliseconds = "jitter_ms"
        case failure
        case failureRate = "failure_rate"
    }
}
