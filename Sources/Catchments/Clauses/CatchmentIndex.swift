/// Finds the clauses that may concern a home without reading the others, in a plan of thousands.
///
/// An area is filed under keys of which a home that it covers, or may cover, has one or leaves it open. So what is not
/// found here would answer no; an area without such keys is always found.
struct CatchmentIndex: Sendable {
    enum Key: Hashable {
        case community(Community)
        case road(String)
        case compound(String)
    }

    private var communities: [Community: [Int]] = [:]
    private var roads: [String: [Int]] = [:]
    private var compounds: [String: [Int]] = [:]
    private var unfiled: [Int] = []
    private let count: Int

    init(_ areas: [Area]) {
        count = areas.count
        for (position, area) in areas.enumerated() {
            guard let keys = Self.keys(area) else {
                unfiled.append(position)
                continue
            }
            for key in keys {
                switch key {
                case .community(let community): communities[community, default: []].append(position)
                case .road(let road): roads[road, default: []].append(position)
                case .compound(let compound): compounds[compound, default: []].append(position)
                }
            }
        }
    }

    /// Positions of clauses that may answer other than no, in the plan's order.
    func candidates(_ home: HomeFacts) -> [Int] {
        // A settled area may answer yes against its own keys.
        if home.settled.contains(where: { $0.value && Self.keys($0.key) != nil }) { return Array(0..<count) }
        let address = home.address
        var found = unfiled
        if let community = address.community {
            found += communities[community] ?? []
        } else {
            found += communities.values.joined()
        }
        if let road = address.road {
            found += roads[road] ?? []
            if let was = home.formerPlace?.road, was != road { found += roads[was] ?? [] }
        } else {
            found += roads.values.joined()
        }
        if let compound = address.compound {
            for stem in Set(Compound.possibleStems(compound)) { found += compounds[stem] ?? [] }
        } else {
            found += compounds.values.joined()
        }
        return Set(found).sorted()
    }

    /// The keys an area is filed under, or nil when it has none.
    static func keys(_ area: Area) -> Set<Key>? {
        switch area {
        case .unit(let unit):
            return unit.community.map { [.community($0)] }
        case .road(let stretch):
            return [.road(stretch.road)]
        case .compound(let compound):
            if let community = compound.community { return [.community(community)] }
            return Set(compound.stems.map(Key.compound) + compound.places.map { .road($0.road) })
        case .within(let outer, let inner):
            return keys(outer) ?? keys(inner)
        case .anyOf(let parts, let isComplete):
            guard isComplete else { return nil }
            var union: Set<Key> = []
            for part in parts {
                guard let keys = keys(part) else { return nil }
                union.formUnion(keys)
            }
            return union
        case .except(let whole, _):
            return keys(whole)
        case .residential(let area):
            return keys(area)
        case .side, .boundaries, .policeStation, .formerNumber, .employer, .feed, .areaOfSchool, .sentence:
            return nil
        }
    }
}
