import Enrollment
import Testing

@Suite struct EntryAgeTests {
    private func primary(_ year: Int = 2026) throws -> EntryAge {
        EntryAge(
            minimumYears: 6, usualMaximumYears: 8, referenceDay: try #require(CivilDate(year: year, month: 8, day: 31)))
    }

    @Test("born on 31 August 2020 a child enters in 2026; born on 1 September it is a day too young")
    func boundary() throws {
        let rule = try primary()
        let last = try #require(CivilDate("2020-08-31"))
        #expect(rule.answer(bornOn: last) == .right)
        #expect(rule.answer(bornOn: last.adding(days: 1)) == .tooYoung(bornBy: last))
    }

    @Test("a child older than usual is entered and looked at, never refused")
    func older() throws {
        let rule = try primary()
        #expect(rule.answer(bornOn: try #require(CivilDate("2017-09-01"))) == .right)
        #expect(rule.answer(bornOn: try #require(CivilDate("2017-08-31"))) == .olderThanUsual)
        #expect(rule.answer(bornOn: try #require(CivilDate("2005-01-01"))) == .olderThanUsual)
    }

    @Test("every child is too young in exactly the years before the one in which it is six")
    func everyYear() throws {
        var generator = SeededGenerator(seed: 831)
        for _ in 0..<500 {
            let birth = try #require(CivilDate("2010-01-01")).adding(days: Int.random(in: 0...5000, using: &generator))
            let turnsSixByAugust = birth.month <= 8
            for year in (birth.year + 4)...(birth.year + 8) {
                let answer = try primary(year).answer(bornOn: birth)
                let isTooYoung = if case .tooYoung = answer { true } else { false }
                #expect(isTooYoung == (year < birth.year + (turnsSixByAugust ? 6 : 7)))
            }
        }
    }
}
