/// One published sentence or part of it, tied to a school.
public struct CatchmentClause: Hashable, Sendable, Codable {
    /// What the clause covers.
    public enum Coverage: Hashable, Sendable, Codable {
        /// A whole community or village.
        case community(Community)
        /// A part of a community that only a person can tell, such as "the groups nearer to the north campus".
        case sentence(within: Community?)
    }

    /// Position in the published plan, from 1; shown with the reason.
    public let number: Int
    /// The school's code within its tenant.
    public let school: String
    public let coverage: Coverage
    /// The words as published.
    public let text: String

    public init(number: Int, school: String, coverage: Coverage, text: String) {
        self.number = number
        self.school = school
        self.coverage = coverage
        self.text = text
    }
}

/// What a catchment says of one home.
public enum CatchmentResolution: Hashable, Sendable, Codable {
    /// The plan is published and does not name this place.
    case none
    /// Exactly one school, by this clause.
    case one(CatchmentClause)
    /// Several schools, each by its clause, in the plan's order; the family ranks them.
    case many([CatchmentClause])
    /// The text cannot be applied by a machine.
    case needsPerson(NeedsPersonCause)

    /// Schools this home may be given, in the plan's order; empty for `none` and `needsPerson`.
    public var schools: [String] {
        switch self {
        case .one(let clause): [clause.school]
        case .many(let clauses): clauses.map(\.school)
        case .none, .needsPerson: []
        }
    }

    /// The clauses that matched.
    public var clauses: [CatchmentClause] {
        switch self {
        case .one(let clause): [clause]
        case .many(let clauses): clauses
        case .needsPerson(.sentence(let clauses)): clauses
        case .none, .needsPerson: []
        }
    }
}

/// Why a person has to judge.
public enum NeedsPersonCause: Hashable, Sendable, Codable {
    /// The place is not known as a canonical community.
    case placeNotCanonical
    /// A clause about this community is a sentence only a person can apply.
    case sentence([CatchmentClause])
    /// The tenant has published no plan for this stage.
    case planNotPublished
}

/// A tenant's catchments for one stage of schooling: area to school, many to many.
public struct CatchmentPlan: Hashable, Sendable, Codable {
    public let clauses: [CatchmentClause]

    public init(clauses: [CatchmentClause]) { self.clauses = clauses }

    /// Answers for one home.
    ///
    /// A sentence about the same community turns the whole answer to `needsPerson`: a machine that applied only the
    /// clauses it can read would be guessing.
    /// - Parameter home: the canonical community, or nil when the family's place is free text.
    public func resolve(_ home: Community?) -> CatchmentResolution {
        guard !clauses.isEmpty else { return .needsPerson(.planNotPublished) }
        guard let home else { return .needsPerson(.placeNotCanonical) }
        let sentences = clauses.filter { clause in
            if case .sentence(let within) = clause.coverage { return within == home }
            return false
        }
        guard sentences.isEmpty else { return .needsPerson(.sentence(sentences)) }
        var schoolsSeen: Set<String> = []
        let matches = clauses.filter { $0.coverage == .community(home) && schoolsSeen.insert($0.school).inserted }
        switch matches.count {
        case 0: return .none
        case 1: return .one(matches[0])
        default: return .many(matches)
        }
    }
}
