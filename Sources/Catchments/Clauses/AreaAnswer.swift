/// Whether an area covers a home. The third answer says what would have to be known.
public enum AreaAnswer: Hashable, Sendable, Codable {
    case yes
    case no
    /// The text and the address together do not settle it, for these reasons.
    case cannotTell(Set<AreaDoubt>)

    /// Yes where both are, no where one is no.
    public func and(_ other: Self) -> Self {
        switch (self, other) {
        case (.no, _), (_, .no): .no
        case (.yes, let answer), (let answer, .yes): answer
        case (.cannotTell(let left), .cannotTell(let right)): .cannotTell(left.union(right))
        }
    }

    /// Yes where one is, no where both are no.
    public func or(_ other: Self) -> Self { self.opposite.and(other.opposite).opposite }

    /// Yes for no and no for yes; a doubt stays.
    public var opposite: Self {
        switch self {
        case .yes: .no
        case .no: .yes
        case .cannotTell: self
        }
    }
}

/// What keeps a clause from being applied to an address.
public enum AreaDoubt: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case townshipUnknown, communityUnknown, naturalVillageUnknown, groupUnknown
    case roadUnknown, houseNumberUnknown, subNumberUnknown, formerNumberUnknown
    case compoundUnknown, phaseUnknown, buildingUnknown, policeStationUnknown
    /// The clause's place has not been tied to one canonical community.
    case placeNotCanonical
    /// One side writes a number and the other a name: 3组 and 张家组.
    case notComparable
    /// The address names the compound, and a road number that the clause does not give it; or the other way round.
    case contradictory
    /// The printed list breaks off.
    case listIncomplete
    case rangeReversed
    /// On which side of a road, river or expressway, or between which four boundaries: a map or a person settles it.
    case sideUnknown
    /// The clause refers to another school's area, which this plan does not give.
    case otherSchoolsAreaUnknown
    /// Words that only a person can apply.
    case sentence
}
