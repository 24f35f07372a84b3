import Catchments
import Enrollment
import Testing

@Suite struct DecideTests {
    private func decision(_ facts: FactSheet, _ categories: [Category] = SamplePolicy.four) throws -> Decision {
        decide(
            DecisionInput(policy: try SamplePolicy.policy(categories), catchments: SamplePolicy.plan, facts: facts))
    }

    @Test("each of the province's four categories is given to the family it is written for")
    func fourFamilies() throws {
        let owner = FactSheet(known: SampleFacts.owner)
        #expect(try decision(owner).category == "household_and_home")
        let guest = owner.with([.homeOwned: .flag(false), .parentsOwnNoHome: .flag(true)])
        #expect(try decision(guest).category == "household_only")
        let split = owner.with([.householdCommunity: .code(Place.chuangye.description)])
        #expect(try decision(split).category == "home_only")
        let newcomer = FactSheet(known: SampleFacts.newcomer)
        #expect(try decision(newcomer).category == "neither")
        let fresh = try decision(newcomer.with([.permitMonths: .integer(11)]))
        #expect(fresh.verdict == .noCategory)
        #expect(fresh.catchment == nil)
    }

    @Test("the settled category's place gives the schools, not another place of the family")
    func place() throws {
        let owner = FactSheet(known: SampleFacts.owner)
        #expect(try decision(owner).catchment?.schools == ["P01", "P02"])
        let split = owner.with([.householdCommunity: .code(Place.chuangye.description)])
        #expect(try decision(split).catchment?.schools == ["P01", "P02"])
        let guest = split.with([.homeOwned: .flag(false), .parentsOwnNoHome: .flag(true)])
        #expect(try decision(guest).catchment?.schools == ["P03"])
        let newcomer = try decision(FactSheet(known: SampleFacts.newcomer))
        #expect(newcomer.catchment?.clauses.map(\.number) == [3])
    }

    @Test("a category above that is still unknown holds back every category below")
    func unknownAbove() throws {
        let owner = FactSheet(known: SampleFacts.owner)
        let waiting = owner.with([.householdInCounty: nil, .householdCommunity: nil], because: .waiting)
        let held = try decision(waiting)
        #expect(held.verdict == .undetermined(mayBe: "household_and_home"))
        #expect(held.pending == [.householdCommunity, .householdInCounty])
        #expect(held.rows.count == 1)
        // 有房无户 is true already; it may not be given while 房户一致 may still hold.
        #expect(SamplePolicy.homeOnly.condition.evaluate(waiting).truth == .yes)
    }

    @Test("an unknown fact of a category that is false anyhow holds nobody back")
    func unknownThatCannotMatter() throws {
        let newcomer = FactSheet(known: SampleFacts.newcomer).with([.homeResidential: nil], because: .sourceDown)
        #expect(try decision(newcomer).category == "neither")
    }

    @Test("a disputed title never drops a family to a lower category")
    func disputed() throws {
        let facts = FactSheet(known: SampleFacts.owner).with(
            [.homeOwned: nil, .homeResidential: nil], because: .disputed)
        let held = try decision(facts)
        #expect(held.verdict == .undetermined(mayBe: "household_and_home"))
        #expect(held.pending == [.homeOwned, .homeResidential])
    }

    @Test("a true category whose place or rank is not known waits for exactly that")
    func missingPlace() throws {
        let ranked = Category(
            id: "ranked", title: LocalizedText(zh: "样例"), condition: .compare(.permitValid, .equal, .flag(true)),
            place: .permitCommunity, seat: .catchment, rankKeys: [.init(fact: .permitMonths, order: .descending)])
        let facts = FactSheet(known: [.permitValid: .flag(true)])
        let held = try decision(facts, [ranked])
        #expect(held.verdict == .undetermined(mayBe: "ranked"))
        #expect(held.pending == [.permitCommunity, .permitMonths])
    }

    @Test("rank keys put longer and earlier first, as the rule orders")
    func rankKeys() throws {
        let ranked = Category(
            id: "ranked", title: LocalizedText(zh: "样例"), condition: .all([]), place: .homeCommunity, seat: .catchment,
            rankKeys: [
                .init(fact: .householdRegisteredSince, order: .ascending),
                .init(fact: .permitMonths, order: .descending),
            ])
        func keys(_ since: String, _ months: Int) throws -> [Int] {
            let facts = FactSheet(known: [
                .homeCommunity: .code(Place.fumin.description), .permitMonths: .integer(months),
                .householdRegisteredSince: .date(try #require(CivilDate(since))),
            ])
            return try decision(facts, [ranked]).rankKeys
        }
        #expect(try keys("2019-12-31", 3).lexicographicallyPrecedes(keys("2020-01-01", 30)))
        #expect(try keys("2020-01-01", 30).lexicographicallyPrecedes(keys("2020-01-01", 29)))
    }

    @Test("a place that is no canonical community goes to a person")
    func freeText() throws {
        let owner = FactSheet(known: SampleFacts.owner)
        let text = FactValue.code("桃花江镇近桃社区")
        let decision = try decision(owner.with([.homeCommunity: text, .householdCommunity: text]))
        #expect(decision.category == "household_and_home")
        #expect(decision.catchment == .needsPerson(.placeNotCanonical))
    }

    @Test("swapping two categories changes what a family is given")
    func swapped() throws {
        let owner = FactSheet(known: SampleFacts.owner)
        let swapped = [
            SamplePolicy.homeOnly, SamplePolicy.householdOnly, SamplePolicy.householdAndHome, SamplePolicy.neither,
        ]
        #expect(try decision(owner).category == "household_and_home")
        #expect(try decision(owner, swapped).category == "home_only")
    }

    @Test("the first true category is given when all above are false, for any facts and any order of categories")
    func firstTrue() throws {
        var generator = SeededGenerator(seed: 200)
        for _ in 0..<400 {
            let categories = (0..<4).map { index in
                Category(
                    id: CategoryID(rawValue: "k\(index)"), title: LocalizedText(zh: "样例"),
                    condition: SmallWorld.condition(depth: 2, &generator), place: .homeCommunity, seat: .catchment)
            }
            let facts = FactSheet(
                known: SmallWorld.facts(knownShare: 0.7, &generator).merging(
                    [.homeCommunity: .code(Place.fumin.description)]) { old, _ in old })
            let decision = try decision(facts, categories)
            let truths = categories.map { $0.condition.evaluate(facts).truth }
            guard let stop = truths.firstIndex(where: { $0 != .no }) else {
                #expect(decision.verdict == .noCategory)
                continue
            }
            let id = categories[stop].id
            #expect(decision.verdict == (truths[stop] == .yes ? .settled(id) : .undetermined(mayBe: id)))
            #expect(decision.rows.map(\.category) == categories[...stop].map(\.id))
            #expect(decision.pending.isEmpty == (truths[stop] == .yes))
        }
    }

    @Test("the order in which facts arrive changes nothing, and the same input gives the same answer")
    func orderOfArrival() throws {
        var generator = SeededGenerator(seed: 201)
        for index in 0..<60 {
            let values = index.isMultiple(of: 2) ? SampleFacts.owner : SampleFacts.newcomer
            var facts: [Fact] = []
            for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                facts.append(.sample(key, .known(value), source: .check, fetchedAt: 10))
                facts.append(.sample(key, .unknown(.disputed), source: .check, fetchedAt: 5))
                if Bool.random(using: &generator) {
                    facts.append(.sample(key, .known(value), source: .finding, fetchedAt: Int64(index)))
                }
            }
            let first = try decision(FactSheet(facts))
            for _ in 0..<5 {
                facts.shuffle(using: &generator)
                #expect(try decision(FactSheet(facts)) == first)
            }
            #expect(first.category == (index.isMultiple(of: 2) ? "household_and_home" : "neither"))
        }
    }
}
