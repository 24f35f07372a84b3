import Enrollment

/// What can be told of conditions without any family: enough to find rows that can never be reached.
extension Condition {
    /// The parts that all must hold, predicates written out.
    var conjuncts: Set<Condition> {
        switch self {
        case .all(let parts): parts.reduce(into: []) { $0.formUnion($1.conjuncts) }
        case .predicate(_, let part): part.conjuncts
        default: [self]
        }
    }

    /// The parts of which one must hold, predicates written out.
    private var disjuncts: Set<Condition> {
        switch self {
        case .any(let parts): parts.reduce(into: []) { $0.formUnion($1.disjuncts) }
        case .predicate(_, let part): part.disjuncts
        default: [self]
        }
    }

    /// True whatever the facts: a part beside its own contrary.
    var isAlwaysTrue: Bool {
        switch self {
        case .all(let parts): parts.allSatisfy(\.isAlwaysTrue)
        case .any: disjuncts.contains { $0.isAlwaysTrue || disjuncts.contains($0.contrary) }
        case .not(let part): part.isNeverTrue
        case .predicate(_, let part): part.isAlwaysTrue
        case .compare, .same: false
        }
    }

    /// False whatever the facts.
    var isNeverTrue: Bool {
        switch self {
        case .all: conjuncts.contains { $0.isNeverTrue || conjuncts.contains($0.contrary) }
        case .any(let parts): parts.allSatisfy(\.isNeverTrue)
        case .not(let part): part.isAlwaysTrue
        case .predicate(_, let part): part.isNeverTrue
        case .compare, .same: false
        }
    }

    /// Whether this holds wherever `other` holds, as far as their parts show.
    func isImplied(by other: Condition) -> Bool {
        isAlwaysTrue || conjuncts.isSubset(of: other.conjuncts)
    }

    private var contrary: Condition {
        switch self {
        case .not(let part): part
        case .compare(let key, .equal, .flag(let flag)): .compare(key, .equal, .flag(!flag))
        case .compare(let key, let comparison, let value): .compare(key, comparison.contrary, value)
        case .all, .any, .same, .predicate: .not(self)
        }
    }
}

extension Comparison {
    fileprivate var contrary: Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .atLeast: .less
        case .less: .atLeast
        case .atMost: .more
        case .more: .atMost
        }
    }
}
