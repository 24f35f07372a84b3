import Enrollment
import Foundation
import Testing

@Suite struct InstantTests {
    @Test("RFC 3339 times are read at the moment Foundation reads them")
    func reading() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let seconds = Int.random(in: 0...4_000_000_000, using: &generator)
            let offset = Int.random(in: -22...26, using: &generator) * 1800
            let style = Date.ISO8601FormatStyle(timeZone: try #require(TimeZone(secondsFromGMT: offset)))
            let text = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
            let withColon = Self.colonInOffset(text)
            #expect(Instant(withColon)?.milliseconds == Int64(seconds) * 1000, "\(withColon)")
        }
    }

    /// Foundation writes +0800 by default; RFC 3339 wants +08:00.
    private static func colonInOffset(_ text: String) -> String {
        guard !text.hasSuffix("Z") else { return text }
        return text.dropLast(2) + ":" + text.suffix(2)
    }

    @Test("seconds may be left out, and an offset moves the moment")
    func forms() throws {
        let nine = try #require(Instant("2026-07-06T09:00:00+08:00"))
        #expect(Instant("2026-07-06T01:00Z") == nine)
        #expect(Instant("2026-07-06T09:00+08:00") == nine)
        #expect(Instant("2026-07-05T21:00-04:00") == nine)
    }

    @Test(
        "a time without an offset, or one that does not exist, is refused",
        arguments: [
            "2026-07-06T09:00:00", "2026-07-06", "2026-07-06T24:00Z", "2026-07-06T09:60Z", "2026-07-06T09:00:60Z",
            "2026-02-30T09:00Z", "2026-07-06T09Z", "2026-07-06T09:00:00junkZ", "2026-07-06T+9:00Z",
            "2026-07-06T09:00+8",
            "2026-07-06T09:00+24:00", "",
        ])
    func refused(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("days and clocks are Shanghai's: 23:59 closes the day, 00:00 opens the next")
    func shanghai() throws {
        let midnight = try #require(Instant("2026-07-20T16:00:00Z"))
        #expect(midnight.text == "2026-07-21 00:00")
        let before = Instant(milliseconds: midnight.milliseconds - 1)
        #expect(before.text == "2026-07-20 23:59")
        #expect(Instant(startOf: try #require(CivilDate("2026-07-21"))) == midnight)
    }

    @Test("what is printed is read back, to the minute")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<500 {
            let instant = Instant(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &generator))
            let read = try #require(Instant("\(instant.day)T\(instant.clockText)+08:00"))
            #expect(read.milliseconds == instant.milliseconds - instant.milliseconds % 60_000)
            #expect(read.text == instant.text)
        }
    }

    @Test("a duration is added to the millisecond")
    func adding() {
        let start = Instant(milliseconds: 1_000)
        #expect(start.adding(.milliseconds(1_500)).milliseconds == 2_500)
        #expect(start.adding(.seconds(-2)).milliseconds == -1_000)
    }
}
