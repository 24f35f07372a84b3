extension AddressSearch {
    /// Takes every name that stands at a position and goes on behind it.
    mutating func descend(_ position: Position) {
        guard position.index < text.count else { return }
        walk(NameTrie.root, position.index, corrected: false, from: position)
    }

    /// Walks along the text and the names, in step but for one typing error.
    private mutating func walk(_ node: Int32, _ index: Int, corrected: Bool, from position: Position) {
        let depth = index - position.index
        if node != NameTrie.root, depth > 0 {
            var suffixes = ReadSuffixes(text: text, index: index)
            for entry in book.trie.entries(at: node) {
                take(entry, at: index, corrected: corrected, from: position, &suffixes)
            }
        }
        if let scalar = text[index], let child = book.trie.child(of: node, scalar) {
            walk(child, index + 1, corrected: corrected, from: position)
        }
        guard position.mayCorrect, !corrected, let scalar = text[index], !AddressText.isDigit(scalar) else { return }
        for child in book.trie.children(of: node) {
            guard book.trie.mayHold(child, position.scope) else { continue }
            let label = book.trie.label(child)
            if label != scalar { walk(child, index + 1, corrected: true, from: position) }
            walk(child, index, corrected: true, from: position)
            // Two characters in each other's place.
            if text[index + 1] == label, label != scalar, let next = book.trie.child(of: child, scalar) {
                walk(next, index + 2, corrected: true, from: position)
            }
        }
        if node != NameTrie.root { walk(node, index + 1, corrected: true, from: position) }
    }

    /// Goes on behind a name, if it stands for a place in the scope and its suffix allows it.
    private mutating func take(
        _ entry: NameTrie.Entry, at index: Int, corrected: Bool, from position: Position,
        _ suffixes: inout ReadSuffixes
    ) {
        let unit = Int(entry.unit)
        guard position.scope.contains(unit) else { return }
        let level = book.units[unit].level
        if let above = position.unit, book.units[above].level >= level, above != unit { return }
        var means = max(position.means, entry.means)
        if corrected { means = .typingError }
        var next = position
        next.mayCorrect = position.mayCorrect && !corrected
        guard entry.suffix != .none else {
            // Of a short word nothing is left to know it by when one of its characters is another.
            if corrected, index - position.index < 4 { return }
            next.isAnchored = position.isAnchored || !corrected && level >= .county
            goOn(unit, level, index, means, isFull: true, next)
            return
        }
        let written = suffixes[level]
        if let (suffix, length, isFull) = written, suffix == entry.suffix {
            if corrected, index - position.index < 2 { return }
            next.isAnchored = position.isAnchored || !corrected && level >= .county
            goOn(unit, level, index + length, isFull ? means : max(means, .shortForm), isFull: true, next)
            return
        }
        if let (suffix, length, _) = written, !corrected, entry.means <= .shortForm,
            isSuccession(entry, suffix, at: index, from: position)
        {
            var succeeding = next
            succeeding.successions += 1
            goOn(unit, level, index + length, max(means, .formerName), isFull: true, succeeding)
        }
        // A place may be named twice, but not by its stem: 五里牌街道五里牌 is the community.
        if corrected || position.unit == unit { return }
        goOn(unit, level, index, max(means, .shortForm), isFull: false, next)
        if position.mayCorrect, let end = endOfMistyped(entry.suffix, at: index), index - position.index > 1 {
            next.mayCorrect = false
            goOn(unit, level, end, .typingError, isFull: true, next)
        }
    }

    /// Whether a township or community may have been called by another suffix. It may not where one that is called so, and
    /// holds anything, lies in the same county.
    private func isSuccession(
        _ entry: NameTrie.Entry, _ suffix: AddressSuffix, at index: Int, from position: Position
    ) -> Bool {
        let unit = book.units[Int(entry.unit)]
        switch unit.level {
        case .community: return suffix == .community || suffix == .village
        case .township:
            guard suffix != .none else { return false }
            let stem = Array(text.scalars[position.index..<index])
            return !book.hasTownship(stem + suffix.scalars, in: unit.division)
        case .province, .city, .county: return false
        }
    }

    /// The end of a suffix with one character wrong or missing.
    private func endOfMistyped(_ suffix: AddressSuffix, at index: Int) -> Int? {
        let words = suffix.scalars
        guard let first = text[index], !AddressText.isDigit(first) else { return nil }
        if words.count == 1 { return Self.joins.contains(first) || Self.estates.contains(first) ? nil : index + 1 }
        if first == words[0], let second = text[index + 1], !AddressText.isDigit(second) { return index + 2 }
        if text[index + 1] == words[1] { return index + 2 }
        return first == words[1] ? index + 1 : nil
    }

    /// Records the place as one that may be meant, and looks for what is below it.
    private mutating func goOn(
        _ unit: Int, _ level: AddressLevel, _ end: Int, _ means: AddressMeans, isFull: Bool, _ position: Position
    ) {
        var next = position
        (next.index, next.scope, next.unit, next.means) = (end, book.units[unit].range(from: unit), unit, means)
        if level >= .county, mayEnd(unit, level, end, means, isFull: isFull, position) {
            add(.init(unit: unit, end: end, means: means, successions: position.successions))
        }
        if level < .community { descend(next) }
    }

    private func mayEnd(
        _ unit: Int, _ level: AddressLevel, _ end: Int, _ means: AddressMeans, isFull: Bool, _ position: Position
    ) -> Bool {
        if means == .typingError {
            let isNear = position.isAnchored || hints.contains { $0.contains(unit) }
            guard isNear, isFull else { return false }
            // 村 with another character in its place is too weak to know a village by, unless the word ends there.
            let isMistyped = text.scalars[end - 1] != Self.village && book.units[unit].name.hasSuffix("村")
            return level < .community || !isMistyped || text.isBreak[end] || startsLowerPart(end)
        }
        guard level == .community else { return isFull || text.isBreak[end] }
        if let follower = text[end], !text.isBreak[end], Self.joins.contains(follower) { return false }
        return isFull || mayEndWithStem(end, position)
    }

    /// Whether a community may be meant by its stem alone; with nothing above it only when it is the whole text.
    private func mayEndWithStem(_ end: Int, _ position: Position) -> Bool {
        guard position.unit != nil || end == text.count else { return false }
        guard !Self.lowerNames.contains(where: { endsAt(end, with: $0) }) else { return false }
        return end == text.count || text.isBreak[end] || startsLowerPart(end)
    }

    private func endsAt(_ end: Int, with words: [UInt32]) -> Bool {
        end >= words.count && text.starts(with: words, at: end - words.count)
    }

    /// Whether a group or house number stands here, as it does behind a community, but a building's does not.
    private func startsLowerPart(_ index: Int) -> Bool {
        let start = text[index] == Self.ordinal ? index + 1 : index
        guard let (_, end) = ChineseNumeral.read(text, at: start), let marker = text[end] else { return false }
        return Self.groups.contains { text.starts(with: $0, at: end) }
            || marker == Self.number && text[end + 1] != Self.floor && text[end + 1] != Self.block
    }

    private static let ordinal = "第".scalars[0]
    private static let number = "号".scalars[0]
    private static let floor = "楼".scalars[0]
    private static let block = "栋".scalars[0]
    private static let village = "村".scalars[0]
    private static let groups = ["组", "村民小组", "小组", "队"].map(\.scalars)
    /// A name that goes on with one of these is the name of a road, a bridge.
    private static let joins = Set("路街巷道弄桥".scalars)
    /// The last characters of estates' names.
    private static let estates = Set("园苑院城寓庭墅府厦庄楼".scalars)
    /// Names that end so are more often a road's or an estate's than a community's.
    private static let lowerNames = [
        "路", "街", "巷", "道", "弄", "里", "坊", "段", "线", "园", "苑", "院", "城", "寓", "庭", "区", "墅", "府", "厦", "场", "庄",
        "楼",
        "家属", "宿舍", "厂",
    ].map(\.scalars)
}

/// The suffixes at one place of the text, each level read once.
private struct ReadSuffixes {
    let text: AddressText
    let index: Int
    private var known: [(AddressSuffix, length: Int, isFull: Bool)??] = [nil, nil, nil, nil, nil]

    init(text: AddressText, index: Int) { (self.text, self.index) = (text, index) }

    subscript(level: AddressLevel) -> (AddressSuffix, length: Int, isFull: Bool)? {
        mutating get {
            if let known = known[level.rawValue] { return known }
            let read = AddressSuffix.read(text, at: index, level: level)
            known[level.rawValue] = .some(read)
            return read
        }
    }
}
