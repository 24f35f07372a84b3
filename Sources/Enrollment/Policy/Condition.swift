/// How a fact is compared with a value written in a rule.
public enum Comparison: String, Sendable, Codable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case atLeast = ">="
    case atMost = "<="
    case more = ">"
    case less = "<"
}

/// A condition over facts, with the outcome in three values.
public indirect enum Condition: Hashable, Sendable, Codable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    /// `residence_permit.months >= 12`
    case compare(FactKey, Comparison, FactValue)
    /// Two facts have the same value: the household's community and the home's.
    case same(FactKey, FactKey)
    /// A predicate the county defines under a name of its own, written out here so that a condition stands alone.
    case predicate(String, Condition)

    /// The truth on these facts, and how it came about.
    public func evaluate(_ facts: FactSheet) -> ConditionTrace {
        switch self {
        case .all(let parts):
            let traces = parts.map { $0.evaluate(facts) }
            return ConditionTrace(step: .all, truth: .all(traces.map(\.truth)), parts: traces)
        case .any(let parts):
            let traces = parts.map { $0.evaluate(facts) }
            return ConditionTrace(step: .any, truth: .any(traces.map(\.truth)), parts: traces)
        case .not(let part):
            let trace = part.evaluate(facts)
            return ConditionTrace(step: .not, truth: !trace.truth, parts: [trace])
        case .predicate(let name, let part):
            let trace = part.evaluate(facts)
            return ConditionTrace(step: .predicate(name), truth: trace.truth, parts: [trace])
        case .compare(let key, let comparison, let value):
            let truth = facts.state(key).value.map { Truth(Self.holds($0, comparison, value)) } ?? .unknown
            return ConditionTrace(step: .compare(key, comparison, value), truth: truth, parts: [])
        case .same(let left, let right):
            guard let first = facts.state(left).value, let second = facts.state(right).value else {
                return ConditionTrace(step: .same(left, right), truth: .unknown, parts: [])
            }
            return ConditionTrace(step: .same(left, right), truth: Truth(first == second), parts: [])
        }
    }

    /// Every fact the condition names.
    public var facts: Set<FactKey> {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.facts) }
        case .not(let part), .predicate(_, let part): part.facts
        case .compare(let key, _, _): [key]
        case .same(let left, let right): [left, right]
        }
    }

    /// Comparing values of different types is never true; validation refuses such rules before they get here.
    private static func holds(_ left: FactValue, _ comparison: Comparison, _ right: FactValue) -> Bool {
        switch (left, right) {
        case (.integer(let a), .integer(let b)): ordered(a, comparison, b)
        case (.date(let a), .date(let b)): ordered(a, comparison, b)
        default:
            switch comparison {
            case .equal: left == right
            case .notEqual: left.type == right.type && left != right
            default: false
            }
        }
    }

    private static func ordered<Value: Comparable>(_ a: Value, _ comparison: Comparison, _ b: Value) -> Bool {
        switch comparison {
        case .equal: a == b
        case .notEqual: a != b
        case .atLeast: a >= b
        case .atMost: a <= b
        case .more: a > b
        case .less: a < b
        }
    }
}

/// A condition's evaluation, step by step.
public struct ConditionTrace: Hashable, Sendable, Codable {
    public enum Step: Hashable, Sendable, Codable {
        case all, any, not
        case predicate(String)
        case compare(FactKey, Comparison, FactValue)
        case same(FactKey, FactKey)
    }

    public let step: Step
    public let truth: Truth
    public let parts: [ConditionTrace]

    /// Facts without which this truth cannot be told: the unknown leaves that still matter.
    public func pending(_ facts: FactSheet) -> Set<FactKey> {
        guard truth == .unknown else { return [] }
        switch step {
        case .compare(let key, _, _): return [key]
        case .same(let left, let right): return Set([left, right].filter { facts.state($0).value == nil })
        default: return parts.reduce(into: []) { $0.formUnion($1.pending(facts)) }
        }
    }

    /// Facts that made this truth what it is: for a false `all` only its false parts, for a true `any` only its true ones.
    public var decisive: Set<FactKey> {
        switch step {
        case .compare(let key, _, _): [key]
        case .same(let left, let right): [left, right]
        case .all where truth == .no: parts.filter { $0.truth == .no }.reduce(into: []) { $0.formUnion($1.decisive) }
        case .any where truth == .yes: parts.filter { $0.truth == .yes }.reduce(into: []) { $0.formUnion($1.decisive) }
        default: parts.reduce(into: []) { $0.formUnion($1.decisive) }
        }
    }
}
