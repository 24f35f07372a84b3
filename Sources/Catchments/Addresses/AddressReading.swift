/// What a text says of where somebody lives.
public enum AddressReading: Hashable, Sendable, Codable {
    /// One place. It may end above the community: what the text does not name is nil.
    case one(StandardAddress, AddressMeans)
    /// Every place the text may mean, in the order of division, township and community. Never broken by a guess.
    case many([StandardAddress], AddressMeans)
    /// No place of the province, or one that contradicts itself.
    case none

    /// Whether it may stand without a person's look: one place, and no name in it was corrected or unknown.
    public var isConfident: Bool {
        if case .one(_, let means) = self { return means < .inPart }
        return false
    }

    /// The places, in their order; empty for `none`.
    public var addresses: [StandardAddress] {
        switch self {
        case .one(let address, _): [address]
        case .many(let addresses, _): addresses
        case .none: []
        }
    }
}

/// How an address was understood: the weakest of the steps that led to it, from the strongest down.
public enum AddressMeans: Int, Hashable, Sendable, Codable, Comparable {
    /// Every name stands in full; province, city, county or township may be missing.
    case exact
    /// A name stands without its 县, 镇, 社区 or 村, or with 居委会 or 村委会 in its place.
    case shortForm
    /// A name that the caller gave as another name of a place.
    case alias
    /// A name that the place had before, or with 乡 for 镇, 镇 for 街道, 村 for 社区.
    case formerName
    /// The place was found, and below it a township or community is named that is not known there.
    case inPart
    /// A name differs by one character from a known one. Never confident.
    case typingError

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Another name of a place, by a caller who knows: a development zone, a village that was merged, a local name.
public struct AddressAlias: Hashable, Sendable, Codable {
    /// What the name stands for.
    public enum Place: Hashable, Sendable, Codable {
        /// A county-level division or a city, by its code.
        case division(String)
        case township(division: String, name: String)
        case community(Community)
    }

    public let name: String
    public let place: Place

    public init(_ name: String, for place: Place) {
        self.name = name
        self.place = place
    }
}
