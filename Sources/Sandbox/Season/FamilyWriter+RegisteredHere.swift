import Enrollment

/// Families registered here whose parents own no home here, rightly or by what they say.
extension FamilyWriter {
    mutating func registeredHere(_ kind: FamilyKind, _ index: Int) {
        let household = dwelling(ground.home(&people.random))
        switch kind {
        case .grandparentsHome: grandparentsHome(index, household)
        case .grandparentGuardian: grandparentGuardian(index, household)
        case .rentedRegistered, .collectiveHousehold, .titleElsewhere: rented(kind, index, household)
        case .falseNoHome: falseNoHome(index, household)
        default: falseOwner(kind, index, household)
        }
    }

    private mutating func grandparentsHome(_ index: Int, _ home: Dwelling) {
        let house = house(.withGrandparents, at: home)
        if let grandparent = house.grandparent { title(grandparent, home) }
        let settled = Case(
            place: place(house, home, household: home), home: TypedHome(kind: .grandparents),
            review: review(Findings(household: home, noHome: true)), category: ground.rules.householdOnly,
            schools: home.place.schools)
        add(.grandparentsHome, index, house, settled)
    }

    /// No parent stands in the household, so no register can say that the parents own nothing: a person does.
    private mutating func grandparentGuardian(_ index: Int, _ home: Dwelling) {
        let house = house(.grandparentsAlone, at: home)
        if let grandparent = house.grandparent { title(grandparent, home) }
        let supplement = supplement()
        let settled = Case(
            place: place(house, home, household: home), home: TypedHome(kind: .grandparents),
            review: review(
                Findings(household: home, noHome: true), needed: ["parents.own_no_home"],
                reason: "父母在外地,在本地没有住房(样例)", supplement: supplement),
            category: ground.rules.householdOnly, schools: home.place.schools,
            path: reviewPath(supplement: supplement))
        add(.grandparentGuardian, index, house, settled)
    }

    private mutating func rented(_ kind: FamilyKind, _ index: Int, _ household: Dwelling) {
        let home = dwelling(ground.home(&people.random))
        let house = house(kind == .collectiveHousehold ? .collective : .parents, at: household)
        if kind == .titleElsewhere { title(house.guardian, dwelling(people.random.pick(ground.elsewhere))) }
        let settled = Case(
            place: place(house, home, household: household), home: TypedHome(kind: .rented),
            review: review(Findings(household: household, noHome: true)), category: ground.rules.householdOnly,
            schools: household.place.schools)
        add(kind, index, house, settled)
    }

    /// The parents own a home here and say that they own none. Half of them name it in the end.
    private mutating func falseNoHome(_ index: Int, _ household: Dwelling) {
        let rented = dwelling(ground.home(&people.random))
        let own = dwelling(ground.home(otherThan: household.place, &people.random))
        let house = house(.parents, at: household)
        let owner = owner(of: house)
        let number = title(owner.person, own)
        var settled = Case(
            place: place(house, rented, household: household), home: TypedHome(kind: .rented),
            review: review(
                Findings(household: household), coordination: true, reason: "父母在本地有房,没有住在自己的房子里,转统筹(样例)"),
            category: nil, schools: [], end: .coordination, path: reviewPath([.needsRepair], supplement: nil))
        if people.random.chance(perMille: 500) {
            settled.steps = [accept(.realEstateTitle)]
            if let category = ground.rules.householdAnyway {
                settled.category = category
                settled.schools = household.place.schools
                settled.end = .qualified
                settled.path = [.needsRepair]
            }
        } else {
            let answers = TypedAnswers(
                place: place(house, own, household: household), home: owned(number, owner: owner.typed), phone: "",
                preference: [])
            settled.steps = [FamilyStep(action: .edit, answers: answers)]
            settled.review = review(Findings(household: household, owned: true, residential: true))
            settled.category = ground.rules.twoCommunities
            settled.schools = own.place.schools
            settled.end = .qualified
            settled.path = [.needsRepair]
        }
        add(.falseNoHome, index, house, settled)
    }

    /// The family claims a home that is not its own, or not a home; what is true is that it is registered here.
    private mutating func falseOwner(_ kind: FamilyKind, _ index: Int, _ household: Dwelling) {
        let house = house(.parents, at: household)
        let home = kind == .commercialFlat ? household : dwelling(household.place)
        let contract = kind == .contractWithdrawn || kind == .contractWithdrawnInsists
        let credential: CredentialID = contract ? .purchaseContract : .realEstateTitle
        let supplement = supplement()
        let flat = kind == .commercialFlat
        let findings = Findings(household: household, owned: flat, residential: flat ? false : nil, noHome: true)
        var settled = Case(
            place: place(house, home, household: household), home: TypedHome(kind: .owned),
            review: review(
                findings, needed: flat ? ["parents.own_no_home"] : ["home.owned", "parents.own_no_home"],
                reason: flat ? "商业用途,不算住房;父母在本地没有别的住房(样例)" : "没有这处住房;父母在本地没有住房(样例)",
                supplement: kind == .falseTitleAccepted || kind == .contractWithdrawn ? nil : supplement),
            category: ground.rules.householdOnly, schools: household.place.schools)
        switch kind {
        case .commercialFlat:
            settled.home = owned(title(house.guardian, home, use: "商业服务"), owner: .guardian)
            settled.path = reviewPath(supplement: supplement)
            if let category = ground.rules.householdAnyway {
                settled.category = category
                settled.path = []
            }
        case .falseTitleAccepted, .falseTitleInsists:
            settled.home = owned(inventedTitle(home), owner: .guardian)
            settled.path = [.needsRepair]
        default:
            settled.home = contracted(self.contract(house.guardian, home, .withdrawn), owner: .guardian)
            settled.path = [.needsRepair]
        }
        switch kind {
        case .falseTitleInsists, .contractWithdrawnInsists:
            settled.steps = [person(credential, .owned, "证件还在办理,请工作人员核对(样例)")]
            settled.path = reviewPath([.needsRepair], supplement: supplement)
        case .falseTitleAccepted, .contractWithdrawn: settled.steps = [accept(credential)]
        default: break
        }
        add(kind, index, house, settled)
    }

    /// A certificate number of the right shape that stands in no register.
    mutating func inventedTitle(_ home: Dwelling) -> String {
        "湘(2024)\(home.place.county)不动产权第\(SampleNumber.padded(9_000_000 + people.numbers.paper(), 7))号"
    }
}
