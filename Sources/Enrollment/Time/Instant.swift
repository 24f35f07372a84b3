/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Sendable, Comparable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The first millisecond of a day in Asia/Shanghai (UTC+8; no summer time since 1991).
    public init(startOf day: CivilDate) {
        self.init(milliseconds: Int64(day.dayNumber) * 86_400_000 - Self.shanghaiOffset)
    }

    /// Reads RFC 3339 with minutes or seconds and an offset: `2026-07-06T09:00:00+08:00`, `2026-07-06T01:00Z`.
    /// Fractions of a second are read and dropped.
    public init?(_ text: String) {
        let parts = text.split(separator: "T", maxSplits: 1)
        guard parts.count == 2, let day = CivilDate(parts[0]) else { return nil }
        var clock = parts[1]
        var offsetMinutes = 0
        if clock.hasSuffix("Z") {
            clock = clock.dropLast()
        } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            let offset = clock[clock.index(after: sign)...].split(separator: ":", omittingEmptySubsequences: false)
            guard offset.count == 2, let hours = Self.twoDigits(offset[0]), let minutes = Self.twoDigits(offset[1]),
                hours < 24, minutes < 60
            else { return nil }
            offsetMinutes = (hours * 60 + minutes) * (clock[sign] == "-" ? -1 : 1)
            clock = clock[..<sign]
        } else {
            return nil
        }
        let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3, let hour = Self.twoDigits(fields[0]),
            let minute = Self.twoDigits(fields[1]), let second = fields.count == 3 ? Self.second(fields[2]) : 0,
            hour < 24, minute < 60, second < 60
        else { return nil }
        let seconds = hour * 3600 + (minute - offsetMinutes) * 60 + second
        self.init(milliseconds: Int64(day.dayNumber) * 86_400_000 + Int64(seconds) * 1000)
    }

    private static func twoDigits(_ text: Substring) -> Int? {
        text.utf8.count == 2 && text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }

    private static func second(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        }
        return twoDigits(parts[0])
    }

    /// The day in Asia/Shanghai.
    public var day: CivilDate {
        let shifted = milliseconds + Self.shanghaiOffset
        return CivilDate(dayNumber: Int((Double(shifted) / 86_400_000).rounded(.down)))
    }

    /// Hours and minutes in Asia/Shanghai: `09:02`.
    public var clockText: String {
        let minutes = Int(((milliseconds + Self.shanghaiOffset) / 60_000) % 1440)
        let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(pad(minutes / 60)):\(pad(minutes % 60))"
    }

    /// `2026-07-06 09:02` in Asia/Shanghai.
    public var text: String { "\(day) \(clockText)" }

    public func adding(_ duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        return Instant(milliseconds: milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    private static let shanghaiOffset: Int64 = 8 * 3_600_000
}
