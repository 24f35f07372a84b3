public import Enrollment
public import Tenancy

/// One line of an officer's list.
public struct CaseLine: Sendable, Hashable {
    public let receipt: ReceiptNumber
    /// Masked: 林**.
    public let childName: String
    public let state: ApplicationState
    /// Facts nobody knows yet.
    public let pending: [FactKey]
    /// Credentials in doubt, with what differs.
    public let doubts: [CaseDoubt]
    /// The category the decision points to, settled or not.
    public let category: CategoryID?
    public let categorySettled: Bool
    public let waitingSince: Instant
}

public struct CaseDoubt: Sendable, Hashable {
    public let credential: CredentialID
    public let status: CredentialStatus
    public let fields: [FieldName]
}

/// An officer's page of a tenant.
public struct DeskList: Sendable, Hashable {
    public let tenant: Tenant
    public let counts: [ApplicationState: Int]
    public let state: ApplicationState?
    public let lines: [CaseLine]
    /// Pass as `after` for the next page.
    public let next: ReceiptNumber?
    public let schools: [SchoolLoad]
}

/// A school's seats against those who may be given them.
public struct SchoolLoad: Sendable, Hashable {
    public let school: School
    /// Qualified applications with this school in first place.
    public let firstChoices: Int
    /// Seats given in the released run.
    public let placed: Int
    public let accepted: Int
    public var seats: Int { school.seats }
}

/// One application as an officer sees it.
public struct CaseView: Sendable, Hashable {
    /// The family's own view; officers see names and numbers masked by the page where they need not read them.
    public let application: ApplicationView
    /// Claim and register side by side.
    public let comparisons: [Comparison]
    public let findings: [FindingView]
    /// Facts a finding can settle now.
    public let openFacts: [FactDescription]
    public let canFirstReview: Bool
    public let canSecondReview: Bool
    /// False when this officer made the first review.
    public let mayBeSecond: Bool
    public let familyNotes: [CaseNote]

    public struct Comparison: Sendable, Hashable {
        public let credential: CredentialID
        public let status: CredentialStatus
        public let claimed: [FieldName: String]
        /// The register's records as stored with the check; empty when it holds none or was not reached.
        public let register: [RegisterRecord]
        public let askedAt: Instant?
        public let absence: Bool
    }
}

/// What a family or an officer wrote; a family also says what kind of home it lives in.
public struct CaseNote: Sendable, Hashable, Codable {
    public let text: String
    public let homeKind: HomeKind?

    public init(text: String, homeKind: HomeKind? = nil) {
        self.text = text
        self.homeKind = homeKind
    }
}

public struct FindingView: Sendable, Hashable {
    public let fact: FactKey
    public let value: FactValue
    public let reason: String
    public let signedTwice: Bool
}

/// The admission page of a tenant.
public struct AdmissionView: Sendable, Hashable {
    public let tenant: Tenant
    public let counts: [ApplicationState: Int]
    public let today: CivilDate
    public let problem: RosterProblem?
    /// How many unresolved applications would enter provisionally.
    public let provisional: Int
    public let schools: [SchoolLoad]
    public let run: RunView?
    public let isDemonstrationClock: Bool
}

/// A finished run, released or waiting for it.
public struct RunView: Sendable, Hashable {
    public let id: AllocationRunID
    public let at: Instant
    public let candidates: Int
    public let placed: Int
    public let unplaced: Int
    public let provisional: Int
    public let releasedAt: Instant?
    /// Whether this officer ran it, and so may not release it.
    public let isOwn: Bool
    public let perSchool: [SchoolPlacements]

    public struct SchoolPlacements: Sendable, Hashable {
        public let school: School
        public let placed: Int
        /// The last category that was given a seat here.
        public let lastCategory: CategoryID?
    }
}

/// A child without a seat, and why.
public struct LeftLine: Sendable, Hashable {
    public enum Cause: String, Sendable {
        case noSeat = "no_seat", noCategory = "no_category", notPublished = "not_published", released, expired
    }
    public let receipt: ReceiptNumber
    public let childName: String
    public let category: CategoryID?
    public let cause: Cause
    public let schools: [SchoolCode]
}
