public import Catchments

/// What a family answered, as one revision keeps it, sealed.
public struct ApplicationAnswers: Hashable, Sendable, Codable {
    public let child: PersonIdentity
    public let guardian: PersonIdentity
    public let relation: Relation
    /// The child's other parent, where the household register names one; asked about together with the guardian.
    public let otherParent: ClaimSubject?
    public let stage: Stage
    /// Where the child is registered, as the household register said when the form was filled; nil when it did not.
    public let householdCommunity: Community?
    public let home: HomeAnswer
    /// Schools in the family's order; empty where one school is open to it.
    public let ranking: [SchoolCode]
    public let phone: String

    public init(
        child: PersonIdentity, guardian: PersonIdentity, relation: Relation, otherParent: ClaimSubject?, stage: Stage,
        householdCommunity: Community?, home: HomeAnswer, ranking: [SchoolCode], phone: String
    ) {
        self.child = child
        self.guardian = guardian
        self.relation = relation
        self.otherParent = otherParent
        self.stage = stage
        self.householdCommunity = householdCommunity
        self.home = home
        self.ranking = ranking
        self.phone = phone
    }

    /// The same answers with another home, as after a repair.
    public func replacing(home: HomeAnswer) -> ApplicationAnswers {
        ApplicationAnswers(
            child: child, guardian: guardian, relation: relation, otherParent: otherParent, stage: stage,
            householdCommunity: householdCommunity, home: home, ranking: ranking, phone: phone)
    }
}

/// Where the family lives and by what right.
public struct HomeAnswer: Hashable, Sendable, Codable {
    public let kind: HomeKind
    public let community: Community
    /// Road, house number, building and flat; for letters and for a person who visits.
    public let address: String
    public let certificateKind: CertificateKind?
    public let certificateNumber: String?
    public let contractNumber: String?
    /// Whose name stands on the certificate or contract.
    public let owner: ClaimSubject?

    public init(
        kind: HomeKind, community: Community, address: String, certificateKind: CertificateKind? = nil,
        certificateNumber: String? = nil, contractNumber: String? = nil, owner: ClaimSubject? = nil
    ) {
        self.kind = kind
        self.community = community
        self.address = address
        self.certificateKind = certificateKind
        self.certificateNumber = certificateNumber
        self.contractNumber = contractNumber
        self.owner = owner
    }
}

/// A person about whom a register is asked.
public struct ClaimSubject: Hashable, Sendable, Codable {
    public let name: PersonName
    public let document: PersonDocument

    public init(name: PersonName, document: PersonDocument) {
        self.name = name
        self.document = document
    }
}
