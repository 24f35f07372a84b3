import Enrollment

/// Puts one sample family together: people first, then what each register holds about them.
struct SampleFamilyBuilder {
    /// A person of the family.
    struct Person {
        let name: String
        let number: IDNumber
    }

    /// 1 for `sample-01`; also keeps numbers of different families apart.
    let order: Int
    private(set) var registers = RegisterBook()

    init(_ order: Int) { self.order = order }

    /// A person with a number first issued in `prefix`; the family's order and `sequence` make it unique.
    func person(_ name: String, _ birthDate: String, _ sequence: Int, prefix: String = "430922") -> Person {
        Person(name: name, number: SampleNumber.person(prefix, birthDate, order * 20 + sequence))
    }

    /// An address of 桃花江镇 in the departments' full form.
    func home(_ community: String, building: Int = 3) -> String {
        "湖南省益阳市桃江县桃花江镇\(community)样例路\(order * 2)号\(building)栋501室"
    }

    /// Registers a household; the first person is its head.
    mutating func household(
        _ address: String, since: String = "2019-03-12", _ people: [(person: Person, relation: String)]
    ) {
        let day = SampleNumber.day(since)
        let members = people.map { person, relation in
            let birthDate = person.number.birthDate
            return HouseholdEntry.Member(
                name: person.name, number: person.number.value, relation: relation, birthDate: birthDate,
                registeredSince: max(day, birthDate.adding(days: 20)))
        }
        registers.households.append(
            HouseholdEntry(number: "4309220\(SampleNumber.padded(order, 5))", address: address, members: members))
    }

    /// Registers a title and answers its certificate number.
    @discardableResult
    mutating func title(_ owner: Person, _ address: String, kind: CertificateKind = .realEstate) -> String {
        let number =
            kind == .realEstate
            ? SampleNumber.certificate(3400 + order * 7) : SampleNumber.oldCertificate(20_120 + order * 7)
        registers.titles.append(
            TitleEntry(
                unitNumber: SampleNumber.unit(order), certificateKind: kind, certificateNumber: number,
                ownerName: owner.name, ownerNumber: owner.number.value, address: address))
        return number
    }

    /// Registers a filed or withdrawn contract and answers its number.
    mutating func contract(_ buyer: Person, _ address: String, state: ContractEntry.State = .filed) -> String {
        let number = "TJ2025\(SampleNumber.padded(4100 + order, 6))"
        registers.contracts.append(
            ContractEntry(
                number: number, filedOn: SampleNumber.day("2025-05-16"), state: state, buyerName: buyer.name,
                buyerNumber: buyer.number.value, address: address))
        return number
    }

    /// Registers a residence permit and answers its number.
    mutating func permit(_ holder: Person, _ address: String, since: String, until: String) -> String {
        let number = "430922\(SampleNumber.padded(26_000 + order, 10))"
        registers.permits.append(
            PermitEntry(
                number: number, holderName: holder.name, holderNumber: holder.number.value,
                heldSince: SampleNumber.day(since), validUntil: SampleNumber.day(until), address: address))
        return number
    }

    /// Registers an insurance history.
    mutating func insurance(_ person: Person, _ paidMonths: [String]) {
        registers.insurance.append(
            InsuranceEntry(insuredName: person.name, insuredNumber: person.number.value, paidMonths: paidMonths))
    }

    /// The family, signed in by one of its people.
    func family(
        _ guardian: Person, _ zh: String, _ en: String, hint: LocalizedText? = nil
    ) -> SampleFamily {
        let subject = "sample-\(SampleNumber.padded(order, 2))"
        let phone = "199000000\(SampleNumber.padded(order, 2))"
        return SampleFamily(
            identity: SandboxIdentity(
                subject: subject, name: guardian.name, number: guardian.number.value, phone: phone,
                label: LocalizedText(zh: zh, en: en), hint: hint),
            registers: registers)
    }
}
