/// One fact that, had it been otherwise, would have given another category.
public struct NearestChange: Hashable, Sendable {
    public let fact: FactKey
    public let value: FactValue
    public let category: CategoryID
}

/// Single facts whose change would have put the family into another category, in the order of the rules. Only values
/// that the rules themselves name, or the next one to them, are tried, so the answer is one a person can read.
public func nearestChanges(_ input: DecisionInput) -> [NearestChange] {
    let standing = decide(input).category
    var found: [NearestChange] = []
    var seen: Set<FactKey> = []
    for category in input.policy.categories {
        for (key, value) in category.condition.turningValues(input.facts) where !seen.contains(key) {
            let changed = DecisionInput(
                policy: input.policy, catchments: input.catchments, facts: input.facts.replacing(key, with: value))
            if let other = decide(changed).category, other != standing {
                seen.insert(key)
                found.append(NearestChange(fact: key, value: value, category: other))
            }
        }
    }
    return found
}

extension Condition {
    /// For each comparison in the condition, a value that turns its truth.
    fileprivate func turningValues(_ facts: FactSheet) -> [(FactKey, FactValue)] {
        switch self {
        case .all(let parts), .any(let parts): return parts.flatMap { $0.turningValues(facts) }
        case .not(let part), .predicate(_, let part): return part.turningValues(facts)
        case .same(let left, let right):
            guard let first = facts.state(left).value, let second = facts.state(right).value, first != second else {
                return []
            }
            return [(left, second), (right, first)]
        case .compare(let key, let comparison, let value):
            let holds = evaluate(facts).truth == .yes
            switch value {
            case .flag(let flag): return [(key, .flag(holds == (comparison == .equal) ? !flag : flag))]
            case .integer(let limit): return [(key, .integer(limit + comparison.turningStep(holds: holds)))]
            case .date(let limit): return [(key, .date(limit.adding(days: comparison.turningStep(holds: holds))))]
            case .code: return holds == (comparison == .equal) ? [] : [(key, value)]
            }
        }
    }
}

extension Comparison {
    /// How far from the limit the nearest value lies for which the comparison answers otherwise.
    fileprivate func turningStep(holds: Bool) -> Int {
        switch self {
        case .equal: holds ? 1 : 0
        case .notEqual: holds ? 0 : 1
        case .atLeast: holds ? -1 : 0
        case .atMost: holds ? 1 : 0
        case .more: holds ? 0 : 1
        case .less: holds ? 0 : -1
        }
    }
}
