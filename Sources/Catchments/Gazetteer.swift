/// Every community of the province, for choosing one from a list and for reading the short forms that documents use.
public struct Gazetteer: Sendable {
    private let byDivision: [String: [String: [Community]]]
    private let divisionNames: [String: String]
    private let cities: [(key: String, value: String)]
    private let counties: [(key: String, value: String)]

    /// - Parameters:
    ///   - communities: canonical communities, in any order; repeats are dropped.
    ///   - divisionNames: GB/T 2260 code to name.
    public init(communities: some Sequence<Community>, divisionNames: [String: String]) {
        var index: [String: [String: Set<Community>]] = [:]
        for community in communities {
            index[community.division, default: [:]][community.township, default: []].insert(community)
        }
        byDivision = index.mapValues { townships in townships.mapValues { $0.sorted() } }
        self.divisionNames = divisionNames
        cities = divisionNames.filter { $0.key.hasSuffix("00") && $0.key != "430000" }.sorted { $0.key < $1.key }
        counties = divisionNames.filter { !$0.key.hasSuffix("00") }.sorted { $0.key < $1.key }
    }

    /// The name of a division, or nil when the code is not one of today's.
    public func name(ofDivision code: String) -> String? { divisionNames[code] }

    /// Townships of a division, in the order of their names.
    public func townships(in division: String) -> [String] { (byDivision[division] ?? [:]).keys.sorted() }

    /// Communities of a township, in the order of their names.
    public func communities(in division: String, township: String) -> [Community] {
        byDivision[division]?[township] ?? []
    }

    /// Whether the community exists letter by letter.
    public func contains(_ community: Community) -> Bool {
        communities(in: community.division, township: community.township).contains(community)
    }

    /// Communities of a division, optionally of one township, that a document may mean by a name: the exact name, or the
    /// name with 社区, 村, 居委会 or 村委会 left out. More than one answer is a tie for a person; it is never broken here.
    public func communities(named text: String, in division: String, township: String? = nil) -> [Community] {
        let townships = byDivision[division] ?? [:]
        let candidates = township.map { townships[$0] ?? [] } ?? townships.keys.sorted().flatMap { townships[$0] ?? [] }
        let exact = candidates.filter { $0.name == text }
        if !exact.isEmpty { return exact }
        let stem = Self.stem(text)
        return candidates.filter { Self.stem($0.name) == stem }
    }

    /// The community an address names in its full written form: province, city, county, township, community, the rest.
    /// Province and city may be left out; everything else is for the address engine or a person, and gives nil.
    public func community(inAddress text: String) -> Community? {
        var rest = Substring(text.filter { !$0.isWhitespace })
        if let province = divisionNames["430000"], rest.hasPrefix(province) { rest = rest.dropFirst(province.count) }
        for (code, name) in cities where rest.hasPrefix(name) {
            guard let found = community(in: rest.dropFirst(name.count), divisionPrefix: String(code.prefix(4))) else {
                continue
            }
            return found
        }
        return community(in: rest, divisionPrefix: "43")
    }

    private func community(in text: Substring, divisionPrefix: String) -> Community? {
        var found: Set<Community> = []
        for (code, name) in counties where code.hasPrefix(divisionPrefix) && text.hasPrefix(name) {
            let afterCounty = text.dropFirst(name.count)
            for (township, communities) in byDivision[code] ?? [:] where afterCounty.hasPrefix(township) {
                let afterTownship = afterCounty.dropFirst(township.count)
                // The longest name that fits: 金凤社区 before 金凤.
                if let longest = communities.filter({ afterTownship.hasPrefix($0.name) }).max(by: {
                    $0.name.count < $1.name.count
                }) {
                    found.insert(longest)
                }
            }
        }
        return found.count == 1 ? found.first : nil
    }

    /// The number of communities held.
    public var count: Int { byDivision.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } } }

    private static let suffixes = ["社区居委会", "居委会", "村委会", "社区", "村"]

    private static func stem(_ name: String) -> String {
        for suffix in suffixes where name.hasSuffix(suffix) && name.count > suffix.count + 1 {
            return String(name.dropLast(suffix.count))
        }
        return name
    }
}
