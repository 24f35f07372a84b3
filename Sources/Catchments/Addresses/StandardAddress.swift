/// An address taken apart, from the county down to the room. It holds what the text says and what follows from that without
/// a choice; what is not named is nil, and what was not understood is kept in ``rest``.
public struct StandardAddress: Hashable, Sendable, Codable {
    /// The county's six-digit GB/T 2260 code.
    public var division: String
    /// The township or street office, full name.
    public var township: String?
    /// The canonical community or village; its division and township are those above.
    public var community: Community?
    /// 自然村, 围, 屋场: a named part of a village.
    public var naturalVillage: String?
    /// 村民小组: its number in Arabic numerals, or its name without 组.
    public var group: String?
    /// The road's, street's or lane's full name: 蟹山路, 港湾路西一街.
    public var road: String?
    public var houseNumber: HouseNumber?
    /// A housing estate, yard or building with a name of its own: 怡德苑, 531号大院.
    public var compound: String?
    /// The building within it, without 栋, 幢 or 号楼: "3", "A3".
    public var building: String?
    /// The staircase, without 单元.
    public var unit: String?
    /// The room or flat, without 室 or 号.
    public var room: String?
    /// What could not be read, in the order of the text; empty when all was.
    public var rest: String

    public init(
        division: String, township: String? = nil, community: Community? = nil, naturalVillage: String? = nil,
        group: String? = nil, road: String? = nil, houseNumber: HouseNumber? = nil, compound: String? = nil,
        building: String? = nil, unit: String? = nil, room: String? = nil, rest: String = ""
    ) {
        self.division = division
        self.township = township
        self.community = community
        self.naturalVillage = naturalVillage
        self.group = group
        self.road = road
        self.houseNumber = houseNumber
        self.compound = compound
        self.building = building
        self.unit = unit
        self.room = room
        self.rest = rest
    }
}

/// A number on a road: 49号, 46号之一, 135-2号.
public struct HouseNumber: Hashable, Sendable, Codable, Comparable {
    public let number: Int
    /// What follows 之, 附 or the hyphen; nil for the plain number.
    public let sub: Int?

    public init(_ number: Int, sub: Int? = nil) {
        self.number = number
        self.sub = sub
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.number, left.sub ?? 0) < (right.number, right.sub ?? 0)
    }
}
