/// The last part of a place's name, which says what it is. Former and short names differ from today's mostly here.
enum AddressSuffix: UInt8, Sendable {
    /// The name has none of the others: 大坪林场, 桥头渔场生活区.
    case none
    case province, city, county, district, prefecture, region
    case town, rural, street
    case community, village

    var scalars: [UInt32] { Self.words[Int(rawValue)] }

    private static let words: [[UInt32]] = ["", "省", "市", "县", "区", "州", "地区", "镇", "乡", "街道", "社区", "村"].map(\.scalars)

    /// The suffixes that names of a level have, longest first.
    static func ofLevel(_ level: AddressLevel) -> [AddressSuffix] {
        switch level {
        case .province: [.province]
        case .city: [.region, .city, .prefecture]
        case .county: [.city, .county, .district]
        case .township: [.street, .town, .rural]
        case .community: [.community, .village]
        }
    }

    /// Splits a full name; a name that would be nothing without its suffix has none.
    static func split(_ name: [UInt32], level: AddressLevel) -> (stem: [UInt32], suffix: AddressSuffix) {
        if level == .community, zones.contains(where: { name.ends(with: $0) }) { return (name, .none) }
        for suffix in ofLevel(level) where name.count > suffix.scalars.count && name.ends(with: suffix.scalars) {
            return (Array(name.dropLast(suffix.scalars.count)), suffix)
        }
        return (name, .none)
    }

    /// What stands at a place in the text where a name of this level may end.
    static func read(
        _ text: AddressText, at start: Int, level: AddressLevel
    ) -> (AddressSuffix, length: Int, isFull: Bool)? {
        for (words, suffix, isFull) in written[level.rawValue] where text.starts(with: words, at: start) {
            return (suffix, words.count, isFull)
        }
        return nil
    }

    /// The stem without the peoples of an autonomous county or an ethnic township, and without 自治; nil if nothing changes.
    static func withoutPeoples(_ stem: [UInt32]) -> [UInt32]? {
        var result = stem
        if result.ends(with: autonomous) { result.removeLast(autonomous.count) }
        while let people = peoples.first(where: { result.ends(with: $0) }), result.count > people.count + 1 {
            result.removeLast(people.count)
        }
        return result.count < stem.count ? result : nil
    }

    private static let autonomous = "自治".scalars
    private static let zones = ["生活区", "管理区"].map(\.scalars)
    private static let peoples = [
        "土家族", "维吾尔族", "苗族", "瑶族", "侗族", "回族", "壮族", "白族", "满族", "蒙古族",
    ].map(\.scalars)

    /// How suffixes are written, longest first, by level.
    private static let written: [[([UInt32], AddressSuffix, Bool)]] = written([
        [("省", .province, true)],
        [("地区", .region, true), ("市", .city, true), ("州", .prefecture, true)],
        [("市", .city, true), ("县", .county, true), ("区", .district, true)],
        [
            ("街道办事处", .street, false), ("街道办", .street, false), ("人民政府", .none, false), ("街道", .street, true),
            ("办事处", .street, false), ("镇", .town, true), ("民族乡", .rural, false), ("乡", .rural, true),
        ],
        [
            ("社区居民委员会", .community, false), ("社区居委会", .community, false), ("社区", .community, true),
            ("居民委员会", .community, false), ("居委会", .community, false), ("村民委员会", .village, false),
            ("村委会", .village, false), ("行政村", .village, false), ("村", .village, true),
        ],
    ])

    private static func written(_ levels: [[(String, AddressSuffix, Bool)]]) -> [[([UInt32], AddressSuffix, Bool)]] {
        levels.map { level in level.map { ($0.0.scalars, $0.1, $0.2) } }
    }
}

/// The levels of a standard address that have names of their own, from above.
enum AddressLevel: Int, Comparable, Sendable {
    case province, city, county, township, community

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Array where Element == UInt32 {
    func ends(with other: [UInt32]) -> Bool { count >= other.count && suffix(other.count).elementsEqual(other) }
}
