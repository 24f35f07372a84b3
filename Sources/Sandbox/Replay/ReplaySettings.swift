public import Enrollment

/// The accounts of a tenant's officers with the stand-in identity provider.
public struct ReplayOfficers: Hashable, Sendable, Codable {
    public var firstReviewer: String
    /// Another person than the first reviewer.
    public var secondReviewer: String
    public var admission: String
    /// Another person than the one who runs the admission.
    public var admissionSecond: String

    public init(firstReviewer: String, secondReviewer: String, admission: String, admissionSecond: String) {
        self.firstReviewer = firstReviewer
        self.secondReviewer = secondReviewer
        self.admission = admission
        self.admissionSecond = admissionSecond
    }

    /// The sample officers.
    public static let sample = ReplayOfficers(
        firstReviewer: "sample-first-reviewer", secondReviewer: "sample-second-reviewer",
        admission: "sample-admission-officer", admissionSecond: "sample-admission-officer-2")
}

/// How a season is replayed.
public struct ReplaySettings: Sendable {
    /// `http://127.0.0.1:8080`, without a closing slash; several are processes of one portal with one public address,
    /// and each family's requests go to them in turn.
    public var portals: [String]
    /// The sandbox's address, to switch departments off and on; nil leaves them alone, and no family meets one.
    public var sandbox: String?
    /// Families and officers at work at once.
    public var concurrency: Int
    public var officers: [TenantCode: ReplayOfficers]
    /// For tenants that are not in ``officers``.
    public var defaultOfficers: ReplayOfficers
    /// Whether seats are given after the reviews; moves the demonstration clock past the window.
    public var admits: Bool
    /// How many of a thousand families accept their offer; the others release it.
    public var acceptPerMille: Int
    /// How long one application may take to settle, and how long a request is sent again while servers ask for patience
    /// or do not answer.
    public var patience: Duration
    /// Moves the demonstration's clock to a day, for a season whose tenants register at different times; nil where
    /// nobody can.
    public var moveClock: (@Sendable (CivilDate) async throws -> Void)?

    /// - Precondition: there is a portal.
    public init(
        portals: [String], sandbox: String?, concurrency: Int = 16, officers: [TenantCode: ReplayOfficers] = [:],
        defaultOfficers: ReplayOfficers = .sample, admits: Bool = false, acceptPerMille: Int = 950,
        patience: Duration = .seconds(90), moveClock: (@Sendable (CivilDate) async throws -> Void)? = nil
    ) {
        precondition(!portals.isEmpty, "a replay needs a portal")
        self.portals = portals
        self.sandbox = sandbox
        self.concurrency = concurrency
        self.officers = officers
        self.defaultOfficers = defaultOfficers
        self.admits = admits
        self.acceptPerMille = acceptPerMille
        self.patience = patience
        self.moveClock = moveClock
    }
}

/// How far a replay is.
public struct ReplayProgress: Hashable, Sendable {
    public enum Phase: String, Sendable, CaseIterable {
        /// Families who meet a department out of order.
        case outage
        case filing, reacting, reviewing, admitting, answering, checking
    }

    public let phase: Phase
    public let done: Int
    public let total: Int
}
