public import Enrollment

/// One family of a generated season: who signs in, what is typed, what happens later, and what is true.
///
/// `families.json` holds a list of them. The truth was chosen before the registers were written; nothing in here was
/// computed by the platform's own rules.
public struct GeneratedFamily: Hashable, Sendable, Codable {
    /// `430922-00017`.
    public let id: String
    public let tenant: TenantCode
    public let kind: FamilyKind
    /// The guardian's account with the stand-in identity provider.
    public let subject: String
    public let children: [GeneratedChild]
    /// The department that is out of order while this family files; nil for nearly all.
    public var outage: CredentialID?
}

/// One child of a generated family, for whom one application is filed.
public struct GeneratedChild: Hashable, Sendable, Codable {
    public let name: String
    public let birthDate: CivilDate
    /// How the child is named by hand, when the guardian's household does not list it.
    public let document: TypedDocument?
    /// What is typed in the pages of the application.
    public let answers: TypedAnswers
    /// What the family does later, in this order.
    public let steps: [FamilyStep]
    public let review: ReviewScript
    public var truth: ChildTruth
    /// The child's ID number where it has one, to find it among brothers and sisters.
    public let number: String?
}

/// A child's paper, typed by hand.
public struct TypedDocument: Hashable, Sendable, Codable {
    /// `id_number`, `birth_certificate`, `passport` or `hmt_permit`.
    public let kind: String
    public let number: String
}

/// What a family types to apply for one child.
public struct TypedAnswers: Hashable, Sendable, Codable {
    public var place: TypedPlace
    public var home: TypedHome
    public let phone: String
    /// The tenant's schools as the family likes them; where several are open to it, it ranks them in this order.
    public let preference: [SchoolCode]
}

public struct TypedPlace: Hashable, Sendable, Codable {
    /// `father`, `mother`, `grandparent` or `guardian`.
    public var relation: String
    /// Whether the home is where the household register says.
    public var sameAsHousehold: Bool
    public var division: String
    public var township: String
    public var community: String
    /// Road, house number, building, flat.
    public var address: String
}

public struct TypedHome: Hashable, Sendable, Codable {
    /// `owned`, `contracted`, `grandparents`, `self_built` or `rented`.
    public var kind: HomeKind
    public var certificateKind: CertificateKind?
    public var certificateNumber: String?
    public var contractNumber: String?
    /// `guardian`, `other_parent`, `child` or `other`.
    public var owner: String?
    public var ownerName: String?
    public var ownerNumber: String?
}

/// One later step of a family.
public struct FamilyStep: Hashable, Sendable, Codable {
    public enum Action: String, Sendable, Codable { case repair, accept, person, edit, withdraw }

    public let action: Action
    /// The credential that a repair, an acceptance or a request for a person is about.
    public var credential: CredentialID?
    /// The right fields of a repair.
    public var home: TypedHome?
    /// The new answers of an edit.
    public var answers: TypedAnswers?
    /// What kind of home it is, told to a person.
    public var homeKind: HomeKind?
    public var note: String?
    public var photo: SamplePhoto.Format?
}

/// What officers find when a child's application is before them.
public struct ReviewScript: Hashable, Sendable, Codable {
    public enum Verdict: String, Sendable, Codable { case findings, coordination }

    public let verdict: Verdict
    /// Everything that is so, by the key of the fact: `yes`, `no`, a whole number, or a code.
    public let found: [String: String]
    /// Keys that a reviewer has to settle, whatever else is open.
    public let needed: [String]
    public let reason: String
    /// What the first reviewer asks for first; nil for most.
    public let supplement: String?
}

/// What is true of one child, by construction.
public struct ChildTruth: Hashable, Sendable, Codable {
    /// Where an application ends before seats are given.
    public enum End: String, Sendable, Codable, CaseIterable { case qualified, coordination, withdrawn }

    /// Nil where no category fits.
    public let category: CategoryID?
    /// Schools open to the child, in the order of their codes.
    public let schools: [SchoolCode]
    public let end: End
    /// States it must have passed through, in this order.
    public var path: [ReplayState]
}

/// The states of an application as its JSON names them.
public enum ReplayState: String, Sendable, Codable, CaseIterable {
    case verifying
    case waitingForSource = "waiting_for_source"
    case needsRepair = "needs_repair"
    case firstReview = "first_review"
    case supplementRequested = "supplement_requested"
    case secondReview = "second_review"
    case qualified, coordination, offered, accepted, released, withdrawn
}
