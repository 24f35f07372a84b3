import Enrollment
import Testing

@Suite struct AllocateTests {
    @Test(
        "nobody could have had a seat it likes better: no child has a claim on another's seat, none stays empty for it")
    func stable() {
        var generator = SeededGenerator(seed: 400)
        for _ in 0..<500 {
            let town = SmallTown(&generator)
            let allocation = allocate(town.candidates, seats: town.seats)
            for child in town.candidates {
                let placed = allocation.placements[child.application]
                let better = child.choices.prefix { $0 != placed }
                for school in better {
                    let holders = town.candidates.filter { allocation.placements[$0.application] == school }
                    #expect(holders.count >= town.seats[school] ?? 0, "an empty seat was kept from a child")
                    #expect(holders.allSatisfy { SmallTown.stands($0, before: child) }, "priority was passed over")
                }
            }
        }
    }

    @Test("the result is that of letting children choose one after the other in the order of priority")
    func serialOracle() {
        var generator = SeededGenerator(seed: 401)
        for _ in 0..<500 {
            let town = SmallTown(&generator)
            var left = town.seats
            var expected: [ApplicationID: SchoolCode] = [:]
            var unplaced: [ApplicationID] = []
            for child in town.candidates.sorted(by: { SmallTown.stands($0, before: $1) }) {
                if let school = child.choices.first(where: { left[$0, default: 0] > 0 }) {
                    expected[child.application] = school
                    left[school, default: 0] -= 1
                } else {
                    unplaced.append(child.application)
                }
            }
            let allocation = allocate(town.candidates, seats: town.seats)
            #expect(allocation.placements == expected)
            #expect(allocation.unplaced == unplaced)
        }
    }

    @Test("the order in which children come in changes nothing")
    func order() {
        var generator = SeededGenerator(seed: 402)
        for _ in 0..<100 {
            let town = SmallTown(&generator)
            let first = allocate(town.candidates, seats: town.seats)
            for _ in 0..<5 {
                #expect(allocate(town.candidates.shuffled(using: &generator), seats: town.seats) == first)
            }
        }
    }

    @Test("no school takes more than it has seats, no child a school it did not name, and nobody is dropped")
    func whole() {
        var generator = SeededGenerator(seed: 403)
        for _ in 0..<300 {
            let town = SmallTown(&generator, children: 40)
            let allocation = allocate(town.candidates, seats: town.seats)
            for (school, seats) in town.seats {
                #expect(allocation.placements.values.count { $0 == school } <= seats)
            }
            for child in town.candidates {
                guard let school = allocation.placements[child.application] else { continue }
                #expect(child.choices.contains(school))
            }
            let everybody = Array(allocation.placements.keys) + allocation.unplaced
            #expect(everybody.count == town.candidates.count)
            #expect(Set(everybody) == Set(town.candidates.map(\.application)))
        }
    }

    @Test("no family gains by ranking its schools otherwise than it likes them")
    func truthPays() {
        var generator = SeededGenerator(seed: 404)
        for _ in 0..<200 {
            let town = SmallTown(&generator)
            let honest = allocate(town.candidates, seats: town.seats)
            for (index, child) in town.candidates.enumerated() {
                let liking = { (school: SchoolCode?) in
                    school.flatMap { child.choices.firstIndex(of: $0) } ?? child.choices.count
                }
                for _ in 0..<3 {
                    var lie = child.choices.shuffled(using: &generator)
                    lie.removeLast(Int.random(in: 0...lie.count, using: &generator))
                    var candidates = town.candidates
                    candidates[index] = SmallTown.copy(child, choices: lie)
                    let told = allocate(candidates, seats: town.seats).placements[child.application]
                    #expect(liking(told) >= liking(honest.placements[child.application]))
                }
            }
        }
    }

    @Test("category comes before rank, rank before the draw")
    func priority() {
        let late = SmallTown.child(1, category: 1, rankKeys: [9], draw: "f", choices: ["P01"])
        let early = SmallTown.child(2, category: 1, rankKeys: [3], draw: "e", choices: ["P01"])
        let lucky = SmallTown.child(3, category: 2, rankKeys: [1], draw: "0", choices: ["P01"])
        let tied = SmallTown.child(4, category: 1, rankKeys: [3], draw: "d", choices: ["P01"])
        let order = allocate([lucky, late, early, tied], seats: ["P01": 0]).unplaced
        #expect(order == [tied, early, late, lucky].map(\.application))
        let one = allocate([lucky, late, early, tied], seats: ["P01": 1])
        #expect(one.placements == [tied.application: "P01"])
    }

    @Test("no seats place nobody; more seats than children give each its first school")
    func extremes() {
        let children = (1...5).map {
            SmallTown.child($0, category: 1, draw: "\($0)", choices: $0.isMultiple(of: 2) ? ["P01", "P02"] : ["P02"])
        }
        let none = allocate(children, seats: ["P01": 0, "P02": 0])
        #expect(none.placements.isEmpty)
        #expect(none.unplaced == children.map(\.application))
        let plenty = allocate(children, seats: ["P01": 9, "P02": 9])
        #expect(plenty.unplaced.isEmpty)
        for child in children { #expect(plenty.placements[child.application] == child.choices[0]) }
        #expect(allocate([], seats: ["P01": 3]) == allocate([], seats: [:]))
    }

    @Test("a school nobody names stays empty; one without seats, one named twice and an empty list harm nobody")
    func oddLists() {
        let twice = SmallTown.child(1, category: 2, draw: "5", choices: ["P01", "P01", "P02"])
        let unknown = SmallTown.child(2, category: 1, draw: "6", choices: ["P99", "P01"])
        let nowhere = SmallTown.child(3, category: 1, draw: "1", choices: [])
        let allocation = allocate([twice, unknown, nowhere], seats: ["P01": 1, "P02": 1, "P03": 4])
        #expect(allocation.placements == [unknown.application: "P01", twice.application: "P02"])
        #expect(allocation.unplaced == [nowhere.application])
        let negative = allocate([twice], seats: ["P01": -2, "P02": 1])
        #expect(negative.placements == [twice.application: "P02"])
    }

    @Test("twins tied to one number stand next to each other, and share the last two seats")
    func twins() {
        var generator = SeededGenerator(seed: 405)
        for _ in 0..<50 {
            let others = (1...20).map {
                SmallTown.child($0, category: 1, draw: String(generator.next(), radix: 16), choices: ["P01"])
            }
            let shared = String(generator.next(), radix: 16)
            let twins = [21, 22].map { SmallTown.child($0, category: 1, draw: shared, choices: ["P01"]) }
            let all = (others + twins).shuffled(using: &generator)
            let order = allocate(all, seats: [:]).unplaced
            let places = twins.compactMap { order.firstIndex(of: $0.application) }.sorted()
            #expect(places.count == 2)
            #expect(places.last == places.first.map { $0 + 1 })
            let fitting = allocate(all, seats: ["P01": (places.last ?? 0) + 1])
            #expect(twins.allSatisfy { fitting.placements[$0.application] == "P01" })
        }
    }
}
