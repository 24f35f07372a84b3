/// What a name below the community is, by its last characters.
enum LowerName: Equatable {
    case road, compound, village
    /// With the length of 组 or what stands for it.
    case group(length: Int)

    /// What a name is that ends here with a word that says so, and where it really ends: 花园 goes on in 花园路.
    static func ending(_ text: AddressText, _ range: Range<Int>) -> (LowerName, end: Int)? {
        guard let first = strong(text, range) else { return nil }
        var (kind, end) = (first, range.upperBound)
        while let (next, length) = continuation(text, at: end) { (kind, end) = (next, end + length) }
        if kind == .road { end = branch(text, at: end) }
        return (kind, end)
    }

    /// What a name is that stands alone, before a number or the end.
    static func weakEnding(_ text: AddressText, _ range: Range<Int>) -> LowerName? {
        weakWords.first { ends(text, range, with: $0.0) }?.1
    }

    private static func strong(_ text: AddressText, _ range: Range<Int>) -> LowerName? {
        strongWords.first { ends(text, range, with: $0.0) }?.1
    }

    private static func ends(_ text: AddressText, _ range: Range<Int>, with words: [UInt32]) -> Bool {
        range.count > words.count && text.starts(with: words, at: range.upperBound - words.count)
    }

    private static func continuation(_ text: AddressText, at index: Int) -> (LowerName, length: Int)? {
        guard index < text.count, !text.isBreak[index] else { return nil }
        return strongWords.first { text.starts(with: $0.0, at: index) }.map { ($0.1, $0.0.count) }
    }

    /// The end of a road's section or side street: 二段, 西一街.
    private static func branch(_ text: AddressText, at start: Int) -> Int {
        var end = start
        if let side = text[end], sides.contains(side) { end += 1 }
        while let scalar = text[end], ChineseNumeral.isNumeral(scalar) { end += 1 }
        guard end > start, let last = text[end], branches.contains(last) else { return start }
        return end + 1
    }

    private static let sides = Set("东南西北中".scalars)
    private static let branches = Set("路街巷里段弄".scalars)
    private static let strongWords: [([UInt32], LowerName)] = words([
        ("村民小组", .group(length: 4)), ("小组", .group(length: 2)), ("组", .group(length: 1)), ("自然村", .village),
        ("屋场", .village),
        ("大道", .road), ("胡同", .road), ("路", .road), ("街", .road), ("巷", .road), ("小区", .compound), ("花园", .compound),
        ("家园", .compound), ("公寓", .compound), ("大院", .compound), ("新村", .compound), ("大厦", .compound),
        ("广场", .compound),
        ("宿舍", .compound), ("山庄", .compound), ("家属院", .compound), ("家属区", .compound), ("安置区", .compound),
        ("住宅区", .compound), ("苑", .compound), ("墅", .compound),
    ])
    private static let weakWords: [([UInt32], LowerName)] = words([
        ("道", .road), ("弄", .road), ("坊", .road), ("园", .compound), ("城", .compound), ("府", .compound),
        ("院", .compound),
        ("庭", .compound), ("居", .compound), ("湾", .village), ("围", .village), ("冲", .village), ("屋", .village),
        ("村", .village),
        ("垅", .village), ("院子", .village), ("坪", .village), ("塘", .village),
    ])

    private static func words(_ list: [(String, LowerName)]) -> [([UInt32], LowerName)] {
        list.map { ($0.0.scalars, $0.1) }
    }
}
