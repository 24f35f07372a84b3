/// An administrative unit or a part of a village, as a clause names it.
public struct AdministrativeUnit: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// 街道, 镇, 乡
        case township
        /// 社区, 居委会, 行政村
        case community
        /// 自然村, 围, 屋场
        case naturalVillage
        /// 村民小组
        case group
        /// 经济社, 经济联社
        case cooperative
        /// 村 alone: a village committee, a natural village or an estate; the text does not say which.
        case village
    }

    public var kind: Kind
    /// As written, the kind's own word included, except for groups: their number in Arabic numerals, or their name without 组.
    public var name: String
    /// The canonical community; nil until the name has been tied to one.
    public var community: Community?

    public init(_ kind: Kind, _ name: String, community: Community? = nil) {
        self.kind = kind
        self.name = name
        self.community = community
    }

    /// A canonical community.
    public init(_ community: Community) { self.init(.community, community.name, community: community) }

    func covers(_ home: HomeFacts) -> AreaAnswer {
        let address = home.address
        switch kind {
        case .township:
            return Self.same(address.township, name, unknown: .townshipUnknown)
        case .community:
            return community(address)
        case .naturalVillage:
            return Self.same(
                address.naturalVillage.map(Self.plain), Self.plain(name), unknown: .naturalVillageUnknown)
        case .group, .cooperative:
            return group(address)
        case .village:
            if community != nil { return community(address) }
            let names = [address.community?.name, address.naturalVillage, address.compound]
            if names.contains(where: { $0.map(Self.plain) == Self.plain(name) }) { return .yes }
            return names.contains(nil) ? .cannotTell([.placeNotCanonical]) : .no
        }
    }

    private func community(_ address: StandardAddress) -> AreaAnswer {
        if let community {
            if let other = address.community { return other == community ? .yes : .no }
            if address.division != community.division { return .no }
            if let township = address.township, township != community.township { return .no }
            return .cannotTell([.communityUnknown])
        }
        guard let other = address.community else { return .cannotTell([.communityUnknown]) }
        return Self.plain(other.name) == Self.plain(name) ? .cannotTell([.placeNotCanonical]) : .no
    }

    private func group(_ address: StandardAddress) -> AreaAnswer {
        guard let group = address.group else { return .cannotTell([.groupUnknown]) }
        let (left, right) = (Self.plain(group), Self.plain(name))
        if left == right { return .yes }
        return (Int(left) == nil) == (Int(right) == nil) ? .no : .cannotTell([.notComparable])
    }

    private static func same(_ written: String?, _ name: String, unknown: AreaDoubt) -> AreaAnswer {
        guard let written else { return .cannotTell([unknown]) }
        return written == name ? .yes : .no
    }

    private static let suffixes = [
        "社区居委会", "村民委员会", "居委会", "村委会", "经济联社", "经济社", "行政村", "自然村", "社区", "村", "组",
    ]

    /// A name without its kind's word, for comparing the long form with the short.
    static func plain(_ name: String) -> String {
        for suffix in suffixes where name.hasSuffix(suffix) && name.count > suffix.count {
            return String(name.dropLast(suffix.count))
        }
        return name
    }
}
