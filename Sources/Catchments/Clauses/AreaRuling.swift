/// What a person or a map has settled for every home of a place: 近桃社区 lies south of 东方路.
public struct AreaRuling: Hashable, Sendable, Codable {
    /// What a clause writes and a machine cannot apply.
    public let area: Area
    /// The homes for which it is settled; a machine must be able to tell them.
    public let place: Area
    /// Whether the area covers them.
    public let isCovered: Bool

    public init(_ area: Area, coversHomesOf place: Area, _ isCovered: Bool) {
        self.area = area
        self.place = place
        self.isCovered = isCovered
    }
}

/// The areas of a plan's schools, for clauses that say "the area of such a school".
struct OtherSchoolsAreas: Sendable {
    private let areas: [String: [Area]]

    init(_ clauses: [CatchmentClause]) {
        var areas: [String: [Area]] = [:]
        // What a school is given as a reserve or for a year is not its own area.
        for clause in clauses where clause.standing.term == .permanent && !clause.standing.isReserve {
            areas[clause.school, default: []].append(clause.area)
        }
        self.areas = areas
    }

    func covers(_ area: Area, _ home: HomeFacts) -> AreaAnswer { covers(area, home, asked: []) }

    private func covers(_ area: Area, _ home: HomeFacts, asked: Set<String>) -> AreaAnswer {
        area.covers(home) { school in
            // Two schools that refer to each other define nothing.
            guard !asked.contains(school), let parts = areas[school] else {
                return .cannotTell([.otherSchoolsAreaUnknown])
            }
            return parts.reduce(AreaAnswer.no) { $0.or(covers($1, home, asked: asked.union([school]))) }
        }
    }
}
