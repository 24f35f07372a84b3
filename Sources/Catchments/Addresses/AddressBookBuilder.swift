/// Puts the units of a province in order and collects every name they are called by.
struct AddressBookBuilder {
    private(set) var units: [AddressUnit] = []
    private(set) var names: [(stem: [UInt32], entry: NameTrie.Entry)] = []
    /// Divisions' codes to their units.
    private(set) var divisionUnits: [String: Int] = [:]
    private let divisions: [String: String]
    private var townshipUnits: [String: Int] = [:]
    private var communityUnits: [Community: Int] = [:]

    init(divisions: [String: String]) { self.divisions = divisions }

    /// Lays province, cities, counties, townships and communities out so that each is followed by what lies in it.
    mutating func add(
        townships: some Sequence<(division: String, name: String)>, communities: some Sequence<Community>
    ) {
        var tree: [String: [String: Set<String>]] = [:]
        for township in townships { tree[township.division, default: [:]][township.name, default: []] = [] }
        for community in communities {
            tree[community.division, default: [:]][community.township, default: []].insert(community.name)
        }
        var open: [Int] = []
        for (code, name) in divisions.sorted(by: { $0.key < $1.key }) {
            let level: AddressLevel =
                code.hasSuffix("0000") ? .province : code.hasSuffix("00") ? .city : .county
            close(&open, above: level)
            divisionUnits[code] = units.count
            open.append(append(level, name, division: code))
            guard level == .county else { continue }
            for (township, communities) in (tree[code] ?? [:]).sorted(by: { $0.key < $1.key }) {
                let parent = append(.township, township, division: code)
                townshipUnits["\(code)/\(township)"] = parent
                for name in communities.sorted() {
                    communityUnits[Community(division: code, township: township, name: name)] = append(
                        .community, name, division: code, township: township)
                }
                units[parent].end = units.count
            }
        }
        close(&open, above: .province)
    }

    private mutating func append(
        _ level: AddressLevel, _ name: String, division: String, township: String = ""
    ) -> Int {
        units.append(
            AddressUnit(level: level, name: name, division: division, township: township, end: units.count + 1))
        return units.count - 1
    }

    /// Ends the units that the next one of this level does not lie in.
    private mutating func close(_ open: inout [Int], above level: AddressLevel) {
        while let last = open.last, units[last].level >= level {
            units[last].end = units.count
            open.removeLast()
        }
    }

    /// Every unit by its full name, and by that without peoples, without the county's or township's name before it, and
    /// with Arabic numerals.
    mutating func nameUnits() {
        var township: [UInt32] = []
        var county: [UInt32] = []
        for (index, unit) in units.enumerated() {
            let name = AddressText(name: unit.name).scalars
            add(name, for: index, means: .exact)
            switch unit.level {
            case .province, .city: break
            case .county: county = name
            case .township:
                township = name
                if name.starts(with: county) { add(Array(name.dropFirst(county.count)), for: index, means: .shortForm) }
            case .community:
                for prefix in [county + township, county, township]
                where name.starts(with: prefix) && name.count > prefix.count + 2 {
                    add(Array(name.dropFirst(prefix.count)), for: index, means: .shortForm)
                    break
                }
                if let arabic = ChineseNumeral.arabic(name) { add(arabic, for: index, means: .shortForm) }
            }
        }
    }

    private mutating func add(_ name: [UInt32], for unit: Int, means: AddressMeans) {
        let (stem, suffix) = AddressSuffix.split(name, level: units[unit].level)
        names.append((stem, .init(unit: Int32(unit), suffix: suffix, means: means)))
        if means == .exact, let short = AddressSuffix.withoutPeoples(stem) {
            names.append((short, .init(unit: Int32(unit), suffix: suffix, means: .shortForm)))
        }
    }

    /// Former names of divisions.
    mutating func add(_ former: [FormerDivision]) {
        for division in former {
            guard let unit = divisionUnits[division.successor] else { continue }
            add(AddressText(name: division.name).scalars, for: unit, means: .formerName)
        }
    }

    /// Names that a caller knows.
    mutating func add(_ aliases: [AddressAlias]) {
        for alias in aliases {
            let unit =
                switch alias.place {
                case .division(let code): divisionUnits[code]
                case .township(let division, let name): townshipUnits["\(division)/\(name)"]
                case .community(let community): communityUnits[community]
                }
            // An alias stands as it is: nothing may be left out of it. Scalars compare as in the text.
            let name = AddressText(name: alias.name).scalars
            guard let unit, !name.isEmpty else { continue }
            names.append((name, .init(unit: Int32(unit), suffix: .none, means: .alias)))
        }
    }
}
