import Catchments
import Enrollment
import Testing

@Suite struct HouseholdReadingTests {
    private let family: SampleFamily

    init() throws { family = try SampleFamily() }

    private func read(_ replies: [SourceReply]) throws -> CheckReading {
        try family.read(.household, replies, family.answers(.owned))
    }

    private func expectDisputed(_ reading: CheckReading, _ outcome: CheckOutcome) {
        #expect(reading.outcome == outcome)
        #expect(Set(reading.facts.keys) == [.householdCommunity, .householdInCounty, .householdWithGuardian])
        #expect(reading.facts.values.allSatisfy { $0 == .unknown(.disputed) })
    }

    @Test("a household that fits gives its community, its county, its kind, the day and the guardian")
    func confirmed() throws {
        let record = try family.household()
        let reading = try read([.records([record])])
        #expect(reading.outcome == .confirmed)
        #expect(
            reading.facts == [
                .householdCommunity: .known(.code(Place.jintao.description)), .householdInCounty: .known(.flag(true)),
                .householdWithGuardian: .known(.flag(true)), .householdKind: .known(.code("family")),
                .householdRegisteredSince: .known(.date(try #require(CivilDate("2020-04-01")))),
            ])
        #expect(reading.records == [record])
    }

    @Test("a child registered in another county is confirmed, as registered elsewhere")
    func elsewhere() throws {
        let reading = try read([.records([try family.household(Place.elsewhere)])])
        #expect(reading.outcome == .confirmed)
        #expect(reading.facts[.householdInCounty] == .known(.flag(false)))
    }

    @Test("a guardian who is not in the household is a known fact, for a person to weigh")
    func withoutGuardian() throws {
        let reading = try read([.records([try family.household(withFather: false)])])
        #expect(reading.outcome == .confirmed)
        #expect(reading.facts[.householdWithGuardian] == .known(.flag(false)))
    }

    @Test("not found, two households, another number and another name are four different answers")
    func disputed() throws {
        let record = try family.household()
        expectDisputed(try read([.records([])]), .notFound)
        expectDisputed(try read([.records([record, record])]), .multiple)
        expectDisputed(
            try read([.records([try family.household(childNumber: family.father.document.number)])]),
            .refuted([.personNumber]))
        expectDisputed(try read([.records([try family.household(childName: "林样历")])]), .refuted([.personName]))
    }

    @Test("a child without an ID number is for a person, whatever the register answers")
    func withoutNumber() throws {
        let child = PersonIdentity(
            name: family.child.name, document: try PersonDocument(kind: .passport, number: "E12345678"),
            birthDate: family.child.birthDate)
        let answers = family.answers(.owned, child: child)
        #expect(try family.claim(.household, answers).subjects.map(\.name) == [family.father.name])
        let reading = try family.read(.household, [.records([try family.household()])], answers)
        #expect(reading.outcome == .notSupported)
        #expect(reading.facts.values.allSatisfy { $0 == .unknown(.notSupported) })
    }

    @Test("an address no machine can read is for a person, not against the family")
    func unreadableAddress() throws {
        let reading = try read([.records([try family.household(address: "样例村三组，老供销社后面")])])
        #expect(reading.outcome == .notSupported)
        #expect(reading.facts[.householdInCounty] == .unknown(.notSupported))
    }
}
