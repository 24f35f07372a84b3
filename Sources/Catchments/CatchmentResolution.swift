/// What a catchment says of one home.
public enum CatchmentResolution: Hashable, Sendable, Codable {
    /// The plan is published and does not name this place.
    case none
    /// Exactly one school, by this clause.
    case one(CatchmentClause)
    /// Several schools, each by its clause, in the plan's order; the family ranks them, see ``exclusiveOptions``.
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

    /// The clauses that matched, or that a person has to apply.
    public var clauses: [CatchmentClause] {
        switch self {
        case .one(let clause): [clause]
        case .many(let clauses): clauses
        case .needsPerson(let cause): cause.clauses
        case .none: []
        }
    }

    /// Groups of matching clauses of which the family must choose one and thereby gives up the others; each in the plan's
    /// order. Schools in no group are ranked freely.
    public var exclusiveOptions: [[CatchmentClause]] {
        guard case .many(let clauses) = self else { return [] }
        var groups: [[CatchmentClause]] = []
        for clause in clauses where clause.option != nil {
            if let index = groups.firstIndex(where: { $0.first?.option == clause.option }) {
                groups[index].append(clause)
            } else {
                groups.append([clause])
            }
        }
        return groups.filter { $0.count > 1 }
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
    /// These clauses may give another school, and text and address do not settle them.
    case undecided([UndecidedClause])
    /// Only these clauses match, and they give what seats are left.
    case reserveOnly([CatchmentClause])
    /// The family's words mean several places, and the plan gives them different schools.
    case severalPlaces([StandardAddress])

    var clauses: [CatchmentClause] {
        switch self {
        case .sentence(let clauses), .reserveOnly(let clauses): clauses
        case .undecided(let undecided): undecided.map(\.clause)
        case .placeNotCanonical, .planNotPublished, .severalPlaces: []
        }
    }
}

/// A clause that could not be applied to a home, and what would have to be known.
public struct UndecidedClause: Hashable, Sendable, Codable {
    public let clause: CatchmentClause
    public let doubts: Set<AreaDoubt>

    public init(_ clause: CatchmentClause, _ doubts: Set<AreaDoubt>) {
        self.clause = clause
        self.doubts = doubts
    }
}
