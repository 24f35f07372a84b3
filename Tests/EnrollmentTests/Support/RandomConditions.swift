import Enrollment

/// Small domains, so that every completion of a sheet can be tried.
enum SmallWorld {
    static let domains: [(key: FactKey, values: [FactValue])] =
        ["f1", "f2"].map { (FactKey(rawValue: $0), [.flag(false), .flag(true)]) }
        + ["n1", "n2"].map { (FactKey(rawValue: $0), [.integer(1), .integer(2), .integer(3)]) }
        + ["c1", "c2"].map { (FactKey(rawValue: $0), [.code("a"), .code("b")]) }

    static func condition(depth: Int, _ generator: inout SeededGenerator) -> Condition {
        let leaf = depth == 0 || Int.random(in: 0..<4, using: &generator) == 0
        guard !leaf else { return comparison(of: domains[Int.random(in: 0..<6, using: &generator)].key, &generator) }
        let parts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in condition(depth: depth - 1, &generator) }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return .all(parts)
        case 1: return .any(parts)
        case 2: return .not(condition(depth: depth - 1, &generator))
        default: return .predicate("named", condition(depth: depth - 1, &generator))
        }
    }

    /// A condition that names every fact at most once and whose leaves can turn both ways.
    static func readOnceCondition(_ generator: inout SeededGenerator) -> Condition {
        var leaves: [Condition] = ["f1", "f2", "n1", "n2"].map { comparison(of: FactKey(rawValue: $0), &generator) }
        leaves.append(.same("c1", "c2"))
        leaves.shuffle(using: &generator)
        while leaves.count > 1 {
            let size = min(leaves.count, Int.random(in: 2...3, using: &generator))
            let parts = Array(leaves.prefix(size))
            let joined: Condition = Bool.random(using: &generator) ? .all(parts) : .any(parts)
            leaves = Array(leaves.dropFirst(size)) + [Bool.random(using: &generator) ? joined : .not(joined)]
            leaves.shuffle(using: &generator)
        }
        return leaves[0]
    }

    private static func comparison(of key: FactKey, _ generator: inout SeededGenerator) -> Condition {
        let flip = Bool.random(using: &generator)
        switch key.rawValue.prefix(1) {
        case "f": return .compare(key, flip ? .equal : .notEqual, .flag(Bool.random(using: &generator)))
        case "c":
            return flip
                ? .same("c1", "c2")
                : .compare(key, Bool.random(using: &generator) ? .equal : .notEqual, .code("a"))
        default:
            // Limits for which some of 1, 2, 3 hold and some do not.
            let turning: [(Comparison, Int)] = [
                (.equal, 2), (.notEqual, 1), (.atLeast, 2), (.atLeast, 3), (.atMost, 1), (.more, 2), (.less, 2),
            ]
            let (comparison, limit) = turning[Int.random(in: 0..<turning.count, using: &generator)]
            return .compare(key, comparison, .integer(limit))
        }
    }

    /// Values for some of the keys; the others are unknown.
    static func facts(knownShare: Double, _ generator: inout SeededGenerator) -> [FactKey: FactValue] {
        var values: [FactKey: FactValue] = [:]
        for (key, domain) in domains where Double.random(in: 0..<1, using: &generator) < knownShare {
            values[key] = domain[Int.random(in: 0..<domain.count, using: &generator)]
        }
        return values
    }

    /// Every way in which the facts that are not known could turn out.
    static func completions(of values: [FactKey: FactValue]) -> [[FactKey: FactValue]] {
        var all = [values]
        for (key, domain) in domains where values[key] == nil {
            all = all.flatMap { partial in domain.map { partial.merging([key: $0]) { old, _ in old } } }
        }
        return all
    }
}
