/// Numbers that stand together, and the word behind them that says what they count: 3-2-501, 第三组, A3栋, 46-2号.
struct NumberRun {
    enum Marker { case group, building, unit, room, yard, number, floor }

    /// In Arabic numerals, with the letters before them.
    private(set) var parts: [String] = []
    private(set) var marker: Marker?
    /// Behind the marker.
    private(set) var end: Int
    private(set) var isArabic = true

    init?(_ text: AddressText, at start: Int) {
        end = text[start] == Self.ordinal ? start + 1 : start
        guard let first = Self.label(text, at: end) else { return nil }
        isArabic = first.isArabic
        parts = [first.label]
        end = first.end
        while text[end] == AddressText.hyphen, let next = Self.label(text, at: end + 1) {
            parts.append(next.label)
            end = next.end
        }
        // Numbers that only a blank parts are steps of the same way: 3 2 501.
        while let next = text[end], text.isBreak[end], AddressText.isDigit(next), let more = Self.label(text, at: end),
            Self.marker(text, at: more.end) == nil, Self.marker(text, at: end) == nil
        {
            parts.append(more.label)
            end = more.end
        }
        if let (marker, length) = Self.marker(text, at: end) {
            self.marker = marker
            end += length
        }
    }

    /// Up to two letters and a number: 3, A3, B, 十二.
    private static func label(_ text: AddressText, at start: Int) -> (label: String, end: Int, isArabic: Bool)? {
        var end = start
        while let scalar = text[end], AddressText.isLetter(scalar), end - start < 2 { end += 1 }
        let letters = text.string(start..<end)
        guard let (value, numberEnd) = ChineseNumeral.read(text, at: end) else {
            return letters.isEmpty ? nil : (letters, end, true)
        }
        let isArabic = text[end].map(AddressText.isDigit) ?? false
        // 0501 keeps its zero.
        return (letters + (isArabic ? text.string(end..<numberEnd) : String(value)), numberEnd, isArabic)
    }

    private static func marker(_ text: AddressText, at index: Int) -> (Marker, length: Int)? {
        for (words, marker) in markers where text.starts(with: words, at: index) { return (marker, words.count) }
        return nil
    }

    private static let ordinal = "第".scalars[0]
    private static let markers: [([UInt32], Marker)] = words([
        ("村民小组", .group), ("生产队", .group), ("小组", .group), ("组", .group), ("队", .group), ("号楼", .building),
        ("号栋", .building), ("栋", .building), ("幢", .building), ("座", .building), ("单元", .unit), ("号大院", .yard),
        ("号院", .yard), ("号室", .room), ("室", .room), ("房", .room), ("户", .room), ("号", .number), ("楼", .floor),
        ("层", .floor),
    ])

    private static func words(_ list: [(String, Marker)]) -> [([UInt32], Marker)] {
        list.map { ($0.0.scalars, $0.1) }
    }
}
