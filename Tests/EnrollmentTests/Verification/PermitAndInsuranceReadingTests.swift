import Catchments
import Enrollment
import Testing

@Suite struct PermitAndInsuranceReadingTests {
    private let family: SampleFamily
    private let answers: ApplicationAnswers

    init() throws {
        family = try SampleFamily()
        answers = family.answers(.rented, at: Place.fumin, household: Place.elsewhere)
    }

    private func permit(_ records: [RegisterRecord]) throws -> CheckReading {
        try family.read(.residencePermit, [.records(records)], answers)
    }

    private func insuredMonths(
        _ records: [RegisterRecord], today: String = "2026-07-06", reference: String = "2026-08-01"
    )
        throws -> FactState?
    {
        let todayDate: CivilDate = try #require(CivilDate(today))
        let referenceDate: CivilDate = try #require(CivilDate(reference))
        let reading = try family.read(
            .socialInsurance, [.records(records)], answers, today: todayDate, reference: referenceDate)
        #expect(reading.outcome == .confirmed)
        return reading.facts[.insuranceMonths]
    }

    @Test("a valid permit gives its place, its county and its months")
    func permit() throws {
        let reading = try permit([try family.permit(since: "2025-06-15")])
        #expect(reading.outcome == .confirmed)
        #expect(
            reading.facts == [
                .permitValid: .known(.flag(true)), .permitInCounty: .known(.flag(true)),
                .permitMonths: .known(.integer(13)), .permitCommunity: .known(.code(Place.fumin.description)),
            ])
    }

    @Test(
        "held since 2 August is eleven months on 1 August, since 1 August twelve, since September none",
        arguments: [("2025-08-02", 11), ("2025-08-01", 12), ("2025-07-31", 12), ("2026-07-05", 0), ("2026-09-01", 0)])
    func permitMonths(_ since: String, _ expected: Int) throws {
        #expect(try permit([try family.permit(since: since)]).facts[.permitMonths] == .known(.integer(expected)))
    }

    @Test("a permit of another county is valid and not for a place here")
    func permitElsewhere() throws {
        let reading = try permit([try family.permit(address: Place.address(Place.elsewhere))])
        #expect(reading.outcome == .confirmed)
        #expect(reading.facts[.permitInCounty] == .known(.flag(false)))
    }

    @Test("a permit is good on its last day and expired on the next; its facts are then disputed, not false")
    func expired() throws {
        #expect(try permit([try family.permit(until: "2026-07-06")]).outcome == .confirmed)
        let reading = try permit([try family.permit(until: "2026-07-05")])
        #expect(reading.outcome == .expired)
        #expect(reading.facts.count == 4)
        #expect(reading.facts.values.allSatisfy { $0 == .unknown(.disputed) })
    }

    @Test("of an old permit and the one that followed it the valid one is read, in either order")
    func renewed() throws {
        let old = try family.permit(since: "2021-01-01", until: "2024-01-01")
        let renewed = try family.permit(since: "2024-02-01")
        for records in [[old, renewed], [renewed, old]] {
            #expect(try permit(records).facts[.permitMonths] == .known(.integer(30)))
        }
    }

    @Test("no permit, and one at an address no machine can read, are two different answers")
    func permitMissing() throws {
        #expect(try permit([]).outcome == .notFound)
        #expect(try permit([]).facts[.permitValid] == .unknown(.disputed))
        let unread = try permit([try family.permit(address: "老供销社后面")])
        #expect(unread.outcome == .notSupported)
        #expect(unread.facts[.permitValid] == .unknown(.notSupported))
    }

    @Test("an insurance that runs counts to the reference day: eleven months are not twelve")
    func boundary() throws {
        #expect(try insuredMonths([try family.insurance(from: "2025-08", to: "2026-07")]) == .known(.integer(12)))
        #expect(try insuredMonths([try family.insurance(from: "2025-09", to: "2026-07")]) == .known(.integer(11)))
    }

    @Test("a department that books two months late takes nothing from the family")
    func bookedLate() throws {
        for last in ["2026-05", "2026-06", "2026-07"] {
            #expect(try insuredMonths([try family.insurance(from: "2025-08", to: last)]) == .known(.integer(12)))
        }
    }

    @Test("an insurance that stopped earlier counts nothing, however long it ran")
    func stopped() throws {
        #expect(try insuredMonths([try family.insurance(from: "2015-01", to: "2026-04")]) == .known(.integer(0)))
    }

    @Test("a gap begins the count anew")
    func gap() throws {
        let broken = try family.insurance(from: "2023-01", to: "2026-07", without: ["2025-12"])
        #expect(try insuredMonths([broken]) == .known(.integer(7)))
    }

    @Test("months paid under two employers are one history, a month paid twice counts once")
    func twoEmployers() throws {
        let records = [
            try family.insurance(from: "2025-12", to: "2026-07"), try family.insurance(from: "2025-07", to: "2026-01"),
        ]
        #expect(try insuredMonths(records) == .known(.integer(13)))
        #expect(try insuredMonths(records.reversed()) == .known(.integer(13)))
    }

    @Test("months paid after the reference day do not count back from it")
    func paidAfterReference() throws {
        let record = try family.insurance(from: "2025-09", to: "2026-10")
        #expect(try insuredMonths([record], today: "2026-10-08") == .known(.integer(11)))
        #expect(try insuredMonths([record], today: "2026-10-08", reference: "2026-09-01") == .known(.integer(12)))
    }

    @Test("a history of another kind of insurance is not an employee's")
    func otherKind() throws {
        let residents = try family.insurance(from: "2020-01", to: "2026-07", kind: "resident_pension")
        let reading = try family.read(.socialInsurance, [.records([residents])], answers)
        #expect(reading.outcome == .notFound)
        #expect(reading.facts == [.insuranceMonths: .unknown(.disputed)])
    }

    @Test("texts that are no months are passed over; nothing paid is nothing")
    func garbage() throws {
        let day = try #require(CivilDate("2026-07-06"))
        #expect(
            continuousMonths(paid: ["2026-07", "2026-06", "garbage", "2026-13", ""], today: day, reference: day) == 1)
        #expect(continuousMonths(paid: [], today: day, reference: day) == 0)
    }
}
