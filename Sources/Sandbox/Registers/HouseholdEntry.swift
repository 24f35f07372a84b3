public import Enrollment

/// One household (户) as public security keeps it.
public struct HouseholdEntry: Hashable, Sendable, Codable {
    /// 家庭户 or 集体户.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case family = "家庭户"
        case collective = "集体户"
    }

    /// One person of a household. A child without an ID number stands in no household.
    public struct Member: Hashable, Sendable, Codable {
        public var name: String
        /// An ID number of eighteen characters.
        public var number: String
        /// The register's own word for what the person is to the head: 户主, 配偶, 子, 女, 父, 母, 孙子, 孙女…
        public var relation: String
        public var birthDate: CivilDate
        /// When the person was entered in this household.
        public var registeredSince: CivilDate

        public init(
            name: String, number: String, relation: String, birthDate: CivilDate, registeredSince: CivilDate
        ) {
            self.name = name
            self.number = number
            self.relation = relation
            self.birthDate = birthDate
            self.registeredSince = registeredSince
        }
    }

    public var number: String
    public var kind: Kind
    /// Full text from the province down: 湖南省益阳市桃江县桃花江镇近桃社区…
    public var address: String
    public var members: [Member]

    public init(number: String, kind: Kind = .family, address: String, members: [Member]) {
        self.number = number
        self.kind = kind
        self.address = address
        self.members = members
    }
}
