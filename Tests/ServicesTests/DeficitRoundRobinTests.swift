import Services
import Testing

@Suite("Turns between tenants")
struct DeficitRoundRobinTests {
    /// Serves until nobody has work, in batches of at most `room`; who had how much, in order.
    private func serve(
        _ work: [String: Int], weights: [String: Int] = [:], quantum: Int, room: Int, most: Int = .max
    ) -> [(key: String, count: Int)] {
        var left = work
        var turns = DeficitRoundRobin<String>(quantum: quantum)
        for key in work.keys.sorted() { turns.add(key, weight: weights[key] ?? 1) }
        var served: [(key: String, count: Int)] = []
        var total = 0
        while total < most, let (key, allowance) = turns.next(atMost: room) {
            let count = min(allowance, left[key] ?? 0)
            left[key] = (left[key] ?? 0) - count
            served.append((key: key, count: count))
            total += count
            if left[key] == 0 { turns.remove(key) } else { turns.serve(count, of: key) }
        }
        return served
    }

    @Test(
        "a tenant with seven times the work does not delay the others",
        arguments: [(1, 1), (4, 3), (16, 64), (16, 5), (500, 2000)])
    func skew(quantum: Int, room: Int) {
        let share = 200
        let small = (1...20).map { "small-\($0)" }
        let work = Dictionary(uniqueKeysWithValues: small.map { ($0, share) })
            .merging(["large": 7 * share]) { one, _ in one }
        let served = serve(work, quantum: quantum, room: room)
        #expect(served.map(\.count).reduce(0, +) == 27 * share)
        // When the last of the small ones has all it wants, the large one has had no more than a turn over as much.
        let end = served.lastIndex { $0.key != "large" } ?? 0
        let large = served[...end].filter { $0.key == "large" }.map(\.count).reduce(0, +)
        #expect(large <= share + quantum)
    }

    @Test("at any time those who have work have had as much as each other, but for one turn", arguments: [1, 7, 16])
    func evenly(quantum: Int) {
        for room in [1, 5, 16, 40] {
            for most in stride(from: 100, to: 2000, by: 173) {
                let served = serve(["a": 5000, "b": 1000, "c": 900], quantum: quantum, room: room, most: most)
                var counts: [String: Int] = ["a": 0, "b": 0, "c": 0]
                for turn in served { counts[turn.key, default: 0] += turn.count }
                let (least, most) = (counts.values.min() ?? 0, counts.values.max() ?? 0)
                #expect(most - least <= quantum)
            }
        }
    }

    @Test("weights give in proportion")
    func weights() {
        let served = serve(["a": 9000, "b": 9000], weights: ["a": 3], quantum: 10, room: 7, most: 4000)
        let large = served.filter { $0.key == "a" }.map(\.count).reduce(0, +)
        #expect(abs(large - 3000) <= 30)
    }

    @Test("who was idle builds no credit, and comes after those who waited")
    func idle() {
        var turns = DeficitRoundRobin<String>(quantum: 10)
        turns.add("a")
        turns.add("b")
        let first = turns.next(atMost: 4)
        #expect(first?.key == "a" && first?.allowance == 4)
        turns.serve(4, of: "a")
        // Six are left of the turn; leaving takes them away.
        turns.remove("a")
        turns.add("a")
        #expect(turns.keys == ["b", "a"])
        let second = turns.next(atMost: 99)
        turns.serve(second?.allowance ?? 0, of: "b")
        let third = turns.next(atMost: 99)
        #expect(third?.key == "a" && third?.allowance == 10)
    }

    @Test("who is alone is not held to turns, and nobody's turn comes when nobody has work")
    func alone() {
        var turns = DeficitRoundRobin<String>(quantum: 2)
        let none = turns.next(atMost: 5)
        #expect(none?.key == nil)
        turns.add("a")
        let only = turns.next(atMost: 500)
        #expect(only?.allowance == 500)
        turns.serve(500, of: "a")
        #expect(!turns.isEmpty)
    }
}
