import Enrollment

/// Families whose own home is here and whose household is not with it.
extension FamilyWriter {
    mutating func homeOnly(_ kind: FamilyKind, _ index: Int) {
        let home = dwelling(ground.home(&people.random))
        let here = kind == .twoCommunities || (kind == .registeredElsewhere && people.random.chance(perMille: 600))
        let household = dwelling(
            here ? ground.home(otherThan: home.place, &people.random) : people.random.pick(ground.elsewhere))
        var house: House
        var documents: [TypedDocument?]?
        if kind == .registeredElsewhere {
            // The child stands in the grandparents' household, the parents in their own.
            let surname = SeasonNames.surname(&people.random)
            house = self.house(.grandparentsAlone, at: household, surname: surname)
            let child = house.children[0]
            house = self.house(.childless, at: dwelling(home.place), surname: surname)
            house.children = [child]
            documents = [TypedDocument(kind: "id_number", number: child.number)]
        } else {
            house = self.house(.parents, at: household)
        }
        let owner = owner(of: house, byHand: documents != nil)
        let findings = Findings(household: household, inCounty: here, owned: true, residential: true)
        var settled = Case(
            place: place(house, home, household: household), home: TypedHome(kind: .owned), review: review(findings),
            category: here ? ground.rules.twoCommunities : SeasonCategory.homeOnly, schools: home.place.schools)
        switch kind {
        case .filedContractOnly: settled.home = contracted(contract(owner.person, home), owner: owner.typed)
        case .selfBuiltHomeOnly:
            settled.home = TypedHome(kind: .selfBuilt)
            askPeople(&settled, findings)
        default:
            let number = title(owner.person, home)
            settled.home = owned(number, owner: owner.typed)
            if kind == .mistypedNumberHomeOnly { mistypedTitle(&settled, number) }
        }
        if kind == .registeredElsewhere {
            settled.review = review(
                findings, needed: ["household.with_guardian"], reason: "孩子的户口在祖父母家,监护关系属实(样例)")
            settled.path = reviewPath(supplement: nil)
        } else if !here, people.random.chance(perMille: 250) {
            // Many who bought a home here once came to work: a permit and insurance change nothing for them.
            permit(
                house.guardian, home, since: dates.months.adding(months: -40), until: dates.months.adding(months: 20))
            insurance(
                house.guardian, InsuranceEntry.months(from: dates.month(before: 38), through: dates.month(before: 1)))
        }
        add(kind, index, house, settled, documents: documents)
    }
}
