/// A housing estate, yard or building with a name of its own, with the other names the text gives it.
public struct Compound: Hashable, Sendable, Codable {
    public var name: String
    /// Other names, and estates the text counts in: 狮山新苑(含狮山花苑、阳光公寓).
    public var aliases: [String]
    /// 一期, 二期: only these; empty for all.
    public var phases: [String]
    /// Buildings without 栋, 幢 or 号楼; only these; nil for all.
    public var buildings: [String]?
    /// False where the list of buildings or of places breaks off.
    public var isComplete: Bool
    /// Where it stands, when the text says so: 怡德苑(三多路135、139号). Houses outside these numbers are not meant.
    public var places: [RoadStretch]
    /// The community it lies in, when known; an address in another one is not meant.
    public var community: Community?

    /// A phase at the end of the name becomes one of ``phases``: 怡德苑一期 is 怡德苑, only the first phase.
    public init(
        _ name: String, aliases: [String] = [], phases: [String] = [], buildings: [String]? = nil,
        isComplete: Bool = true, places: [RoadStretch] = [], community: Community? = nil
    ) {
        let phase = phases.isEmpty ? Self.phaseText(of: name) : nil
        self.name = phase.map { String(name.dropLast($0.count)) } ?? name
        self.aliases = aliases
        self.phases = phase.map { [$0] } ?? phases
        self.buildings = buildings
        self.isComplete = isComplete
        self.places = places
        self.community = community
    }

    /// Every name, in the form in which names are compared.
    var stems: [String] { ([name] + aliases).map(Self.stem) }

    func covers(_ home: HomeFacts) -> AreaAnswer {
        if let community, let other = home.address.community, other != community { return .no }
        switch names(home.address.compound) {
        case .no where home.address.compound != nil:
            // Another name, at a number that is this compound's: one of the two is wrong.
            return !places.isEmpty && isPlaced(home) == .yes ? .cannotTell([.contradictory]) : .no
        case .yes:
            return places.isEmpty ? details(home.address) : isPlaced(home).and(details(home.address))
        default:
            if !places.isEmpty { return isPlaced(home).and(details(home.address)) }
            return home.isOutsideCompounds ? .no : .cannotTell([.compoundUnknown])
        }
    }

    private func names(_ written: String?) -> AreaAnswer {
        guard let written else { return .cannotTell([.compoundUnknown]) }
        return Self.possibleStems(written).contains(where: stems.contains) ? .yes : .no
    }

    private func isPlaced(_ home: HomeFacts) -> AreaAnswer {
        let answer = places.reduce(AreaAnswer.no) { $0.or($1.covers(home)) }
        return answer == .no && !isComplete ? .cannotTell([.listIncomplete]) : answer
    }

    private func details(_ address: StandardAddress) -> AreaAnswer { phase(address.compound).and(building(address)) }

    private func phase(_ written: String?) -> AreaAnswer {
        guard !phases.isEmpty else { return .yes }
        guard let written, let phase = Self.phase(of: written) else { return .cannotTell([.phaseUnknown]) }
        return phases.map(Self.plainPhase).contains(phase) ? .yes : .no
    }

    private func building(_ address: StandardAddress) -> AreaAnswer {
        guard let buildings else { return .yes }
        guard let building = address.building else { return .cannotTell([.buildingUnknown]) }
        if buildings.contains(building) { return .yes }
        return isComplete ? .no : .cannotTell([.listIncomplete])
    }

    private static let suffixes = ["住宅小区", "居民小区", "居民住宅", "小区", "住宅"]
    private static let numerals: [Character: String] = [
        "一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10",
    ]

    /// A name without the words that add nothing: 怡德苑住宅小区 and 怡德苑 are one.
    static func stem(_ name: String) -> String {
        for suffix in suffixes where name.hasSuffix(suffix) && name.count > suffix.count + 1 {
            return String(name.dropLast(suffix.count))
        }
        return name
    }

    /// The forms under which a name in an address may be known: as written, and without its phase.
    static func possibleStems(_ written: String) -> [String] {
        guard let phase = phaseText(of: written) else { return [stem(written)] }
        return [stem(written), stem(String(written.dropLast(phase.count)))]
    }

    /// The phase a name ends with, as a number: 怡德苑二期 gives 2.
    static func phase(of name: String) -> String? { phaseText(of: name).map(plainPhase) }

    private static func phaseText(of name: String) -> String? {
        guard name.hasSuffix("期") else { return nil }
        let numeral = name.dropLast().reversed().prefix { $0.isASCII && $0.isNumber || numerals[$0] != nil }
        guard !numeral.isEmpty, numeral.count < name.count - 1 else { return nil }
        let hasOrdinal = name.dropLast(numeral.count + 1).hasSuffix("第")
        return (hasOrdinal ? "第" : "") + String(numeral.reversed()) + "期"
    }

    static func plainPhase(_ text: String) -> String {
        let numeral = text.filter { $0 != "第" && $0 != "期" }
        return numeral.count == 1 ? numeral.first.flatMap { numerals[$0] } ?? numeral : numeral
    }
}
