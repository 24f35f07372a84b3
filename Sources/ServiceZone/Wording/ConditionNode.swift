import Enrollment

extension ConditionWords {
    /// A condition with its negations carried to the leaves and groups of groups taken apart, as it is spoken.
    struct Node {
        enum Step: Hashable {
            case all, any
            case compare(FactKey, Comparison, FactValue)
            case same(FactKey, FactKey, negated: Bool)
        }

        let step: Step
        let truth: Truth?
        let parts: [Node]

        var facts: [FactKey] {
            switch step {
            case .compare(let key, _, _): [key]
            case .same(let left, let right, _): [left, right]
            case .all, .any: []
            }
        }

        init(_ condition: Condition, negated: Bool = false) {
            switch condition {
            case .all(let conditions):
                self.init(
                    step: negated ? .any : .all, truth: nil, parts: conditions.map { Node($0, negated: negated) })
            case .any(let conditions):
                self.init(
                    step: negated ? .all : .any, truth: nil, parts: conditions.map { Node($0, negated: negated) })
            case .not(let inner): self = Node(inner, negated: !negated)
            // A predicate's name is the county's own shorthand; what it means is what people can read.
            case .predicate(_, let inner): self = Node(inner, negated: negated)
            case .compare(let key, let comparison, let value):
                self.init(
                    step: .compare(key, negated ? comparison.opposite : comparison, value), truth: nil, parts: [])
            case .same(let left, let right):
                self.init(step: .same(left, right, negated: negated), truth: nil, parts: [])
            }
        }

        init(_ trace: ConditionTrace, negated: Bool = false) {
            switch trace.step {
            case .not, .predicate:
                let turned = trace.step == .not ? !negated : negated
                // Evaluation always gives these steps one part; a hand-made trace without one says nothing.
                self = trace.parts.first.map { Node($0, negated: turned) } ?? Node(step: .all, truth: nil, parts: [])
            case .all, .any:
                let isAll = (trace.step == .all) != negated
                self.init(
                    step: isAll ? .all : .any, truth: negated ? !trace.truth : trace.truth,
                    parts: trace.parts.map { Node($0, negated: negated) })
            case .compare(let key, let comparison, let value):
                self.init(
                    step: .compare(key, negated ? comparison.opposite : comparison, value),
                    truth: negated ? !trace.truth : trace.truth, parts: [])
            case .same(let left, let right):
                self.init(
                    step: .same(left, right, negated: negated), truth: negated ? !trace.truth : trace.truth, parts: [])
            }
        }

        private init(step: Step, truth: Truth?, parts: [Node]) {
            self.step = step
            self.truth = truth
            self.parts = parts
        }

        /// `all` within `all` and `any` within `any` become one group, a group of one its only part.
        var simplified: Node {
            guard !parts.isEmpty else { return self }
            let flat = parts.map(\.simplified).flatMap { part in
                part.step == step && !part.parts.isEmpty ? part.parts : [part]
            }
            return flat.count == 1 ? flat[0] : Node(step: step, truth: truth, parts: flat)
        }
    }
}

extension Comparison {
    /// The comparison that holds exactly where this one does not.
    fileprivate var opposite: Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .atLeast: .less
        case .less: .atLeast
        case .more: .atMost
        case .atMost: .more
        }
    }
}
