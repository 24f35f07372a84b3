import Catchments
import Enrollment

extension FamilyWriter {
    /// A home: a community and the rest of its address.
    struct Dwelling: Hashable {
        let place: SeasonPlace
        let rest: String

        var address: String { place.fullName + rest }
    }

    /// The people of one family.
    struct House {
        var guardian: SeasonPerson
        /// `father`, `mother` or `grandparent`.
        var relation: String
        /// The other parent, where the register names one.
        var other: SeasonPerson?
        var grandparent: SeasonPerson?
        var children: [SeasonPerson]
    }

    /// Who lives together in the register.
    enum Composition { case parents, oneParent, withGrandparents, collective, grandparentsAlone, childless }

    /// A flat or house that nobody has yet.
    mutating func dwelling(_ place: SeasonPlace) -> Dwelling {
        let number = people.random.number(in: 1...9899)
        let rest =
            place.community.name.hasSuffix("村")
            ? "样例组样例路\(number)号"
            : "样例路\(number)号\(people.random.number(in: 1...28))栋\(people.random.number(in: 1...9))0\(people.random.number(in: 1...4))室"
        return Dwelling(place: place, rest: rest)
    }

    /// Invents a family and registers its household.
    mutating func house(
        _ composition: Composition, at home: Dwelling, children count: Int = 1, siblings: Bool = true,
        surname given: String? = nil
    ) -> House {
        let division = home.place.community.division
        let surname = given ?? SeasonNames.surname(&people.random)
        let father = people.parent(surname: surname, sex: .male, division: division)
        let mother = people.parent(surname: SeasonNames.surname(&people.random), sex: .female, division: division)
        var children = [people.child(surname: surname, division: division)]
        if count > 1 { children.append(people.twin(of: children[0], surname: surname, division: division)) }
        let fatherFirst = people.random.chance(perMille: 550)
        let (guardian, other) = fatherFirst ? (father, mother) : (mother, father)
        var house = House(
            guardian: guardian, relation: fatherFirst ? "father" : "mother", other: other, children: children)
        var members: [(SeasonPerson, String)] = []
        var kind = HouseholdEntry.Kind.family
        switch composition {
        case .parents: members = [(father, "户主"), (mother, "配偶")] + children.map { ($0, $0.sex == .male ? "子" : "女") }
        case .childless: members = [(father, "户主"), (mother, "配偶")]
        case .oneParent, .collective:
            house.other = nil
            kind = composition == .collective ? .collective : .family
            members = [(guardian, "户主")] + children.map { ($0, $0.sex == .male ? "子" : "女") }
        case .withGrandparents, .grandparentsAlone:
            let grandfather = people.grandparent(surname: surname, sex: .male)
            let grandmother = people.grandparent(surname: SeasonNames.surname(&people.random), sex: .female)
            house.grandparent = grandfather
            members = [(grandfather, "户主"), (grandmother, "配偶")]
            if composition == .withGrandparents {
                members += [(father, "子"), (mother, "儿媳")]
            } else {
                house.guardian = people.random.chance(perMille: 500) ? grandfather : grandmother
                house.relation = "grandparent"
                house.other = nil
            }
            members += children.map { ($0, $0.sex == .male ? "孙子" : "孙女") }
        }
        if siblings, composition == .parents, people.random.chance(perMille: 150) {
            let sibling = people.sibling(surname: surname, division: division)
            members.append((sibling, sibling.sex == .male ? "子" : "女"))
        }
        household(members, at: home, kind)
        return house
    }

    /// Registers a household; the first person is its head.
    mutating func household(
        _ members: [(SeasonPerson, String)], at home: Dwelling, _ kind: HouseholdEntry.Kind = .family
    ) {
        let moved = dates.opens.adding(days: -people.random.number(in: 200...6000))
        let entries = members.map { person, relation in
            HouseholdEntry.Member(
                name: person.name, number: person.number, relation: relation, birthDate: person.birthDate,
                registeredSince: max(moved, person.birthDate.adding(days: 20)))
        }
        registers.households.append(
            HouseholdEntry(
                number: "\(home.place.community.division)9\(SampleNumber.padded(people.numbers.paper(), 8))",
                kind: kind, address: home.address, members: entries))
    }

    /// Registers a title and answers its certificate number; with a co-owner it stands once for each.
    @discardableResult
    mutating func title(
        _ owner: SeasonPerson, with coOwner: SeasonPerson? = nil, _ home: Dwelling,
        _ kind: CertificateKind = .realEstate, use: String = "住宅"
    ) -> String {
        let serial = people.numbers.paper()
        let place = home.place
        let number =
            kind == .realEstate
            ? "湘(\(people.random.number(in: 2016...2025)))\(place.county)不动产权第\(SampleNumber.padded(2_000_000 + serial, 7))号"
            : "\(place.county.prefix(1))房权证\(place.community.township)字第\(SampleNumber.padded(70_000_000 + serial, 8))号"
        for person in [owner] + (coOwner.map { [$0] } ?? []) {
            registers.titles.append(
                TitleEntry(
                    unitNumber: SeasonNumbers.unit(place.community.division, serial), certificateKind: kind,
                    certificateNumber: number, ownerName: person.name, ownerNumber: person.number,
                    address: home.address, use: use, coOwnership: coOwner == nil ? "单独所有" : "共同共有",
                    share: coOwner == nil ? "100%" : "50%"))
        }
        return number
    }

    /// Registers a purchase contract and answers its number.
    mutating func contract(_ buyer: SeasonPerson, _ home: Dwelling, _ state: ContractEntry.State = .filed) -> String {
        let filedOn = dates.opens.adding(days: -people.random.number(in: 60...900))
        let number = "YS\(filedOn.year)\(SampleNumber.padded(50_000_000 + people.numbers.paper(), 8))"
        registers.contracts.append(
            ContractEntry(
                number: number, filedOn: filedOn, state: state, buyerName: buyer.name, buyerNumber: buyer.number,
                address: home.address))
        return number
    }

    /// Registers a residence permit.
    mutating func permit(_ holder: SeasonPerson, _ home: Dwelling, since: CivilDate, until: CivilDate) {
        registers.permits.append(
            PermitEntry(
                number:
                    "\(home.place.community.division)\(SampleNumber.padded(9_000_000_000 + people.numbers.paper(), 10))",
                holderName: holder.name, holderNumber: holder.number, heldSince: since, validUntil: until,
                address: home.address))
    }

    /// Registers months of insurance.
    mutating func insurance(
        _ person: SeasonPerson, _ months: [String], _ kind: InsuranceEntry.Kind = .employeePension
    ) {
        registers.insurance.append(
            InsuranceEntry(
                kind: kind, insuredName: person.name, insuredNumber: person.number, paidMonths: months))
    }

    /// The number with the first digit of its serial wrong, which makes it a number that nobody has: titles begin with 2
    /// or 7, invented ones with 9.
    mutating func mistyped(_ number: String) -> String {
        guard let serial = number.lastIndex(of: "第").map({ number.index(after: $0) }) else { return number }
        let digit = people.random.pick(["3", "4", "5", "6"])
        return number[..<serial] + digit + number[number.index(after: serial)...]
    }

    /// The number as some people type it: other brackets and a blank, which mean the same.
    mutating func asTyped(_ number: String) -> String {
        guard people.random.chance(perMille: 120) else { return number }
        return number.replacing("(", with: "\u{FF08}").replacing(")", with: "\u{FF09} ")
    }
}
