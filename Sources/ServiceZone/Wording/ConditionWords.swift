import Enrollment

/// One line of a condition in words: a leaf, or the opening of a group whose parts follow one step deeper.
struct ConditionLine: Sendable, Hashable {
    let text: String
    /// 0 for the outermost.
    let depth: Int
    /// How the facts at hand answer it; nil where the rule alone is shown.
    let truth: Truth?
    /// Facts the line rests on; empty for the opening of a group.
    let facts: [FactKey]
}

/// Words a county's conditions, for people who never saw a formula: as one sentence, or as lines with their truth.
///
/// Negations are carried inwards first, because "it is not so that one of these" is read by nobody.
struct ConditionWords: Sendable {
    let words: Words
    /// The day from which months are counted back, said with each rule about months.
    let monthsFrom: CivilDate?

    init(_ words: Words, monthsFrom: CivilDate? = nil) {
        self.words = words
        self.monthsFrom = monthsFrom
    }

    /// The whole condition as one sentence without a full stop.
    func sentence(_ condition: Condition) -> String { sentence(Node(condition).simplified, inside: false) }

    /// The condition line by line.
    func lines(_ condition: Condition) -> [ConditionLine] { lines(Node(condition).simplified) }

    /// The condition line by line, each with the truth it had on a family's facts.
    func lines(_ trace: ConditionTrace) -> [ConditionLine] { lines(Node(trace).simplified) }

    private func lines(_ node: Node) -> [ConditionLine] {
        if case .all = node.step, !node.parts.isEmpty { return node.parts.flatMap { lines($0, depth: 0) } }
        return lines(node, depth: 0)
    }

    private func lines(_ node: Node, depth: Int) -> [ConditionLine] {
        if node.parts.isEmpty {
            return [ConditionLine(text: leaf(node), depth: depth, truth: node.truth, facts: node.facts)]
        }
        let opening = words(node.step == .all ? "condition.all" : "condition.any")
        return [ConditionLine(text: opening, depth: depth, truth: node.truth, facts: [])]
            + node.parts.flatMap { lines($0, depth: depth + 1) }
    }

    private func sentence(_ node: Node, inside: Bool) -> String {
        guard let first = node.parts.first else { return leaf(node) }
        let key = node.step == .all ? "condition.and" : "condition.or"
        let text = node.parts.dropFirst().reduce(sentence(first, inside: true)) {
            words(key, ["first": $0, "second": sentence($1, inside: true)])
        }
        return inside ? words("condition.group", ["text": text]) : text
    }

    private func leaf(_ node: Node) -> String {
        switch node.step {
        case .all: words("condition.always")
        case .any: words("condition.never")
        case .same(let left, let right, let negated):
            words(
                negated ? "condition.differ" : "condition.same",
                ["first": FactWords(words).title(left), "second": FactWords(words).title(right)])
        case .compare(let key, let comparison, let value): comparisonWords(key, comparison, value)
        }
    }

    private func comparisonWords(_ key: FactKey, _ comparison: Comparison, _ value: FactValue) -> String {
        let facts = FactWords(words)
        switch value {
        case .flag(let flag): return facts.clause(key, flag == (comparison == .equal))
        case .integer(let limit):
            if key == .permitMonths || key == .insuranceMonths, let text = months(key, comparison, limit) {
                guard let monthsFrom else { return text }
                return words(
                    "condition.counted_back", ["text": text, "date": DateWords(words).day(monthsFrom)])
            }
            return words(
                "compare.\(Self.name(comparison))", ["fact": facts.title(key), "value": facts.value(key, value)])
        case .date where comparison != .equal && comparison != .notEqual:
            return words(
                "compare_date.\(Self.name(comparison))", ["fact": facts.title(key), "value": facts.value(key, value)])
        case .date, .code:
            return words(
                "compare.\(Self.name(comparison))", ["fact": facts.title(key), "value": facts.value(key, value)])
        }
    }

    private func months(_ key: FactKey, _ comparison: Comparison, _ limit: Int) -> String? {
        switch comparison {
        case .atLeast: words("fact.\(key).at_least", ["value": "\(limit)"])
        case .more: words("fact.\(key).at_least", ["value": "\(limit + 1)"])
        case .less: words("fact.\(key).less", ["value": "\(limit)"])
        case .atMost: words("fact.\(key).less", ["value": "\(limit + 1)"])
        case .equal, .notEqual: nil
        }
    }

    private static func name(_ comparison: Comparison) -> String {
        switch comparison {
        case .equal: "equal"
        case .notEqual: "not_equal"
        case .atLeast: "at_least"
        case .atMost: "at_most"
        case .more: "more"
        case .less: "less"
        }
    }
}
