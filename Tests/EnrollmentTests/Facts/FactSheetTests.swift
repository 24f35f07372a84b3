import Enrollment
import Testing

@Suite struct FactSheetTests {
    private let key = FactKey.homeOwned

    @Test("a finding outranks an acceptance, that a check, that a declaration, in whatever order they come in")
    func precedence() {
        let sources: [FactSource] = [.declared, .check, .acceptance, .finding]
        for (rank, strong) in sources.enumerated() {
            for weak in sources[..<rank] {
                // The weaker fact is the later one: time does not outrank a person.
                let standing = Fact.sample(key, .known(.flag(true)), source: strong, fetchedAt: 1)
                let other = Fact.sample(key, .known(.flag(false)), source: weak, fetchedAt: 2)
                for order in [[standing, other], [other, standing]] {
                    #expect(FactSheet(order).fact(key) == standing)
                }
            }
        }
    }

    @Test("of two answers of one register the later fetched stands, in whatever order they come in")
    func later() {
        let early = Fact.sample(key, .unknown(.disputed), fetchedAt: 1)
        let late = Fact.sample(key, .known(.flag(true)), fetchedAt: 2)
        #expect(FactSheet([early, late]).state(key) == .known(.flag(true)))
        #expect(FactSheet([late, early]).state(key) == .known(.flag(true)))
    }

    @Test("a register's doubt outranks the family's word, and a person's finding settles the doubt")
    func doubt() {
        let word = Fact.sample(key, .known(.flag(true)), source: .declared, fetchedAt: 9)
        let doubt = Fact.sample(key, .unknown(.disputed), fetchedAt: 5)
        #expect(FactSheet([word, doubt]).state(key) == .unknown(.disputed))
        let finding = Fact.sample(key, .known(.flag(true)), source: .finding, fetchedAt: 1)
        #expect(FactSheet([word, doubt, finding]).state(key) == .known(.flag(true)))
    }

    @Test("a fact nobody asked for is unknown, not false")
    func absent() {
        #expect(FactSheet().state(key) == .unknown(.notAsked))
        #expect(FactSheet().fact(key) == nil)
    }

    @Test("the canonical text is the same for every order, one line a fact, and changes with any fact")
    func canonicalText() throws {
        let date = try #require(CivilDate("2024-03-01"))
        var facts = [
            Fact.sample(.permitMonths, .known(.integer(12))), Fact.sample(.homeKind, .known(.code("owned"))),
            Fact.sample(.householdRegisteredSince, .known(.date(date))), Fact.sample(.homeOwned, .unknown(.disputed)),
            Fact.sample(.permitValid, .known(.flag(true))),
        ]
        let expected = """
            home.kind=code:owned
            home.owned=?disputed
            household.registered_since=date:2024-03-01
            residence_permit.months=integer:12
            residence_permit.valid=flag:true
            """
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<20 {
            facts.shuffle(using: &generator)
            #expect(FactSheet(facts).canonicalText == expected)
        }
        #expect(FactSheet(facts).with([.permitMonths: .integer(11)]).canonicalText != expected)
    }

    @Test("an encoded value is read back; what is no value is refused")
    func encoded() throws {
        let values: [FactValue] = [
            .flag(true), .flag(false), .integer(-3), .integer(1200), .code("430922/桃花江镇/近桃社区"), .code("a:b"), .code(""),
            .date(try #require(CivilDate("2024-02-29"))),
        ]
        for value in values { #expect(FactValue(encoded: value.encoded) == value) }
        for text in ["", "flag", "flag:yes", "integer:1.5", "date:2024-02-30", "name:样例", "integer:"] {
            #expect(FactValue(encoded: text) == nil)
        }
    }

    @Test("replacing a fact changes that fact only, even one a person found")
    func replacing() {
        let sheet = FactSheet([
            Fact.sample(key, .known(.flag(true)), source: .finding), Fact.sample(.permitMonths, .known(.integer(3))),
        ])
        let changed = sheet.replacing(key, with: .flag(false))
        #expect(changed.state(key) == .known(.flag(false)))
        #expect(changed.fact(.permitMonths) == sheet.fact(.permitMonths))
        #expect(sheet.state(key) == .known(.flag(true)))
    }
}
