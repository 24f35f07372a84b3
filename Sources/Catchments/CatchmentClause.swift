/// One published sentence or part of it, tied to a school.
public struct CatchmentClause: Hashable, Sendable, Codable {
    /// What the clause covers.
    public enum Coverage: Hashable, Sendable, Codable {
        /// A whole community or village.
        case community(Community)
        /// A part of a community that only a person can tell, such as "the groups nearer to the north campus".
        case sentence(within: Community?)
        /// Anything else that plans write: roads, numbers, compounds, sides, feeds.
        case area(Area)
    }

    /// Position in the published plan, from 1; shown with the reason.
    public let number: Int
    /// The school's code within its tenant.
    public let school: String
    public let coverage: Coverage
    /// The words as published.
    public let text: String
    /// For how long it holds, and whether by right.
    public let standing: ClauseStanding
    /// Clauses of one option are mutually exclusive: a family to which several apply must choose one of them.
    public let option: String?

    public init(
        number: Int, school: String, coverage: Coverage, text: String, standing: ClauseStanding = .permanent,
        option: String? = nil
    ) {
        self.number = number
        self.school = school
        self.coverage = coverage
        self.text = text
        self.standing = standing
        self.option = option
    }

    /// The coverage as an area; a sentence is within its community.
    public var area: Area {
        switch coverage {
        case .community(let community): .community(community)
        case .sentence(let community?): .within(.community(community), .sentence(text))
        case .sentence(nil): .sentence(text)
        case .area(let area): area
        }
    }

    private enum CodingKeys: String, CodingKey {
        case number, school, coverage, text, standing, option
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        number = try values.decode(Int.self, forKey: .number)
        school = try values.decode(String.self, forKey: .school)
        coverage = try values.decode(Coverage.self, forKey: .coverage)
        text = try values.decode(String.self, forKey: .text)
        standing = try values.decodeIfPresent(ClauseStanding.self, forKey: .standing) ?? .permanent
        option = try values.decodeIfPresent(String.self, forKey: .option)
    }

    /// Writes nothing for a permanent standing and no option, so that a plan without them keeps its written form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(number, forKey: .number)
        try values.encode(school, forKey: .school)
        try values.encode(coverage, forKey: .coverage)
        try values.encode(text, forKey: .text)
        if standing != .permanent { try values.encode(standing, forKey: .standing) }
        try values.encodeIfPresent(option, forKey: .option)
    }
}
