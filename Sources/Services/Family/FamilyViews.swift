public import Catchments
public import Enrollment
public import Tenancy

/// A family's first page.
public struct FamilyHome: Sendable, Hashable {
    public enum Household: Sendable, Hashable {
        /// The family has not been asked whether the register may be read.
        case consentNeeded
        /// The register answered.
        case read
        /// The register does not answer now; a child can be entered by hand.
        case unavailable
        /// The register holds no household for this person.
        case none
    }

    public let household: Household
    public let children: [ChildCard]
    /// Applications for children who are not in the household.
    public let otherApplications: [ApplicationSummary]
}

/// A child of the household.
public struct ChildCard: Sendable, Hashable {
    /// Opaque key of the household member, for the form.
    public let member: String
    public let name: PersonName
    public let birthDate: CivilDate
    public let age: Age
    public let application: ApplicationSummary?

    public enum Age: Sendable, Hashable {
        case enters(Stage)
        /// Too young this year; born by this day would do.
        case tooYoung(bornBy: CivilDate)
        /// Older than children who enter a stage.
        case pastEntry
    }
}

public struct ApplicationSummary: Sendable, Hashable {
    public let receipt: ReceiptNumber
    public let childName: PersonName
    public let tenant: TenantCode
    public let state: ApplicationState
}

/// An application before it is submitted.
public struct DraftView: Sendable, Hashable {
    public let id: DraftID
    public let child: PersonIdentity
    public let stage: Stage
    public let guardianName: PersonName
    /// Relation the household suggests, or the family chose.
    public let relation: Relation?
    /// Community and address of the child's registration, when the register told.
    public let household: HouseholdPlace?
    public let otherParentName: PersonName?
    public let place: PlaceAnswer?
    public let home: HomeAnswer?
    public let ranking: [SchoolCode]
    public let phone: String?
    /// The application this draft edits.
    public let edits: ReceiptNumber?
}

public struct HouseholdPlace: Sendable, Hashable, Codable {
    public let community: Community?
    public let address: String

    public init(community: Community?, address: String) {
        self.community = community
        self.address = address
    }
}

/// Where the family lives, as far as it has been chosen.
public struct PlaceAnswer: Sendable, Hashable, Codable {
    public let sameAsHousehold: Bool
    public let division: String?
    public let township: String?
    public let community: String?
    public let address: String

    public init(sameAsHousehold: Bool, division: String?, township: String?, community: String?, address: String) {
        self.sameAsHousehold = sameAsHousehold
        self.division = division
        self.township = township
        self.community = community
        self.address = address
    }
}

/// What will happen if the draft is submitted.
public struct DraftPreview: Sendable, Hashable {
    public let draft: DraftView
    public let tenant: Tenant
    public let window: Calendar.Window
    /// The category the claim would give.
    public let claimedCategory: Category?
    public let catchment: CatchmentResolution
    /// Schools in the family's order, or the plan's.
    public let schools: [School]
    public let checks: [PlannedCheck]
    /// Goes into the form, so that a repeated submission is one submission.
    public let submissionKey: String
}

/// One credential and whether it will be asked about.
public struct PlannedCheck: Sendable, Hashable {
    public let connector: Connector
    /// Facts for which it is asked; empty when it is not needed.
    public let facts: [FactKey]
    public var isNeeded: Bool { !facts.isEmpty }
}

/// Where a credential stands, in one word.
public enum CredentialStatus: String, Sendable, Codable, CaseIterable {
    case notNeeded = "not_needed", waiting, confirmed, differs, notFound = "not_found", sourceDown = "source_down",
        queued, expired, notSupported = "not_supported", multiple, person, accepted
}

public struct CredentialView: Sendable, Hashable {
    public let connector: Connector
    public let status: CredentialStatus
    /// Fields that differ; what the register holds is never among them.
    public let fields: [FieldName]
    public let checkedAt: Instant?
    /// When a silent source is asked again.
    public let retryAt: Instant?
    public let canRepair: Bool
    public let canAccept: Bool
    public let canAskPerson: Bool
    /// What the family claimed, for its own eyes.
    public let claimed: [FieldName: String]
    /// Whether the claim is that the register holds nothing.
    public let absence: Bool
}

/// Everything a family sees of its application.
public struct ApplicationView: Sendable, Hashable {
    public let id: ApplicationID
    public let receipt: ReceiptNumber
    public let tenant: Tenant
    public let state: ApplicationState
    public let revision: Int
    public let submittedAt: Instant
    public let answers: ApplicationAnswers
    public let credentials: [CredentialView]
    public let decision: Decision?
    public let decidedAt: Instant?
    public let category: Category?
    /// Schools the family may be given, in its order.
    public let schools: [School]
    public let facts: [Fact]
    public let versionHash: String
    public let window: Calendar.Window
    public let canEdit: Bool
    public let canWithdraw: Bool
    /// What a reviewer asked for.
    public let supplementNote: String?
    public let reviews: [ReviewView]
    public let offer: OfferView?
    public let attachments: [AttachmentView]
    public let history: [HistoryEntry]
    /// Milliseconds from submission to the last decision that asked nothing more; nil while departments are asked.
    public let verificationMilliseconds: Int64?
    /// Milliseconds departments took, the longest chain of them.
    public let departmentMilliseconds: Int64?
}

public struct ReviewView: Sendable, Hashable {
    public enum Stage: String, Sendable, Codable { case first, second }
    public let stage: Stage
    public let verdict: String
    public let reason: String
    public let at: Instant
}

public struct OfferView: Sendable, Hashable {
    public enum State: String, Sendable, Codable { case open, accepted, released, expired }
    public let id: OfferID
    public let school: School
    public let state: State
    public let until: CivilDate
    /// Entered provisionally: the seat is held until a source or two officers settle it.
    public let conditional: Bool
    public let drawNumber: DrawNumber?
}

public struct AttachmentView: Sendable, Hashable {
    public let id: AttachmentID
    public let mediaType: String
    public let bytes: Int
    public let at: Instant
}

public struct HistoryEntry: Sendable, Hashable {
    public let type: ApplicationEventType
    public let state: ApplicationState
    public let at: Instant
    /// family, machine, officer or operator.
    public let actor: String
}

/// One query made about the family.
public struct QueryLogEntry: Sendable, Hashable {
    public let credential: CredentialID
    public let purpose: QueryPurpose
    public let organisation: TenantCode
    public let outcome: String
    public let at: Instant
    /// Whom it was about, in the family's own words.
    public let subjectName: PersonName?
}

/// A file a family attaches.
public struct Upload: Sendable, Hashable {
    public let bytes: [UInt8]
    public init(bytes: [UInt8]) { self.bytes = bytes }
}

public enum DraftKind {}
public typealias DraftID = TypedID<DraftKind>
