import Catchments
import Enrollment
import Testing

@Suite struct ConditionTests {
    private func truth(_ condition: Condition, _ values: [FactKey: FactValue]) -> Truth {
        condition.evaluate(FactSheet(known: values)).truth
    }

    @Test(
        "a comparison says at its limit what its sign says",
        arguments: [
            (Comparison.equal, [false, true, false]), (.notEqual, [true, false, true]),
            (.atLeast, [false, true, true]),
            (.atMost, [true, true, false]), (.more, [false, false, true]), (.less, [true, false, false]),
        ])
    func comparisons(_ comparison: Comparison, _ expected: [Bool]) throws {
        let limit = try #require(CivilDate("2025-08-31"))
        for (offset, holds) in zip([-1, 0, 1], expected) {
            let months = Condition.compare(.permitMonths, comparison, .integer(12))
            #expect(truth(months, [.permitMonths: .integer(12 + offset)]) == Truth(holds))
            let since = Condition.compare(.householdRegisteredSince, comparison, .date(limit))
            #expect(truth(since, [.householdRegisteredSince: .date(limit.adding(days: offset))]) == Truth(holds))
            #expect(truth(months, [:]) == .unknown)
        }
    }

    @Test("two facts are the same only when both are known and equal")
    func same() {
        let condition = Condition.same(.householdCommunity, .homeCommunity)
        let (here, there) = (FactValue.code(Place.jintao.description), FactValue.code(Place.fumin.description))
        #expect(truth(condition, [.householdCommunity: here, .homeCommunity: here]) == .yes)
        #expect(truth(condition, [.householdCommunity: here, .homeCommunity: there]) == .no)
        #expect(truth(condition, [.homeCommunity: there]) == .unknown)
    }

    @Test("a disputed claim is unknown to every comparison, never false")
    func disputed() {
        for reason in [UnknownReason.disputed, .waiting, .sourceDown, .notSupported, .personAsked, .notAsked] {
            let facts = FactSheet(known: [:], unknown: [.homeOwned: reason])
            for comparison in [Comparison.equal, .notEqual] {
                for flag in [true, false] {
                    let condition = Condition.compare(.homeOwned, comparison, .flag(flag))
                    #expect(condition.evaluate(facts).truth == .unknown)
                    #expect(Condition.not(condition).evaluate(facts).truth == .unknown)
                }
            }
        }
    }

    @Test("learning a fact never turns a settled verdict, and a settled verdict is that of every completion")
    func monotone() {
        var generator = SeededGenerator(seed: 100)
        var settled = 0
        for _ in 0..<600 {
            let condition = SmallWorld.condition(depth: 3, &generator)
            let values = SmallWorld.facts(knownShare: 0.5, &generator)
            let before = truth(condition, values)
            guard before != .unknown else { continue }
            settled += 1
            for completion in SmallWorld.completions(of: values) {
                #expect(truth(condition, completion) == before, "\(condition)")
            }
            for (key, domain) in SmallWorld.domains where values[key] == nil {
                for value in domain {
                    #expect(truth(condition, values.merging([key: value]) { old, _ in old }) == before, "\(condition)")
                }
            }
        }
        #expect(settled > 100)
    }

    @Test("once every fact is known, a condition is true or false as two-valued logic says")
    func complete() {
        var generator = SeededGenerator(seed: 101)
        for _ in 0..<600 {
            let condition = SmallWorld.condition(depth: 4, &generator)
            let values = SmallWorld.facts(knownShare: 1, &generator)
            #expect(truth(condition, values) == Truth(Self.plainly(condition, values)), "\(condition)")
        }
    }

    @Test("pending leaves out no fact that can matter, and names no fact the condition does not know of")
    func pendingIsComplete() {
        var generator = SeededGenerator(seed: 102)
        for _ in 0..<400 {
            let condition = SmallWorld.condition(depth: 3, &generator)
            let values = SmallWorld.facts(knownShare: 0.5, &generator)
            let sheet = FactSheet(known: values)
            let pending = condition.evaluate(sheet).pending(sheet)
            #expect(Self.mattering(condition, values).isSubset(of: pending), "\(condition)")
            #expect(pending.isSubset(of: condition.facts))
            #expect(pending.allSatisfy { values[$0] == nil })
        }
    }

    @Test("where no fact is named twice, pending is exactly the facts whose value can matter")
    func pendingIsExact() {
        var generator = SeededGenerator(seed: 103)
        var compared = 0
        for _ in 0..<400 {
            let condition = SmallWorld.readOnceCondition(&generator)
            let values = SmallWorld.facts(knownShare: 0.5, &generator)
            let sheet = FactSheet(known: values)
            let pending = condition.evaluate(sheet).pending(sheet)
            #expect(pending == Self.mattering(condition, values), "\(condition) \(values)")
            compared += pending.isEmpty ? 0 : 1
        }
        #expect(compared > 100)
    }

    @Test("the decisive facts alone keep the truth, and a false conjunction is not blamed on what held")
    func decisive() {
        var generator = SeededGenerator(seed: 104)
        for _ in 0..<800 {
            let condition = SmallWorld.condition(depth: 3, &generator)
            let values = SmallWorld.facts(knownShare: 0.8, &generator)
            let trace = condition.evaluate(FactSheet(known: values))
            let alone = values.filter { trace.decisive.contains($0.key) }
            #expect(truth(condition, alone) == trace.truth, "\(condition)")
        }
        let facts = FactSheet(known: SampleFacts.newcomer)
        #expect(
            SamplePolicy.homeOnly.condition.evaluate(facts.with([.homeResidential: .flag(true)])).decisive == [
                .homeOwned
            ])
    }

    /// The unknown facts for which some completion of the others leaves the truth to them.
    private static func mattering(_ condition: Condition, _ values: [FactKey: FactValue]) -> Set<FactKey> {
        var found: Set<FactKey> = []
        for completion in SmallWorld.completions(of: values) {
            let now = plainly(condition, completion)
            for (key, domain) in SmallWorld.domains where values[key] == nil && !found.contains(key) {
                let turns = domain.contains { value in
                    plainly(condition, completion.merging([key: value]) { _, new in new }) != now
                }
                if turns { found.insert(key) }
            }
        }
        return found
    }

    /// Two-valued reading of a condition over complete facts, written apart from the product's evaluator.
    private static func plainly(_ condition: Condition, _ values: [FactKey: FactValue]) -> Bool {
        switch condition {
        case .all(let parts): return !parts.contains { !plainly($0, values) }
        case .any(let parts): return parts.contains { plainly($0, values) }
        case .not(let part): return !plainly(part, values)
        case .predicate(_, let part): return plainly(part, values)
        case .same(let left, let right): return values[left] == values[right]
        case .compare(let key, let comparison, let value):
            guard case .integer(let limit) = value, case .integer(let number)? = values[key] else {
                return (values[key] == value) == (comparison == .equal)
            }
            switch comparison {
            case .equal: return number == limit
            case .notEqual: return number != limit
            case .atLeast: return number >= limit
            case .atMost: return number <= limit
            case .more: return number > limit
            case .less: return number < limit
            }
        }
    }
}
