/// A tenant's catchments for one stage of schooling: area to school, many to many.
public struct CatchmentPlan: Sendable {
    public let clauses: [CatchmentClause]
    /// What a person or a map has settled once for many homes.
    public let rulings: [AreaRuling]
    private let index: CatchmentIndex
    private let otherSchools: OtherSchoolsAreas

    public init(clauses: [CatchmentClause]) { self.init(clauses: clauses, rulings: []) }

    public init(clauses: [CatchmentClause], rulings: [AreaRuling]) {
        self.clauses = clauses
        self.rulings = rulings
        index = CatchmentIndex(clauses.map(\.area))
        otherSchools = OtherSchoolsAreas(clauses)
    }

    /// Answers for one home of which only the community is known.
    ///
    /// A sentence about the same community turns the whole answer to `needsPerson`: a machine that applied only the
    /// clauses it can read would be guessing. A sentence tied to no community is passed over here.
    /// - Parameter home: the canonical community, or nil when the family's place is free text.
    public func resolve(_ home: Community?) -> CatchmentResolution {
        guard !clauses.isEmpty else { return .needsPerson(.planNotPublished) }
        guard let home else { return .needsPerson(.placeNotCanonical) }
        let address = StandardAddress(division: home.division, township: home.township, community: home)
        return resolve(HomeFacts(address)) { $0.coverage != .sentence(within: nil) }
    }

    /// Answers for one address; see ``resolve(_:)-(HomeFacts)``.
    public func resolve(_ home: StandardAddress) -> CatchmentResolution { resolve(HomeFacts(home)) }

    /// Answers for one home by everything known of it.
    ///
    /// Where a clause that could give a further school cannot be told, the whole answer is `needsPerson` with those
    /// clauses. Clauses that only give what seats are left count when no other gives a school.
    public func resolve(_ home: HomeFacts) -> CatchmentResolution {
        guard !clauses.isEmpty else { return .needsPerson(.planNotPublished) }
        return resolve(home) { _ in true }
    }

    /// Answers for words that may mean several places: their common answer, or a person's question.
    public func resolve(places: [StandardAddress]) -> CatchmentResolution {
        guard !clauses.isEmpty else { return .needsPerson(.planNotPublished) }
        let answers = places.map { resolve($0) }
        guard let first = answers.first else { return .needsPerson(.placeNotCanonical) }
        return answers.allSatisfy { $0 == first } ? first : .needsPerson(.severalPlaces(places))
    }

    /// Clauses by which the home may be given a seat that is left, beside what ``resolve(_:)-(HomeFacts)`` answers.
    public func reserves(_ home: HomeFacts) -> [CatchmentClause] {
        judge(home) { $0.standing.isReserve }.matches
    }

    private func resolve(_ home: HomeFacts, among isAsked: (CatchmentClause) -> Bool) -> CatchmentResolution {
        let byRight = judge(home) { isAsked($0) && !$0.standing.isReserve }
        // A sentence tied to the home's own community stops a machine even where it names a school already found.
        let sentences = byRight.undecided.map(\.clause).filter {
            if case .sentence(let community?) = $0.coverage { return community == home.address.community }
            return false
        }
        guard sentences.isEmpty else { return .needsPerson(.sentence(sentences)) }
        let schools = Set(byRight.matches.map(\.school))
        let open = byRight.undecided.filter { !schools.contains($0.clause.school) }
        guard open.isEmpty else { return .needsPerson(.undecided(open)) }
        switch byRight.matches.count {
        case 0: break
        case 1: return .one(byRight.matches[0])
        default: return .many(byRight.matches)
        }
        let reserve = judge(home) { isAsked($0) && $0.standing.isReserve }
        if !reserve.undecided.isEmpty { return .needsPerson(.undecided(reserve.undecided)) }
        return reserve.matches.isEmpty ? .none : .needsPerson(.reserveOnly(reserve.matches))
    }

    private func judge(
        _ home: HomeFacts, among isAsked: (CatchmentClause) -> Bool
    ) -> (matches: [CatchmentClause], undecided: [UndecidedClause]) {
        let home = settled(home)
        var schools: Set<String> = []
        var matches: [CatchmentClause] = []
        var undecided: [UndecidedClause] = []
        for clause in index.candidates(home).map({ clauses[$0] }) where isAsked(clause) {
            switch otherSchools.covers(clause.area, home) {
            case .yes: if schools.insert(clause.school).inserted { matches.append(clause) }
            case .cannotTell(let doubts): undecided.append(UndecidedClause(clause, doubts))
            case .no: break
            }
        }
        return (matches, undecided)
    }

    /// The home with the plan's rulings; what is settled for the home itself goes before them.
    private func settled(_ home: HomeFacts) -> HomeFacts {
        var result = home
        for ruling in rulings where home.settled[ruling.area] == nil && ruling.place.covers(home) == .yes {
            result.settled[ruling.area] = ruling.isCovered
        }
        return result
    }
}

// The index follows from the clauses, and is neither compared nor written.
extension CatchmentPlan: Hashable, Codable {
    public static func == (left: Self, right: Self) -> Bool {
        left.clauses == right.clauses && left.rulings == right.rulings
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(clauses)
        hasher.combine(rulings)
    }

    private enum CodingKeys: String, CodingKey {
        case clauses, rulings
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            clauses: try values.decode([CatchmentClause].self, forKey: .clauses),
            rulings: try values.decodeIfPresent([AreaRuling].self, forKey: .rulings) ?? [])
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(clauses, forKey: .clauses)
        if !rulings.isEmpty { try values.encode(rulings, forKey: .rulings) }
    }
}
