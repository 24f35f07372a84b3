import Catchments
import Enrollment

extension FactSheet {
    /// A sheet of facts as departments confirmed them.
    init(known values: [FactKey: FactValue], unknown reasons: [FactKey: UnknownReason] = [:]) {
        self.init(
            values.map { Fact.sample($0.key, .known($0.value)) }
                + reasons.map { Fact.sample($0.key, .unknown($0.value)) })
    }

    /// The same sheet with some facts otherwise.
    func with(_ values: [FactKey: FactValue?], because reason: UnknownReason = .notAsked) -> FactSheet {
        var facts = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })
        for (key, value) in values {
            facts[key] = Fact.sample(key, value.map { .known($0) } ?? .unknown(reason))
        }
        return FactSheet(facts.values)
    }
}

extension Fact {
    static func sample(
        _ key: FactKey, _ state: FactState, source: FactSource = .check, fetchedAt milliseconds: Int64 = 0
    ) -> Fact {
        Fact(
            key: key, state: state, source: source, credential: nil, asOf: CivilDate(dayNumber: 20_640),
            fetchedAt: Instant(milliseconds: milliseconds))
    }
}

/// What every register says of a family that has all of everything.
enum SampleFacts {
    static let owner: [FactKey: FactValue] = [
        .householdInCounty: .flag(true), .householdCommunity: .code(Place.jintao.description),
        .householdWithGuardian: .flag(true), .homeCommunity: .code(Place.jintao.description),
        .homeInCounty: .flag(true), .homeOwned: .flag(true), .homeResidential: .flag(true),
        .parentsOwnNoHome: .flag(false),
    ]

    static let newcomer: [FactKey: FactValue] = [
        .householdInCounty: .flag(false), .householdCommunity: .code(Place.elsewhere.description),
        .householdWithGuardian: .flag(true), .homeCommunity: .code(Place.fumin.description),
        .homeInCounty: .flag(true), .homeOwned: .flag(false), .parentsOwnNoHome: .flag(true),
        .permitValid: .flag(true), .permitInCounty: .flag(true), .permitMonths: .integer(12),
        .permitCommunity: .code(Place.fumin.description), .insuranceMonths: .integer(12),
    ]
}
