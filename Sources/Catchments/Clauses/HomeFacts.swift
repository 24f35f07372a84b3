/// What is known of a child's home, for matching it with clauses: the address, and what an address does not say.
public struct HomeFacts: Hashable, Sendable {
    public var address: StandardAddress
    /// The station that keeps the household's register; nil when not known.
    public var policeStation: String?
    /// The road and number before a renumbering; nil when not known.
    public var formerPlace: FormerPlace?
    /// The school the child attends now, by code or name; nil when the family claims no feed.
    public var attendedSchool: String?
    /// Employers the family claims; a clause about any other does not apply.
    public var employers: Set<String>
    /// False where a register says that the place is not housing. Whether a title must be residential is the policy's
    /// question; a family's home is taken for a dwelling.
    public var isResidential: Bool
    /// True where a register or a person says that the house belongs to no named compound, which an address that merely
    /// leaves the name out does not say.
    public var isOutsideCompounds: Bool
    /// What a map or a person has settled for this home, area by area. It overrules the text's own answer.
    public var settled: [Area: Bool]

    /// A road and a number.
    public struct FormerPlace: Hashable, Sendable {
        public let road: String
        public let houseNumber: HouseNumber

        public init(road: String, houseNumber: HouseNumber) {
            self.road = road
            self.houseNumber = houseNumber
        }
    }

    public init(
        _ address: StandardAddress, policeStation: String? = nil, formerPlace: FormerPlace? = nil,
        attendedSchool: String? = nil, employers: Set<String> = [], isResidential: Bool = true,
        isOutsideCompounds: Bool = false, settled: [Area: Bool] = [:]
    ) {
        self.address = address
        self.policeStation = policeStation
        self.formerPlace = formerPlace
        self.attendedSchool = attendedSchool
        self.employers = employers
        self.isResidential = isResidential
        self.isOutsideCompounds = isOutsideCompounds
        self.settled = settled
    }
}
