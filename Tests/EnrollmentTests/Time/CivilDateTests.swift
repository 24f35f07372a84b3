import Enrollment
import Foundation
import Testing

@Suite struct CivilDateTests {
    private let calendar: Foundation.Calendar
    private let first: CivilDate

    init() throws {
        var calendar = Foundation.Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        self.calendar = calendar
        first = try #require(CivilDate(year: 1900, month: 1, day: 1))
    }

    private func foundation(_ date: CivilDate) throws -> Date {
        try #require(calendar.date(from: DateComponents(year: date.year, month: date.month, day: date.day)))
    }

    private func civil(_ date: Date) throws -> CivilDate {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return try #require(CivilDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
    }

    private func randomDate(_ generator: inout SeededGenerator) -> CivilDate {
        first.adding(days: Int.random(in: 0...73_000, using: &generator))
    }

    @Test("days are numbered as Foundation numbers them")
    func dayNumbers() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let date = randomDate(&generator)
            #expect(date.dayNumber == Int(try foundation(date).timeIntervalSince1970) / 86_400)
            #expect(try civil(foundation(date)) == date)
            #expect(CivilDate(dayNumber: date.dayNumber) == date)
            let days = Int.random(in: -2000...2000, using: &generator)
            let expected = try #require(calendar.date(byAdding: .day, value: days, to: foundation(date)))
            #expect(try date.adding(days: days) == civil(expected))
        }
    }

    @Test("months are added as Foundation counts them: the day stays, or becomes the month's last")
    func months() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<3000 {
            let date = randomDate(&generator)
            let months = Int.random(in: -500...500, using: &generator)
            // From the first of the month: Foundation on Linux takes 30 December 1936 back by 34 months to 1 March.
            let first = try foundation(date.adding(days: 1 - date.day))
            let moved = try #require(calendar.date(byAdding: .month, value: months, to: first))
            let length = try #require(calendar.range(of: .day, in: .month, for: moved)).count
            let expected = try civil(moved).adding(days: min(date.day, length) - 1)
            #expect(date.adding(months: months) == expected, "\(date) \(months)")
        }
    }

    @Test("whole months between two days are Foundation's")
    func wholeMonths() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<3000 {
            let early = randomDate(&generator)
            let late = early.adding(days: Int.random(in: 0...4000, using: &generator))
            // Foundation answers 1 for 31 January to 28 February and so does the platform.
            let expected = calendar.dateComponents([.month], from: try foundation(early), to: try foundation(late))
                .month
            #expect(early.wholeMonths(to: late) == expected, "\(early) \(late)")
            #expect(late.wholeMonths(to: early) == -early.wholeMonths(to: late))
        }
    }

    @Test("a permit held since 2 August has eleven months on 1 August, one held since 1 August twelve")
    func boundary() throws {
        let reference = try #require(CivilDate("2026-08-01"))
        #expect(CivilDate("2025-08-02")?.wholeMonths(to: reference) == 11)
        #expect(CivilDate("2025-08-01")?.wholeMonths(to: reference) == 12)
    }

    @Test("a text is read back as the same date, and dates compare as their texts")
    func texts() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<1000 {
            let (one, other) = (randomDate(&generator), randomDate(&generator))
            #expect(CivilDate(one.description) == one)
            #expect((one < other) == (one.description < other.description))
        }
    }

    @Test(
        "what is no day is refused",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-01", "20260401", "2026-04-01 ",
            "2026/04/01",
            "+026-04-01", "2026-04-٠١", "", "1799-12-31",
        ])
    func refused(_ text: String) {
        #expect(CivilDate(text) == nil)
    }
}
