/// All facts about one application, one effective fact a key: a finding outranks an acceptance, which outranks a check,
/// which outranks a declaration; of two facts of one source the later fetched stands.
public struct FactSheet: Hashable, Sendable, Codable {
    private var effective: [FactKey: Fact] = [:]

    public init(_ facts: some Sequence<Fact> = []) {
        for fact in facts { insert(fact) }
    }

    /// Adds a fact; it takes effect unless a stronger one stands.
    public mutating func insert(_ fact: Fact) {
        if let standing = effective[fact.key] {
            if standing.source > fact.source { return }
            if standing.source == fact.source, standing.fetchedAt > fact.fetchedAt { return }
        }
        effective[fact.key] = fact
    }

    /// The effective fact, with its provenance.
    public func fact(_ key: FactKey) -> Fact? { effective[key] }

    /// The effective state; a fact nobody has asked for is unknown.
    public func state(_ key: FactKey) -> FactState { effective[key]?.state ?? .unknown(.notAsked) }

    /// Facts in the order of their keys.
    public var all: [Fact] { effective.values.sorted { $0.key < $1.key } }

    /// One line a fact, `key=value` or `key=?`, in the order of keys: what a decision is reproduced from.
    public var canonicalText: String {
        all.map { fact in
            switch fact.state {
            case .known(let value): "\(fact.key)=\(value.encoded)"
            case .unknown(let reason): "\(fact.key)=?\(reason.rawValue)"
            }
        }.joined(separator: "\n")
    }

    /// The same sheet with one fact replaced, whatever its source.
    public func replacing(_ key: FactKey, with value: FactValue) -> FactSheet {
        var copy = self
        let standing = effective[key]
        copy.effective[key] = Fact(
            key: key, state: .known(value), source: standing?.source ?? .declared, credential: standing?.credential,
            asOf: standing?.asOf ?? CivilDate(dayNumber: 0), fetchedAt: standing?.fetchedAt ?? Instant(milliseconds: 0))
        return copy
    }
}
