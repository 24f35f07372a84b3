/// House numbers as a plan writes them: `49-67号(单号)`, `135、139`, `1-115号(46、48号除外)`.
///
/// The written form is kept beside the set it means, so that an officer sees what was printed and a slip such as a reversed
/// range is found rather than repaired.
public struct WrittenNumbers: Hashable, Sendable, Codable {
    /// One number or one range, both ends included.
    public struct Span: Hashable, Sendable, Codable {
        public let first: Int
        public let last: Int
        /// nil for odd and even alike.
        public let parity: NumberSet.Parity?

        public init(_ first: Int, _ last: Int, _ parity: NumberSet.Parity? = nil) {
            self.first = first
            self.last = last
            self.parity = parity
        }

        public var isReversed: Bool { first > last }

        /// The numbers meant; empty for a reversed range, which means nothing until a person has corrected it.
        public var numbers: NumberSet { isReversed ? NumberSet() : NumberSet(first...last, parity) }
    }

    public var spans: [Span]
    public var exceptions: [Span]
    /// Numbers listed with a 之 or a hyphen of their own, whose plain number is not listed: 46号之一.
    public var subNumbers: [HouseNumber]
    /// False where the text breaks off with … or 等.
    public var isComplete: Bool

    public init(
        _ spans: [Span], except exceptions: [Span] = [], subNumbers: [HouseNumber] = [], isComplete: Bool = true
    ) {
        self.spans = spans
        self.exceptions = exceptions
        self.subNumbers = subNumbers
        self.isComplete = isComplete
    }

    /// The set meant, exceptions taken away.
    public var numbers: NumberSet {
        Self.union(spans).subtracting(Self.union(exceptions))
    }

    /// What is wrong with the text itself, in its order.
    public var problems: [NumberProblem] {
        let written = Self.union(spans)
        return (spans + exceptions).filter(\.isReversed).map { .reversed(first: $0.first, last: $0.last) }
            + exceptions.compactMap { exception in
                exception.numbers.subtracting(written).first.map { .exceptionOutside($0) }
            }
    }

    /// Whether a house is meant. A sub-number goes with its number unless the text lists sub-numbers of that number.
    public func covers(_ house: HouseNumber) -> AreaAnswer {
        guard !(spans + exceptions).contains(where: \.isReversed) else { return .cannotTell([.rangeReversed]) }
        let listed = subNumbers.filter { $0.number == house.number }
        if listed.contains(house) || numbers.contains(house.number) { return .yes }
        if !listed.isEmpty, house.sub == nil { return .cannotTell([.subNumberUnknown]) }
        return isComplete || Self.union(exceptions).contains(house.number) ? .no : .cannotTell([.listIncomplete])
    }

    private static func union(_ spans: [Span]) -> NumberSet { spans.reduce(NumberSet()) { $0.union($1.numbers) } }
}

/// A slip in the numbers of a clause.
public enum NumberProblem: Hashable, Sendable, Codable {
    /// The range runs from the greater to the smaller number.
    case reversed(first: Int, last: Int)
    /// This number is excepted and was never included.
    case exceptionOutside(Int)
}
