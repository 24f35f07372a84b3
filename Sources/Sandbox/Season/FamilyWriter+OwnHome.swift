import Enrollment

/// Families whose own home and whose household are in the same community, and those no school's list names.
extension FamilyWriter {
    mutating func ownHome(_ kind: FamilyKind, _ index: Int, _ outage: CredentialID?) {
        let uncovered = kind == .ownHome ? uncovered.popLast() : nil
        let home = dwelling(uncovered ?? ground.home(&people.random))
        let schools = home.place.schools
        let single = kind != .wrongOwner && people.random.chance(perMille: 70)
        let house = self.house(
            kind == .noNumber ? .childless : single ? .oneParent : .parents, at: home,
            children: kind == .twins ? 2 : 1, siblings: kind != .twins)
        var documents: [TypedDocument?]?
        var owner = owner(of: house, byHand: kind == .noNumber)
        if kind == .wrongOwner, let other = house.other {
            owner = (other, Owner(word: "other_parent", person: other))
        }
        var settled = Case(
            place: place(house, home, household: home), home: TypedHome(kind: .owned),
            review: review(Findings(household: home, owned: true, residential: true)),
            category: SeasonCategory.householdAndHome, schools: schools)
        switch kind {
        case .filedContract: settled.home = contracted(contract(owner.person, home), owner: owner.typed)
        case .selfBuilt:
            settled.home = TypedHome(kind: .selfBuilt)
            askPeople(&settled, Findings(household: home, owned: true, residential: true))
        case .editedHome: settled = edited(house, home, owner)
        default:
            let old = kind == .wrongCertificateKind || people.random.chance(perMille: 120)
            let paper: CertificateKind = old ? .houseOwnership : .realEstate
            let coOwner = kind != .wrongOwner && people.random.chance(perMille: 200) ? house.other : nil
            let number =
                coOwner == owner.person
                ? title(owner.person, home, paper) : title(owner.person, with: coOwner, home, paper)
            settled.home = owned(number, paper, owner: owner.typed)
            spoil(kind, &settled, number)
        }
        if kind == .noNumber {
            // The register finds children by their number, so a person settles what it cannot.
            settled.place.sameAsHousehold = false
            let paper = people.numbers.paper()
            documents = [
                TypedDocument(kind: "birth_certificate", number: "S\(SampleNumber.padded(430_000_000 + paper, 9))")
            ]
            settled.review = review(
                Findings(household: home, owned: true, residential: true),
                needed: ["household.in_county", "household.community", "household.with_guardian"])
            settled.path = reviewPath(supplement: nil)
        }
        add(kind, index, house, settled, documents: documents, outage: outage)
    }

    /// Puts the family's mistake into what it types, and its repair after it.
    private mutating func spoil(_ kind: FamilyKind, _ settled: inout Case, _ number: String) {
        let right = settled.home
        switch kind {
        case .mistypedNumber, .mistypedNumberHomeOnly: settled.home.certificateNumber = mistyped(number)
        case .wrongCertificateKind: settled.home.certificateKind = .realEstate
        case .wrongOwner:
            settled.home.owner = Owner.guardian.word
            settled.home.ownerName = nil
            settled.home.ownerNumber = nil
        case .withdrawn:
            settled.steps = [FamilyStep(action: .withdraw)]
            settled.end = .withdrawn
            return
        default: return
        }
        settled.steps = [repair(.realEstateTitle, right)]
        settled.path = [.needsRepair]
    }

    /// The family's home is one that no register knows: people look at it.
    mutating func askPeople(_ settled: inout Case, _ findings: Findings) {
        let supplement = supplement()
        settled.review = review(
            findings, needed: ["home.owned", "home.residential"], reason: "入户走访,自建房,一家人住在这里(样例)",
            supplement: supplement)
        settled.path = reviewPath(supplement: supplement)
    }

    /// Two homes: the family first names the one where it does not live.
    private mutating func edited(_ house: House, _ home: Dwelling, _ owner: (person: SeasonPerson, typed: Owner))
        -> Case
    {
        let other = dwelling(ground.home(otherThan: home.place, &people.random))
        let right = owned(title(owner.person, home), owner: owner.typed)
        let first = owned(title(owner.person, other), owner: owner.typed)
        let rightPlace = place(house, home, household: home)
        let answers = TypedAnswers(place: rightPlace, home: right, phone: "", preference: [])
        return Case(
            place: place(house, other, household: home), home: first,
            steps: [FamilyStep(action: .edit, answers: answers)],
            review: review(Findings(household: home, owned: true, residential: true)),
            category: SeasonCategory.householdAndHome, schools: home.place.schools, path: [.qualified])
    }

    /// A community that no school's list names: the category is plain, the bureau finds the school.
    mutating func outsidePlan(_ index: Int) {
        guard !ground.unlisted.isEmpty else { return ownHome(.ownHome, index, nil) }
        let home = dwelling(people.random.pick(ground.unlisted))
        let house = house(.parents, at: home)
        let owns = people.random.chance(perMille: 650)
        let typed: TypedHome
        if owns {
            let owner = owner(of: house)
            typed = owned(title(owner.person, home), owner: owner.typed)
        } else {
            typed = TypedHome(kind: .rented)
        }
        let settled = Case(
            place: place(house, home, household: home), home: typed,
            review: review(
                Findings(household: home, owned: owns, residential: owns ? true : nil, noHome: !owns),
                coordination: true, reason: "不在已公布的划片内,转统筹(样例)"),
            category: owns ? SeasonCategory.householdAndHome : ground.rules.householdOnly, schools: [],
            end: .coordination, path: reviewPath(supplement: nil))
        add(.outsidePlan, index, house, settled)
    }

    /// A home of the family's own with a mistyped number, for families registered elsewhere.
    mutating func mistypedTitle(_ settled: inout Case, _ number: String) {
        spoil(.mistypedNumberHomeOnly, &settled, number)
    }
}
