public import Enrollment

/// A new application and everything that belongs to its first revision, as rows.
public struct NewFile: Sendable {
    /// The receipt number in it is not looked at: intake gives one that is free.
    public let application: ApplicationRow
    public let revision: RevisionRow
    public let choices: [SchoolCode]
    public let relation: Relation
    public let events: [EventRow]
    public let facts: [Fact]
    public let claims: [ClaimRepository.Row]
    public let jobs: [JobRepository.Row]
    public let decision: DecisionRepository.Row
    public let consents: [(purpose: String, textVersion: String)]
    public let keyHash: [UInt8]
    public let requestDigest: [UInt8]
    /// When its checks are due, by the real clock.
    public let due: Instant

    public init(
        application: ApplicationRow, revision: RevisionRow, choices: [SchoolCode], relation: Relation,
        events: [EventRow], facts: [Fact], claims: [ClaimRepository.Row], jobs: [JobRepository.Row],
        decision: DecisionRepository.Row, consents: [(purpose: String, textVersion: String)], keyHash: [UInt8],
        requestDigest: [UInt8], due: Instant
    ) {
        self.application = application
        self.revision = revision
        self.choices = choices
        self.relation = relation
        self.events = events
        self.facts = facts
        self.claims = claims
        self.jobs = jobs
        self.decision = decision
        self.consents = consents
        self.keyHash = keyHash
        self.requestDigest = requestDigest
        self.due = due
    }
}
