import Catchments
import Testing

@testable import Enrollment

@Suite struct NearestChangeTests {
    private func input(_ facts: FactSheet, _ categories: [Category] = SamplePolicy.four) throws -> DecisionInput {
        DecisionInput(policy: try SamplePolicy.policy(categories), catchments: SamplePolicy.plan, facts: facts)
    }

    @Test("every change named really gives the category it names, and another than the family has")
    func flips() throws {
        var generator = SeededGenerator(seed: 300)
        var named = 0
        for _ in 0..<300 {
            let categories = (0..<3).map { index in
                Category(
                    id: CategoryID(rawValue: "k\(index)"), title: LocalizedText(zh: "样例"),
                    condition: SmallWorld.condition(depth: 2, &generator), place: .homeCommunity, seat: .catchment)
            }
            let values = SmallWorld.facts(knownShare: 0.9, &generator)
                .merging([.homeCommunity: .code(Place.fumin.description)]) { old, _ in old }
            let input = try input(FactSheet(known: values), categories)
            let standing = decide(input).category
            let changes = nearestChanges(input)
            for change in changes {
                var changed = values
                changed[change.fact] = change.value
                #expect(decide(try self.input(FactSheet(known: changed), categories)).category == change.category)
                #expect(change.category != standing)
            }
            #expect(Set(changes.map(\.fact)).count == changes.count)
            named += changes.count
        }
        #expect(named > 100)
    }

    @Test("a family a month short is told that one month more gives it the category")
    func months() throws {
        let facts = FactSheet(known: SampleFacts.newcomer).with([.permitMonths: .integer(11)])
        #expect(
            try nearestChanges(input(facts)).contains(
                NearestChange(fact: .permitMonths, value: .integer(12), category: "neither")))
    }

    @Test("a family whose home is elsewhere in the county is told of the community that would agree")
    func community() throws {
        let split = FactSheet(known: SampleFacts.owner).with([.householdCommunity: .code(Place.fumin.description)])
        let changes = try nearestChanges(input(split))
        #expect(
            changes.contains(
                NearestChange(
                    fact: .householdCommunity, value: .code(Place.jintao.description), category: "household_and_home")))
    }

    @Test(
        "the value named is the nearest that turns the comparison, whatever its sign",
        arguments: [
            (Comparison.atLeast, 11, 12), (.more, 12, 13), (.atMost, 13, 12), (.less, 12, 11), (.equal, 3, 12),
            (.notEqual, 12, 13),
        ])
    func everySign(_ comparison: Comparison, _ standing: Int, _ expected: Int) throws {
        let since = try #require(CivilDate("2025-01-01"))
        let day = { (number: Int) in FactValue.date(since.adding(days: number)) }
        let category = { (condition: Condition) in
            Category(
                id: "k", title: LocalizedText(zh: "样例"), condition: condition, place: .homeCommunity, seat: .catchment)
        }
        let place: [FactKey: FactValue] = [.homeCommunity: .code(Place.fumin.description)]
        let months = try nearestChanges(
            input(
                FactSheet(known: place.merging([.permitMonths: .integer(standing)]) { old, _ in old }),
                [category(.compare(.permitMonths, comparison, .integer(12)))]))
        #expect(months == [NearestChange(fact: .permitMonths, value: .integer(expected), category: "k")])
        let dates = try nearestChanges(
            input(
                FactSheet(known: place.merging([.householdRegisteredSince: day(standing)]) { old, _ in old }),
                [category(.compare(.householdRegisteredSince, comparison, day(12)))]))
        #expect(dates == [NearestChange(fact: .householdRegisteredSince, value: day(expected), category: "k")])
    }

    @Test("nothing is promised where no single fact would change the category")
    func nothing() throws {
        let poor = FactSheet(known: SampleFacts.newcomer).with([
            .permitMonths: .integer(1), .insuranceMonths: .integer(1), .parentsOwnNoHome: .flag(false),
            .homeResidential: .flag(false),
        ])
        #expect(try nearestChanges(input(poor)).isEmpty)
    }
}
