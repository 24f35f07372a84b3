import Catchments

extension ApplicationAnswers {
    /// The credential that can tell a fact for this family, or nil where only a person can.
    public func credential(yielding key: FactKey) -> CredentialID? {
        switch key {
        case .householdInCounty, .householdCommunity, .householdKind, .householdRegisteredSince, .householdWithGuardian:
            .household
        case .homeOwned, .homeResidential:
            switch home.kind {
            case .owned: .realEstateTitle
            case .contracted: .purchaseContract
            case .grandparents, .selfBuilt, .rented: nil
            }
        case .parentsOwnNoHome: parents.isEmpty ? nil : .realEstateTitle
        case .permitValid, .permitInCounty, .permitMonths, .permitCommunity: .residencePermit
        case .insuranceMonths: .socialInsurance
        default: nil
        }
    }

    /// Facts that stand on the family's own word: what no register is asked, and what is against its interest.
    public func declaredFacts(divisions: Set<DivisionCode>, at now: Instant) -> FactSheet {
        var values: [FactKey: FactValue] = [
            .homeKind: .code(home.kind.rawValue),
            .homeCommunity: .code(home.community.description),
            .homeInCounty: .flag(divisions.contains(DivisionCode(rawValue: home.community.division))),
        ]
        switch home.kind {
        case .owned, .contracted, .selfBuilt: values[.parentsOwnNoHome] = .flag(false)
        case .grandparents, .rented: values[.homeOwned] = .flag(false)
        }
        return FactSheet(values.map { Self.declared($0.key, $0.value, now) })
    }

    /// The facts the claim would give if every department confirmed it.
    public func claimedFacts(divisions: Set<DivisionCode>, at now: Instant) -> FactSheet {
        var sheet = declaredFacts(divisions: divisions, at: now)
        var values: [FactKey: FactValue] = [
            .householdWithGuardian: .flag(true),
            .householdKind: .code("family"),
            .householdRegisteredSince: .date(child.birthDate),
            .homeResidential: .flag(true),
            .permitValid: .flag(true),
            .permitInCounty: .flag(true),
            .permitMonths: .integer(Self.claimedMonths),
            .permitCommunity: .code(home.community.description),
            .insuranceMonths: .integer(Self.claimedMonths),
        ]
        let household = householdCommunity ?? home.community
        values[.householdInCounty] = .flag(divisions.contains(DivisionCode(rawValue: household.division)))
        values[.householdCommunity] = .code(household.description)
        switch home.kind {
        case .owned, .contracted, .selfBuilt: values[.homeOwned] = .flag(true)
        case .grandparents, .rented: values[.parentsOwnNoHome] = .flag(true)
        }
        for (key, value) in values { sheet.insert(Self.declared(key, value, now)) }
        return sheet
    }

    /// The claim about a credential, with the facts it is asked for.
    public func claim(_ item: CheckPlan.Item) -> CredentialClaim {
        let guardianSubject = ClaimSubject(name: guardian.name, document: guardian.document)
        let childSubject = ClaimSubject(name: child.name, document: child.document)
        switch item.credential {
        case .household:
            let hasNumber = child.document.kind == .idNumber
            return CredentialClaim(
                credential: item.credential, subjects: [hasNumber ? childSubject : guardianSubject],
                fields: householdCommunity.map { [.community: $0.description] } ?? [:], absence: false,
                facts: item.facts)
        case .realEstateTitle where item.facts.contains(.parentsOwnNoHome):
            return CredentialClaim(
                credential: item.credential, subjects: parents, fields: [:], absence: true, facts: item.facts)
        case .realEstateTitle:
            return CredentialClaim(
                credential: item.credential, subjects: [home.owner ?? guardianSubject],
                fields: [
                    .certificateKind: home.certificateKind?.rawValue, .certificateNumber: home.certificateNumber,
                    .community: home.community.description,
                ].compactMapValues(\.self), absence: false, facts: item.facts)
        case .purchaseContract:
            return CredentialClaim(
                credential: item.credential, subjects: [home.owner ?? guardianSubject],
                fields: [.contractNumber: home.contractNumber, .community: home.community.description]
                    .compactMapValues(\.self), absence: false, facts: item.facts)
        default:
            return CredentialClaim(
                credential: item.credential, subjects: [guardianSubject],
                fields: item.credential == .residencePermit ? [.community: home.community.description] : [:],
                absence: false, facts: item.facts)
        }
    }

    /// The child's parents, as far as they are known: nobody where a grandparent or another guardian applies and the
    /// household names no parent.
    public var parents: [ClaimSubject] {
        let applicant: [ClaimSubject] =
            relation == .father || relation == .mother
            ? [ClaimSubject(name: guardian.name, document: guardian.document)] : []
        return applicant + (otherParent.map { [$0] } ?? [])
    }

    /// More months than any rule asks for: a claim says "long enough", and the register says how long.
    private static let claimedMonths = 1200

    private static func declared(_ key: FactKey, _ value: FactValue, _ now: Instant) -> Fact {
        Fact(key: key, state: .known(value), source: .declared, credential: nil, asOf: now.day, fetchedAt: now)
    }
}
