/// Reads what stands below the community: natural village, group, road, house number, compound, building, unit, room.
struct LowerParts {
    private let text: AddressText
    private let isVillage: Bool
    private(set) var address: StandardAddress
    private var index: Int
    /// Where the road's name ended, since a number that stands there is a house number even without 号.
    private var roadEnd: Int?

    init(_ text: AddressText, from start: Int, into address: StandardAddress) {
        (self.text, index, self.address) = (text, start, address)
        isVillage = address.community.map { $0.name.scalars.last == "村".scalars[0] } ?? false
    }

    /// Reads to the end of the text.
    mutating func read() {
        while index < text.count {
            if readSubNumber() || readNumbers() || readName() { continue }
            var end = index + 1
            // A number too long to be one stays together.
            if AddressText.isDigit(text.scalars[index]) {
                while let next = text[end], AddressText.isDigit(next) { end += 1 }
            }
            keepAsRest(to: end)
        }
    }

    private mutating func keepAsRest(to end: Int) {
        address.rest += text.string(index..<end)
        index = end
    }

    // MARK: Numbers

    /// 附1号 and 之一 behind a house number.
    private mutating func readSubNumber() -> Bool {
        guard let house = address.houseNumber, house.sub == nil, let mark = text[index], Self.subMarks.contains(mark),
            let (sub, end) = ChineseNumeral.read(text, at: index + 1)
        else { return false }
        address.houseNumber = HouseNumber(house.number, sub: sub)
        index = text[end] == Self.number ? end + 1 : end
        return true
    }

    private mutating func readNumbers() -> Bool {
        guard let run = NumberRun(text, at: index) else { return false }
        guard let marker = run.marker else {
            // Chinese numerals without a marker are part of a name.
            guard run.isArabic else { return false }
            if !placeUnmarked(run) { keepAsRest(to: run.end) } else { index = run.end }
            return true
        }
        if !place(run, marker) { keepAsRest(to: run.end) } else { index = run.end }
        return true
    }

    private mutating func place(_ run: NumberRun, _ marker: NumberRun.Marker) -> Bool {
        let first = run.parts[0]
        switch (marker, run.parts.count) {
        case (.group, 1): return Self.set(&address.group, first)
        case (.building, 1): return Self.set(&address.building, first)
        case (.unit, 1): return Self.set(&address.unit, first)
        case (.unit, 2) where address.building == nil:
            (address.building, address.unit) = (first, run.parts[1])
            return address.unit != nil
        case (.room, 1): return Self.set(&address.room, first)
        case (.yard, 1): return Self.set(&address.compound, text.string(index..<run.end))
        case (.number, 1):
            if address.building != nil || address.unit != nil { return Self.set(&address.room, first) }
            return placeHouse(Int(first), sub: nil)
        case (.number, 2) where address.building == nil: return placeHouse(Int(first), sub: Int(run.parts[1]))
        case (.number, 2...), (.room, 2...): return placeUnmarked(run)
        default: return false
        }
    }

    private mutating func placeHouse(_ number: Int?, sub: Int?) -> Bool {
        guard address.houseNumber == nil, let number else { return false }
        address.houseNumber = HouseNumber(number, sub: sub)
        return true
    }

    /// 3-2-501 is building, unit and room; behind a building 2-501 is unit and room, and 501 the room. All else is left.
    private mutating func placeUnmarked(_ run: NumberRun) -> Bool {
        let hasBuilding = address.building != nil
        guard address.room == nil else { return false }
        switch run.parts.count {
        case 1 where hasBuilding || address.unit != nil: address.room = run.parts[0]
        case 1 where roadEnd == index: return placeHouse(Int(run.parts[0]), sub: nil)
        case 2 where hasBuilding && address.unit == nil: (address.unit, address.room) = (run.parts[0], run.parts[1])
        case 3 where !hasBuilding && address.unit == nil:
            (address.building, address.unit, address.room) = (run.parts[0], run.parts[1], run.parts[2])
        default: return false
        }
        return true
    }

    private static func set(_ part: inout String?, _ value: String) -> Bool {
        guard part == nil else { return false }
        part = value
        return true
    }

    // MARK: Names

    private mutating func readName() -> Bool {
        guard let scalar = text[index], scalar > 0x2E80 else { return false }
        var end = index + 1
        while let next = text[end], next > 0x2E80, !text.isBreak[end] {
            if let run = NumberRun(text, at: end), run.marker != nil { break }
            if let (kind, markedEnd) = LowerName.ending(text, index..<end + 1) {
                place(name: index..<markedEnd, kind)
                return true
            }
            end += 1
        }
        place(weak: index..<end)
        return true
    }

    private mutating func place(name range: Range<Int>, _ kind: LowerName) {
        let name = text.string(range)
        let isPlaced =
            switch kind {
            case .road: Self.set(&address.road, name)
            case .compound: Self.set(&address.compound, name)
            case .village: Self.set(&address.naturalVillage, name)
            case .group(let length): Self.set(&address.group, text.string(range.lowerBound..<range.upperBound - length))
            }
        guard isPlaced else { return keepAsRest(to: range.upperBound) }
        index = range.upperBound
        if kind == .road { roadEnd = index }
    }

    /// A name without a marker that is one anywhere: what stands behind it says what it is, or nothing does.
    private mutating func place(weak range: Range<Int>) {
        guard range.count > 1 else { return keepAsRest(to: range.upperBound) }
        let next = NumberRun(text, at: range.upperBound)?.marker
        if let kind = LowerName.weakEnding(text, range), kind != .village || address.community != nil {
            place(name: range, kind)
        } else if next == .building || next == .unit {
            place(name: range, .compound)
        } else if isVillage, next == .group || next == .number || range.upperBound == text.count {
            place(name: range, .village)
        } else {
            keepAsRest(to: range.upperBound)
        }
    }

    private static let number = "号".scalars[0]
    private static let subMarks = Set("附之".scalars)
}

extension StandardAddress {
    /// The address of a place that was found, with what the text says below it.
    init(_ candidate: AddressSearch.Candidate, in book: AddressBook, _ text: AddressText) {
        let unit = book.units[candidate.unit]
        let isCommunity = unit.level == .community
        let above = StandardAddress(
            division: unit.division,
            township: isCommunity ? unit.township : unit.level == .township ? unit.name : nil,
            community: isCommunity
                ? Community(division: unit.division, township: unit.township, name: unit.name) : nil)
        var parts = LowerParts(text, from: candidate.end, into: above)
        parts.read()
        self = parts.address
    }
}
