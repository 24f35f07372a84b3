import Catchments
import Enrollment
import Testing

@Suite struct HomeReadingTests {
    private let family: SampleFamily

    init() throws { family = try SampleFamily() }

    private func title(_ records: [RegisterRecord], certificate: String? = nil) throws -> CheckReading {
        let answers = certificate.map { family.answers(.owned, certificate: $0) } ?? family.answers(.owned)
        return try family.read(.realEstateTitle, [.records(records)], answers)
    }

    private func contract(_ records: [RegisterRecord]) throws -> CheckReading {
        try family.read(.purchaseContract, [.records(records)], family.answers(.contracted))
    }

    private func absence(_ replies: [SourceReply]) throws -> CheckReading {
        try family.read(.realEstateTitle, replies, family.answers(.grandparents))
    }

    private func expectDisputed(_ reading: CheckReading, _ outcome: CheckOutcome) {
        #expect(reading.outcome == outcome)
        #expect(
            reading.facts == [.homeOwned: .unknown(.disputed), .homeResidential: .unknown(.disputed)])
    }

    @Test("a title that fits confirms the home; brackets and blanks in its number do not matter")
    func confirmed() throws {
        let expected: [FactKey: FactState] = [.homeOwned: .known(.flag(true)), .homeResidential: .known(.flag(true))]
        for typed in ["湘(2022)桃江县不动产权第0001234号", "湘［２０２２］桃江县不动产权第０００１２３４号", " 湘〔2022〕桃江县 不动产权第 0001234 号"] {
            let reading = try title([family.title()], certificate: typed)
            #expect(reading.outcome == .confirmed)
            #expect(reading.facts == expected)
        }
        let bought = try contract([family.contract()])
        #expect(bought.outcome == .confirmed)
        #expect(bought.facts == expected)
    }

    @Test("of several titles of one owner the one the family named is read")
    func chosen() throws {
        let other = family.title("湘(2019)桃江县不动产权第0000007号", at: Place.fumin, use: "commercial")
        let reading = try title([other, family.title()])
        #expect(reading.outcome == .confirmed)
        #expect(reading.records == [family.title()])
    }

    @Test("a mistyped certificate number differs in that field, and the facts are disputed, not false")
    func mistyped() throws {
        expectDisputed(
            try title([family.title()], certificate: "湘(2022)桃江县不动产权第0001243号"), .refuted([.certificateNumber]))
        expectDisputed(try contract([family.contract("TJ2025-0024")]), .refuted([.contractNumber]))
    }

    @Test("the wrong kind, another owner and another place are each named, and together where they come together")
    func differing() throws {
        expectDisputed(try title([family.title(kind: .houseOwnership)]), .refuted([.certificateKind]))
        expectDisputed(try title([family.title(owner: "林样叔")]), .refuted([.ownerName]))
        expectDisputed(try title([family.title(at: Place.fumin)]), .refuted([.community]))
        expectDisputed(try title([family.title(at: Place.elsewhere)]), .refuted([.community]))
        expectDisputed(
            try title([family.title(at: Place.fumin, kind: .houseOwnership, owner: "林样叔")]),
            .refuted([.certificateKind, .ownerName, .community]))
        expectDisputed(try contract([family.contract(at: Place.fumin)]), .refuted([.community]))
    }

    @Test("a contract that is not filed any more differs in its state")
    func cancelledContract() throws {
        expectDisputed(try contract([family.contract(state: "cancelled")]), .refuted([.contractState]))
    }

    @Test("no record and two records under one number are two different answers")
    func notFoundAndMultiple() throws {
        expectDisputed(try title([]), .notFound)
        expectDisputed(try contract([]), .notFound)
        expectDisputed(try title([family.title(), family.title(at: Place.fumin)]), .multiple)
        let (filed, cancelled) = (family.contract(), family.contract(state: "cancelled"))
        expectDisputed(try contract([filed, cancelled]), .multiple)
        expectDisputed(try contract([cancelled, filed]), .multiple)
    }

    @Test("a shop is owned and not for living in")
    func commercial() throws {
        for reading in [
            try title([family.title(use: "commercial")]), try contract([family.contract(use: "commercial")]),
        ] {
            #expect(reading.outcome == .confirmed)
            #expect(
                reading.facts == [.homeOwned: .known(.flag(true)), .homeResidential: .known(.flag(false))])
        }
    }

    @Test("a title whose address no machine can read is for a person, unless it differs anyhow")
    func unreadableAddress() throws {
        let unread = try title([family.title(address: "桃花江镇老供销社后面")])
        #expect(unread.outcome == .notSupported)
        #expect(unread.facts[.homeOwned] == .unknown(.notSupported))
        expectDisputed(try title([family.title(address: "老供销社后面", owner: "林样叔")]), .refuted([.ownerName]))
    }

    @Test("parents who own nothing, or a home in another county only, own none here")
    func absent() throws {
        for records in [[], [family.title(at: Place.elsewhere)]] {
            let reading = try absence([.records(records), .records([])])
            #expect(reading.outcome == .confirmed)
            #expect(reading.facts == [.parentsOwnNoHome: .known(.flag(true))])
        }
    }

    @Test("a home of either parent in this county refutes that they own none; the fact is disputed, not false")
    func present() throws {
        for replies in [
            [SourceReply.records([family.title()]), .records([])], [.records([]), .records([family.title()])],
        ] {
            let reading = try absence(replies)
            #expect(reading.outcome == .refuted([.ownerName]))
            #expect(reading.facts == [.parentsOwnNoHome: .unknown(.disputed)])
            #expect(reading.records == [family.title()])
        }
    }

    @Test("a shop in this county is no home: parents who own only that own none")
    func shopIsNoHome() throws {
        let reading = try absence([.records([family.title(use: "commercial")]), .records([])])
        #expect(reading.outcome == .confirmed)
        #expect(reading.facts == [.parentsOwnNoHome: .known(.flag(true))])
    }

    @Test("a home at an address no machine can read is not taken for owning none")
    func absentUnread() throws {
        let reading = try absence([.records([family.title(address: "老供销社后面")]), .records([])])
        #expect(reading.outcome != .confirmed)
        #expect(reading.facts[.parentsOwnNoHome]?.value == nil)
    }

    @Test("as long as one parent's register does not answer, nothing is said of either")
    func halfAnswered() throws {
        let reading = try absence([.records([]), .unavailable(.timeout)])
        #expect(reading.outcome == .unavailable(.timeout))
        #expect(reading.facts == [.parentsOwnNoHome: .unknown(.sourceDown)])
        #expect(try absence([.records([])]).outcome == .notSupported)
    }
}
