import Catchments
import Testing

@Suite struct NumberSetTests {
    /// A small generator with a fixed seed, so that a failure comes back.
    private struct Draws: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static func sample(_ draws: inout Draws) -> (set: NumberSet, oracle: Set<Int>) {
        var set = NumberSet()
        var oracle: Set<Int> = []
        for _ in 0..<Int.random(in: 0...5, using: &draws) {
            let low = Int.random(in: 0...40, using: &draws)
            let high = low + Int.random(in: 0...12, using: &draws)
            let parity = [nil, NumberSet.Parity.odd, .even].randomElement(using: &draws) ?? nil
            let numbers = (low...high).filter { parity == nil || $0.isMultiple(of: 2) == (parity == .even) }
            let part = NumberSet(low...high, parity)
            if Bool.random(using: &draws) {
                (set, oracle) = (set.union(part), oracle.union(numbers))
            } else {
                (set, oracle) = (set.subtracting(part), oracle.subtracting(numbers))
            }
        }
        return (set, oracle)
    }

    private static func agree(_ set: NumberSet, _ oracle: Set<Int>) -> Bool {
        (0...60).allSatisfy { set.contains($0) == oracle.contains($0) } && set.count == oracle.count
            && set.first == oracle.min() && set.last == oracle.max() && set.isEmpty == oracle.isEmpty
    }

    @Test("union, intersection, difference, subset and equality agree with plain sets of integers")
    func oracle() {
        var draws = Draws(state: 4)
        for round in 0..<2_000 {
            let (left, plainLeft) = Self.sample(&draws)
            let (right, plainRight) = Self.sample(&draws)
            #expect(Self.agree(left, plainLeft), "round \(round)")
            #expect(Self.agree(left.union(right), plainLeft.union(plainRight)), "round \(round)")
            #expect(Self.agree(left.intersection(right), plainLeft.intersection(plainRight)), "round \(round)")
            #expect(Self.agree(left.subtracting(right), plainLeft.subtracting(plainRight)), "round \(round)")
            #expect(left.intersects(right) == !plainLeft.isDisjoint(with: plainRight), "round \(round)")
            #expect(left.isSubset(of: right) == plainLeft.isSubset(of: plainRight), "round \(round)")
            #expect((left == right) == (plainLeft == plainRight), "round \(round)")
            #expect(NumberSet(plainLeft.sorted()) == left, "round \(round)")
        }
    }

    @Test("one set has one form, however it was written")
    func oneForm() {
        #expect(NumberSet(1...9, .odd).union(NumberSet(2...8, .even)) == NumberSet(1...9))
        #expect(NumberSet(1...3).union(NumberSet(4...9)) == NumberSet(1...9))
        #expect(NumberSet([3, 1, 2, 3]) == NumberSet(1...3))
        #expect(NumberSet(2...2, .odd).isEmpty && NumberSet(2...2, .odd) == NumberSet())
    }

    @Test("numbers beyond what a set holds are dropped, and nothing overflows")
    func limits() {
        #expect(NumberSet(Int.min...3) == NumberSet(0...3))
        #expect(NumberSet(0...Int.max).last == NumberSet.limit)
        #expect(NumberSet(0...Int.max).count == NumberSet.limit + 1)
        #expect(NumberSet(Int.max...Int.max).isEmpty && NumberSet(-9 ... -1).isEmpty)
        #expect(!NumberSet(0...9).contains(-1))
    }
}
