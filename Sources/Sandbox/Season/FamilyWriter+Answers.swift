import Catchments
import Enrollment

extension FamilyWriter {
    /// The place as typed. A home where the register says may be typed as "the same".
    mutating func place(_ house: House, _ home: Dwelling, household: Dwelling?) -> TypedPlace {
        let same = home == household && people.random.chance(perMille: 700)
        let community = home.place.community
        return TypedPlace(
            relation: house.relation, sameAsHousehold: same, division: community.division,
            township: community.township, community: community.name, address: home.rest)
    }

    /// A title as typed.
    mutating func owned(_ number: String, _ kind: CertificateKind = .realEstate, owner: Owner) -> TypedHome {
        TypedHome(
            kind: .owned, certificateKind: kind, certificateNumber: asTyped(number), owner: owner.word,
            ownerName: owner.person?.name, ownerNumber: owner.person?.number)
    }

    func contracted(_ number: String, owner: Owner) -> TypedHome {
        TypedHome(
            kind: .contracted, contractNumber: number, owner: owner.word, ownerName: owner.person?.name,
            ownerNumber: owner.person?.number)
    }

    /// Whose name stands on a paper, as the family says it.
    struct Owner {
        let word: String
        /// Who it is, typed where it is not the guardian.
        let person: SeasonPerson?

        static let guardian = Owner(word: "guardian", person: nil)
    }

    /// The guardian or the other parent, and what the family types for it.
    /// - Parameter byHand: the child is typed by hand, so that no register has told the portal who the other parent is.
    mutating func owner(of house: House, byHand: Bool = false) -> (person: SeasonPerson, typed: Owner) {
        if let other = house.other, people.random.chance(perMille: 400) {
            return (other, Owner(word: byHand ? "other" : "other_parent", person: other))
        }
        return (house.guardian, .guardian)
    }

    /// What a reviewer finds who looks at everything.
    struct Findings {
        var household: Dwelling?
        /// Whether the household stands in one of the tenant's divisions.
        var inCounty = true
        var owned = false
        var residential: Bool?
        var noHome = false
        /// Months the permit has been held, and where; nil without a valid one.
        var permit: (months: Int, place: SeasonPlace)?
        var insuredMonths = 0

        var found: [String: String] {
            var found = [
                "household.in_county": inCounty ? "yes" : "no", "household.with_guardian": "yes",
                "home.owned": owned ? "yes" : "no", "parents.own_no_home": noHome ? "yes" : "no",
                "residence_permit.valid": permit == nil ? "no" : "yes",
                "residence_permit.in_county": permit == nil ? "no" : "yes",
                "residence_permit.months": String(permit?.months ?? 0),
                "social_insurance.months": String(insuredMonths),
            ]
            found["household.community"] = household?.place.community.description
            found["home.residential"] = residential.map { $0 ? "yes" : "no" }
            found["residence_permit.community"] = permit?.place.community.description
            return found
        }
    }

    func review(
        _ findings: Findings, needed: [String] = [], coordination: Bool = false, reason: String = "经核对,情况属实(样例)",
        supplement: String? = nil
    ) -> ReviewScript {
        ReviewScript(
            verdict: coordination ? .coordination : .findings, found: findings.found, needed: needed, reason: reason,
            supplement: supplement)
    }

    /// What some reviewers ask for first.
    mutating func supplement() -> String? {
        people.random.chance(perMille: 300) ? "请补一张近三个月的水电费单据照片(样例)" : nil
    }

    /// The way of a child whom a person looks at.
    func reviewPath(_ first: [ReplayState] = [], supplement: String?) -> [ReplayState] {
        first + (supplement == nil ? [.firstReview] : [.firstReview, .supplementRequested, .firstReview])
            + [.secondReview]
    }

    /// A picture for one request in two, of either format.
    mutating func photo() -> SamplePhoto.Format? { people.random.pick([nil, nil, .png, .jpeg]) }

    func repair(_ credential: CredentialID, _ home: TypedHome) -> FamilyStep {
        FamilyStep(action: .repair, credential: credential, home: home)
    }

    func accept(_ credential: CredentialID) -> FamilyStep { FamilyStep(action: .accept, credential: credential) }

    mutating func person(_ credential: CredentialID, _ kind: HomeKind, _ note: String) -> FamilyStep {
        FamilyStep(action: .person, credential: credential, homeKind: kind, note: note, photo: photo())
    }
}
