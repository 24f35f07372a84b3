/// Reads addresses as people type them against every name of the province. Built once; reading is a pure function.
///
/// A text is read from its start by names, from above to below, each level optional, so a community's name alone is
/// resolved upward wherever only one place has it. What several places may mean is told as many; a name that is a road's as
/// well as a community's is no community without 社区 or 村.
public struct AddressBook: Sendable {
    let trie: NameTrie
    /// Sorted so that whatever lies in a unit follows it.
    let units: [AddressUnit]
    let countyUnits: [String: Int]
    private let successors: [String: String]

    /// - Parameters:
    ///   - divisions: GB/T 2260 code to name: the province, its cities and counties.
    ///   - townships: those of the official table; those that only communities name need not stand here.
    ///   - communities: canonical communities, in any order; repeats are dropped.
    ///   - former: former names and codes of divisions; those whose successor is not in `divisions` are passed over.
    ///   - aliases: other names of places; those of unknown places are passed over.
    public init(
        divisions: [String: String], townships: some Sequence<(division: String, name: String)> = [],
        communities: some Sequence<Community>, former: [FormerDivision] = FormerDivision.hunan,
        aliases: [AddressAlias] = []
    ) {
        var builder = AddressBookBuilder(divisions: divisions)
        builder.add(townships: townships, communities: communities)
        builder.nameUnits()
        builder.add(former)
        builder.add(aliases)
        units = builder.units
        trie = NameTrie(builder.names)
        countyUnits = builder.divisionUnits
        let codes = former.compactMap { former in former.code.map { ($0, former.successor) } }
        successors = Dictionary(codes) { first, _ in first }
    }

    /// Reads an address.
    /// - Parameter divisions: where the text was asked for, county or city codes, today's or former ones. Where the text
    ///   may mean places inside and outside, those inside are meant; a text that names no county, but a road or estate, is
    ///   in the only county given.
    public func read(_ text: String, within divisions: [String] = []) -> AddressReading {
        let text = AddressText(text)
        guard text.count > 0 else { return .none }
        let hints = divisions.compactMap { code in
            (countyUnits[code] ?? successors[code].flatMap { countyUnits[$0] }).map { units[$0].range(from: $0) }
        }
        var search = AddressSearch(book: self, text: text, hints: hints)
        return search.read()
    }

    /// Whether a county has a township of this full name that holds a community.
    func hasTownship(_ name: [UInt32], in division: String) -> Bool {
        var node = NameTrie.root
        let (stem, suffix) = AddressSuffix.split(name, level: .township)
        for scalar in stem {
            guard let child = trie.child(of: node, scalar) else { return false }
            node = child
        }
        return trie.entries(at: node).contains { entry in
            let unit = units[Int(entry.unit)]
            return entry.suffix == suffix && entry.means == .exact && unit.level == .township
                && unit.division == division && unit.end > Int(entry.unit) + 1
        }
    }

    /// The code of today's division that has or had this code.
    public func currentDivision(_ code: String) -> String? {
        countyUnits[code] != nil ? code : successors[code]
    }
}

/// One named place in the book.
struct AddressUnit: Sendable {
    let level: AddressLevel
    let name: String
    /// The code of the county, city or province it is or lies in.
    let division: String
    /// Of communities only.
    let township: String
    /// One past the last unit that lies in it.
    var end: Int

    func range(from index: Int) -> Range<Int> { index..<end }
}
