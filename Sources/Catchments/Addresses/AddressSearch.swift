/// One reading of one text: the ways its beginning can be taken as names, and which of them are meant.
struct AddressSearch {
    /// One way to read the beginning of the text.
    struct Candidate {
        /// The lowest place named.
        let unit: Int
        /// Where what is below it begins.
        let end: Int
        let means: AddressMeans
        /// How many names stand with 乡 for 镇, 村 for 社区.
        var successions = 0
    }

    /// How far a way of reading has come.
    struct Position {
        var index = 0
        var scope: Range<Int>
        /// The unit last named, or nil at the text's beginning.
        var unit: Int?
        var means = AddressMeans.exact
        var successions = 0
        /// Whether a typing error may still be corrected.
        var mayCorrect = false
        /// Whether a county, township or community stands letter by letter in full.
        var isAnchored = false
    }

    let book: AddressBook
    let text: AddressText
    let hints: [Range<Int>]
    private(set) var candidates: [Candidate] = []

    init(book: AddressBook, text: AddressText, hints: [Range<Int>]) {
        (self.book, self.text, self.hints) = (book, text, hints)
    }

    mutating func read() -> AddressReading {
        search(correcting: false)
        let found = meant()
        let addresses = found.map { StandardAddress($0, in: book, text) }
        let isWhole = zip(found, addresses).allSatisfy { !namesUnknownPlace($1, below: $0.unit) }
        if !found.isEmpty, isWhole, !addresses.contains(where: mayHideMistyped) {
            return Self.reading(addresses, found)
        }
        if found.isEmpty, let address = belowOnlyHint() { return .one(address, .exact) }
        // What stands right behind a name that is known is tried first: there are few names below it.
        correct(below: found)
        if !candidates.contains(where: { book.units[$0.unit].level == .community }) { search(correcting: true) }
        let corrected = meant().filter { candidate in candidate.end > (found.first?.end ?? 0) }
        if !corrected.isEmpty {
            return Self.reading(corrected.map { StandardAddress($0, in: book, text) }, corrected)
        }
        guard !found.isEmpty else { return .none }
        if isWhole { return Self.reading(addresses, found) }
        return found.contains(where: contradictsItself) ? .none : Self.reading(addresses, found, atLeast: .inPart)
    }

    /// Whether a name is long enough to be a mistyped community's and a road's in one: 近桃杜区样例路.
    private func mayHideMistyped(_ address: StandardAddress) -> Bool {
        guard address.community == nil else { return false }
        return [address.road, address.compound, address.naturalVillage, address.rest].contains {
            ($0?.unicodeScalars.count ?? 0) > 4
        }
    }

    private static func reading(
        _ addresses: [StandardAddress], _ found: [Candidate], atLeast least: AddressMeans = .exact
    ) -> AddressReading {
        let means = max(found.map(\.means).max() ?? .exact, least)
        return addresses.count == 1 ? .one(addresses[0], means) : .many(addresses, means)
    }

    private mutating func search(correcting: Bool) {
        candidates = []
        descend(Position(scope: 0..<book.units.count, mayCorrect: correcting))
        // What stands without an error was found before.
        if correcting { candidates.removeAll { $0.means != .typingError } }
    }

    private mutating func correct(below found: [Candidate]) {
        candidates = []
        for candidate in found where book.units[candidate.unit].level < .community {
            descend(
                Position(
                    index: candidate.end, scope: book.units[candidate.unit].range(from: candidate.unit),
                    unit: candidate.unit, means: candidate.means, successions: candidate.successions,
                    mayCorrect: true, isAnchored: true))
        }
        candidates.removeAll { $0.means != .typingError }
    }

    /// The candidates that reach farthest; of those, the ones where the text was asked for; of those, the ones whose names
    /// are today's. In the order of the units.
    private func meant() -> [Candidate] {
        guard let end = candidates.map(\.end).max() else { return [] }
        var best: [Int: Candidate] = [:]
        for candidate in candidates where candidate.end == end {
            if let other = best[candidate.unit],
                (other.successions, other.means) <= (candidate.successions, candidate.means)
            {
                continue
            }
            best[candidate.unit] = candidate
        }
        var result = Array(best.values)
        let near = result.filter { candidate in hints.contains { $0.contains(candidate.unit) } }
        if !near.isEmpty { result = near }
        let successions = result.map(\.successions).min()
        result.removeAll { $0.successions != successions }
        let current = result.filter { $0.means <= .shortForm }
        if !current.isEmpty { result = current }
        return result.sorted { $0.unit < $1.unit }
    }

    /// An address that names no place, but a road or estate, where only one county is asked.
    private func belowOnlyHint() -> StandardAddress? {
        guard hints.count == 1, let hint = hints.first?.lowerBound, book.units[hint].level == .county else {
            return nil
        }
        let address = StandardAddress(.init(unit: hint, end: 0, means: .exact), in: book, text)
        let isBelow = address.road != nil || address.compound != nil
        return isBelow && !namesUnknownPlace(address, below: hint) ? address : nil
    }

    /// Whether what was not understood, or the beginning of a road's or estate's name, has the form of a township's or
    /// community's name: 无此村样例路 is no road.
    private func namesUnknownPlace(_ address: StandardAddress, below unit: Int) -> Bool {
        let words = book.units[unit].level == .county ? Self.townshipWords + Self.communityWords : Self.communityWords
        let rest = AddressText(name: address.rest)
        if words.contains(where: { rest.contains($0, in: 0..<rest.count) }) { return true }
        return [address.road, address.compound, address.group].compactMap { $0 }.contains { name in
            let name = AddressText(name: name)
            // 东村路 and 新村东路 are roads.
            return name.count > 4 && words.contains { name.contains($0, in: 1..<name.count - 2) }
        }
    }

    /// Whether the text goes on with a township of another county, or a community of another township of the same county.
    private func contradictsItself(_ candidate: Candidate) -> Bool {
        let unit = book.units[candidate.unit]
        guard unit.level < .community else { return false }
        var elsewhere = AddressSearch(book: book, text: text, hints: [])
        let everywhere = 0..<book.units.count
        let scope = unit.level == .county ? everywhere : book.divisionRange(unit.division) ?? everywhere
        elsewhere.descend(Position(index: candidate.end, scope: scope))
        return elsewhere.candidates.contains { book.units[$0.unit].level > unit.level && $0.means == .exact }
    }

    private static let townshipWords = ["镇", "乡", "街道", "省", "市", "县"].map(\.scalars)
    private static let communityWords = ["社区", "村", "居委会"].map(\.scalars)

    mutating func add(_ candidate: Candidate) { candidates.append(candidate) }
}

extension AddressBook {
    /// The units of a division.
    func divisionRange(_ code: String) -> Range<Int>? { countyUnits[code].map { units[$0].range(from: $0) } }
}
