import Catchments
import Enrollment

/// Words for facts: their names, what they say when true or false, their values, and where they come from.
struct FactWords: Sendable {
    let words: Words

    init(_ words: Words) { self.words = words }

    /// The fact's name: 住房所在社区.
    func title(_ key: FactKey) -> String {
        FactVocabulary.description(of: key).map { words($0.words) } ?? key.rawValue
    }

    /// What a yes-or-no fact says: 孩子的户口不在本地.
    func clause(_ key: FactKey, _ flag: Bool) -> String { words("fact.\(key).\(flag ? "yes" : "no")") }

    /// What an officer is asked about an open fact.
    func question(_ description: FactDescription) -> String {
        description.type == .flag ? words("fact.\(description.key).question") : title(description.key)
    }

    /// A value as people write it; a community by township and name.
    func value(_ key: FactKey, _ value: FactValue) -> String {
        switch value {
        case .flag(let flag): words(flag ? "value.yes" : "value.no")
        case .integer(let number): words("value.months", ["n": "\(number)"])
        case .date(let date): DateWords(words).day(date)
        case .code(let code): self.code(key, code)
        }
    }

    /// The choice a code stands for.
    func code(_ key: FactKey, _ code: String) -> String {
        if let community = Community(canonical: code) { return "\(community.township) \(community.name)" }
        switch key {
        case .homeKind: return words("home_kind.\(code)")
        case .householdKind: return words("value.household_kind.\(code)")
        default: return code
        }
    }

    /// The whole fact in a clause: 孩子的户口在本地, or 居住证连续持有的月数: 15 个月.
    func sentence(_ fact: Fact) -> String {
        switch fact.state {
        case .known(.flag(let flag)): clause(fact.key, flag)
        case .known(let value): words("fact_stated", ["fact": title(fact.key), "value": self.value(fact.key, value)])
        case .unknown(let reason): words("fact_stated", ["fact": title(fact.key), "value": unknown(reason)])
        }
    }

    /// Why it is not known.
    func unknown(_ reason: UnknownReason) -> String { words("unknown.\(reason.rawValue)") }

    /// Who says so: the family, a register by its department, or officers.
    func source(_ fact: Fact, connectors: [Connector]) -> String {
        guard fact.source == .check || fact.source == .acceptance,
            let connector = connectors.first(where: { $0.credential == fact.credential })
        else { return words("fact_source.\(fact.source.rawValue)") }
        return words(
            "fact_source_of.\(fact.source.rawValue)",
            ["department": words(connector.department), "title": words(connector.title)])
    }
}
