/// A set of house numbers from 0 to ``limit``, in exact integer arithmetic.
///
/// Odd and even numbers are kept apart, each as sorted ranges that neither touch nor overlap. So a set has one form, and
/// equal sets are equal values however they were written.
public struct NumberSet: Hashable, Sendable {
    /// Which numbers of a range are meant.
    public enum Parity: String, Hashable, Sendable, Codable, CaseIterable {
        /// 单号
        case odd
        /// 双号
        case even
    }

    /// The greatest number a set holds; greater ones are dropped.
    public static let limit = 1_000_000_000

    /// Ranges of k where 2k + 1 is in the set.
    private let odd: [ClosedRange<Int>]
    /// Ranges of k where 2k is in the set.
    private let even: [ClosedRange<Int>]

    private init(odd: [ClosedRange<Int>], even: [ClosedRange<Int>]) {
        self.odd = odd
        self.even = even
    }

    /// The empty set.
    public init() { self.init(odd: [], even: []) }

    /// Every number of a range, or every odd or even one.
    public init(_ range: ClosedRange<Int>, _ parity: Parity? = nil) {
        let low = max(0, range.lowerBound)
        let high = min(Self.limit, range.upperBound)
        let odd = Self.range(from: low / 2, to: (high + 1) / 2 - 1)
        let even = Self.range(from: low / 2 + low % 2, to: high / 2)
        let isEmpty = low > high
        self.init(odd: isEmpty || parity == .even ? [] : odd, even: isEmpty || parity == .odd ? [] : even)
    }

    /// The numbers of a list.
    public init(_ numbers: some Sequence<Int>) {
        self = numbers.reduce(NumberSet()) { $0.union(NumberSet($1...$1)) }
    }

    public var isEmpty: Bool { odd.isEmpty && even.isEmpty }

    /// How many numbers the set holds.
    public var count: Int { (odd + even).reduce(0) { $0 + $1.count } }

    /// The lowest number, or nil for the empty set.
    public var first: Int? {
        [odd.first.map { 2 * $0.lowerBound + 1 }, even.first.map { 2 * $0.lowerBound }].compactMap { $0 }.min()
    }

    /// The highest number, or nil for the empty set.
    public var last: Int? {
        [odd.last.map { 2 * $0.upperBound + 1 }, even.last.map { 2 * $0.upperBound }].compactMap { $0 }.max()
    }

    public func contains(_ number: Int) -> Bool {
        guard number >= 0 else { return false }
        let ranges = number.isMultiple(of: 2) ? even : odd
        let key = number / 2
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < key { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(key)
    }

    /// The numbers in either set.
    public func union(_ other: Self) -> Self {
        Self(odd: Self.normalised(odd + other.odd), even: Self.normalised(even + other.even))
    }

    /// The numbers in both sets.
    public func intersection(_ other: Self) -> Self {
        Self(odd: Self.common(odd, other.odd), even: Self.common(even, other.even))
    }

    /// The numbers in this set and not in the other.
    public func subtracting(_ other: Self) -> Self {
        Self(odd: Self.difference(odd, other.odd), even: Self.difference(even, other.even))
    }

    /// Whether some number is in both sets.
    public func intersects(_ other: Self) -> Bool { !intersection(other).isEmpty }

    public func isSubset(of other: Self) -> Bool { subtracting(other).isEmpty }

    private static func range(from low: Int, to high: Int) -> [ClosedRange<Int>] { low <= high ? [low...high] : [] }

    private static func normalised(_ ranges: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            guard let last = result.last, range.lowerBound <= last.upperBound + 1 else {
                result.append(range)
                continue
            }
            result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
        }
        return result
    }

    private static func common(_ left: [ClosedRange<Int>], _ right: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            result += range(
                from: max(left[i].lowerBound, right[j].lowerBound), to: min(left[i].upperBound, right[j].upperBound))
            if left[i].upperBound < right[j].upperBound { i += 1 } else { j += 1 }
        }
        return result
    }

    private static func difference(_ left: [ClosedRange<Int>], _ right: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        for whole in left {
            var low = whole.lowerBound
            for hole in right where hole.upperBound >= low && hole.lowerBound <= whole.upperBound {
                result += range(from: low, to: hole.lowerBound - 1)
                low = hole.upperBound + 1
            }
            result += range(from: low, to: whole.upperBound)
        }
        return result
    }
}
