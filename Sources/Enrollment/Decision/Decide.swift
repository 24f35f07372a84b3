public import Catchments

/// Everything a decision depends on, besides the program itself.
public struct DecisionInput: Sendable {
    public let policy: Policy
    /// The tenant's catchments for the child's stage.
    public let catchments: CatchmentPlan
    public let facts: FactSheet

    public init(policy: Policy, catchments: CatchmentPlan, facts: FactSheet) {
        self.policy = policy
        self.catchments = catchments
        self.facts = facts
    }
}

/// What the rules say about one application on the facts of one moment.
public struct Decision: Hashable, Sendable, Codable {
    public enum Verdict: Hashable, Sendable, Codable {
        /// This category is true and every one above it is false.
        case settled(CategoryID)
        /// A category that still may hold depends on facts nobody knows yet.
        case undetermined(mayBe: CategoryID)
        /// Every category is false: the family is placed by the bureau, after a person has looked.
        case noCategory
    }

    public struct Row: Hashable, Sendable, Codable {
        public let category: CategoryID
        public let trace: ConditionTrace
    }

    public let verdict: Verdict
    /// Where the family may be given a seat; nil until the category is settled.
    public let catchment: CatchmentResolution?
    /// Rank keys of the settled category, smaller is earlier; empty where the draw alone decides.
    public let rankKeys: [Int]
    /// Categories in order, down to the one that settled it, each with its trace.
    public let rows: [Row]
    /// Facts whose value could still change the verdict, in order of their keys.
    public let pending: [FactKey]

    public var category: CategoryID? {
        if case .settled(let id) = verdict { return id }
        return nil
    }
}

/// Decides: the first category that is true wins once all above it are false. Pure; run again whenever a fact arrives.
public func decide(_ input: DecisionInput) -> Decision {
    var rows: [Decision.Row] = []
    for category in input.policy.categories {
        let trace = category.condition.evaluate(input.facts)
        rows.append(.init(category: category.id, trace: trace))
        switch trace.truth {
        case .no: continue
        case .unknown:
            return Decision(
                verdict: .undetermined(mayBe: category.id), catchment: nil, rankKeys: [], rows: rows,
                pending: trace.pending(input.facts).sorted())
        case .yes:
            let keys = category.rankKeys.map { $0.fact } + [category.place]
            let missing = keys.filter { input.facts.state($0).value == nil }
            guard missing.isEmpty else {
                return Decision(
                    verdict: .undetermined(mayBe: category.id), catchment: nil, rankKeys: [], rows: rows,
                    pending: Set(missing).sorted())
            }
            return Decision(
                verdict: .settled(category.id), catchment: resolve(category, input),
                rankKeys: category.rankKeys.map { rankKey($0, input.facts) }, rows: rows, pending: [])
        }
    }
    return Decision(verdict: .noCategory, catchment: nil, rankKeys: [], rows: rows, pending: [])
}

private func resolve(_ category: Category, _ input: DecisionInput) -> CatchmentResolution {
    guard case .code(let text)? = input.facts.state(category.place).value else {
        return input.catchments.resolve(nil)
    }
    return input.catchments.resolve(Community(canonical: text))
}

private func rankKey(_ rule: RankKeyRule, _ facts: FactSheet) -> Int {
    let value: Int
    switch facts.state(rule.fact).value {
    case .integer(let integer)?: value = integer
    case .date(let date)?: value = date.dayNumber
    case .flag(let flag)?: value = flag ? 1 : 0
    case .code?, nil: value = 0
    }
    return rule.order == .ascending ? value : -value
}
