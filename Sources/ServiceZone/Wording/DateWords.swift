import Enrollment

/// Days, times and spans as people say them.
struct DateWords: Sendable {
    let words: Words

    init(_ words: Words) { self.words = words }

    /// 2026 年 8 月 1 日.
    func day(_ date: CivilDate) -> String {
        words("date.day", ["year": "\(date.year)", "month": words("month.\(date.month)"), "day": "\(date.day)"])
    }

    /// 8 月 1 日, where the year is plain.
    func shortDay(_ date: CivilDate) -> String {
        words("date.short", ["month": words("month.\(date.month)"), "day": "\(date.day)"])
    }

    /// 7 月 6 日 09:02.
    func moment(_ instant: Instant) -> String {
        words(
            "date.with_time",
            [
                "month": words("month.\(instant.day.month)"), "day": "\(instant.day.day)", "time": instant.clockText,
            ])
    }

    /// How long something has been waiting, in the largest unit that fits: 5 小时, 1 天.
    func waiting(since start: Instant, now: Instant) -> String {
        let minutes = max(0, (now.milliseconds - start.milliseconds) / 60_000)
        switch minutes {
        case 0: return words("duration.now")
        case 1..<60: return words("duration.minutes", ["n": "\(minutes)"])
        case 60..<1440: return words("duration.hours", ["n": "\(minutes / 60)"])
        default: return words("duration.days", ["n": "\(minutes / 1440)"])
        }
    }
}
