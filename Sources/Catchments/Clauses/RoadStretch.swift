/// A road, or some of its house numbers.
public struct RoadStretch: Hashable, Sendable, Codable {
    /// The road's full name: 蟹山路, 港湾路西一街.
    public var road: String
    /// nil for the whole road.
    public var numbers: WrittenNumbers?
    /// The numbers these houses had before, where the text adds them: 46号(原50号).
    public var former: WrittenNumbers?

    public init(_ road: String, _ numbers: WrittenNumbers? = nil, former: WrittenNumbers? = nil) {
        self.road = road
        self.numbers = numbers
        self.former = former
    }

    func covers(_ home: HomeFacts) -> AreaAnswer {
        if let was = home.formerPlace, was.road == road, former?.covers(was.houseNumber) == .yes { return .yes }
        return covers(road: home.address.road, home.address.houseNumber, unknownNumber: .houseNumberUnknown)
    }

    /// The same question of the place the house had before its renumbering.
    func coversFormerPlace(of home: HomeFacts) -> AreaAnswer {
        guard let was = home.formerPlace else { return .cannotTell([.formerNumberUnknown]) }
        return covers(road: was.road, was.houseNumber, unknownNumber: .formerNumberUnknown)
    }

    private func covers(road other: String?, _ house: HouseNumber?, unknownNumber: AreaDoubt) -> AreaAnswer {
        guard let other else { return .cannotTell([.roadUnknown]) }
        guard other == road else { return .no }
        guard let numbers else { return .yes }
        guard let house else { return .cannotTell([unknownNumber]) }
        return numbers.covers(house)
    }
}

/// A side of a road, river or expressway: 东方路以南.
public struct LineSide: Hashable, Sendable, Codable {
    public enum Direction: String, Hashable, Sendable, Codable, CaseIterable {
        case east, south, west, north, southEast, southWest, northEast, northWest
    }

    public var line: String
    public var direction: Direction

    public init(_ line: String, _ direction: Direction) {
        self.line = line
        self.direction = direction
    }
}

/// Four boundaries: 东至沿河路、南至资江、西至…、北至…. Fewer than four leave the area open.
public struct FourBoundaries: Hashable, Sendable, Codable {
    public var east: String?
    public var south: String?
    public var west: String?
    public var north: String?

    public init(east: String? = nil, south: String? = nil, west: String? = nil, north: String? = nil) {
        self.east = east
        self.south = south
        self.west = west
        self.north = north
    }

    public var isClosed: Bool { east != nil && south != nil && west != nil && north != nil }
}
