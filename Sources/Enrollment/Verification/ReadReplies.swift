public import Catchments

/// What a register's answer is read against.
public struct VerificationContext: Sendable {
    /// Divisions the tenant serves.
    public let divisions: Set<DivisionCode>
    /// The day from which held and paid months are counted back.
    public let monthsReference: CivilDate
    public let today: CivilDate
    public let gazetteer: Gazetteer
    public let answers: ApplicationAnswers

    public init(
        divisions: Set<DivisionCode>, monthsReference: CivilDate, today: CivilDate, gazetteer: Gazetteer,
        answers: ApplicationAnswers
    ) {
        self.divisions = divisions
        self.monthsReference = monthsReference
        self.today = today
        self.gazetteer = gazetteer
        self.answers = answers
    }
}

/// What a check found, and the facts it yields.
public struct CheckReading: Hashable, Sendable {
    public let outcome: CheckOutcome
    public let facts: [FactKey: FactState]
    /// The register's records, for the officer's side-by-side view; sealed before they are stored.
    public let records: [RegisterRecord]

    init(_ outcome: CheckOutcome, facts: [FactKey: FactValue], records: [RegisterRecord]) {
        self.outcome = outcome
        self.facts = facts.mapValues { .known($0) }
        self.records = records
    }

    /// A reading in which every fact the claim was asked for stays unknown.
    init(_ outcome: CheckOutcome, claim: CredentialClaim, reason: UnknownReason, records: [RegisterRecord] = []) {
        self.outcome = outcome
        facts = Dictionary(claim.facts.map { ($0, .unknown(reason)) }, uniquingKeysWith: { first, _ in first })
        self.records = records
    }
}

/// Reads departments' replies, one for each of the claim's subjects in their order. A register that refutes or does not
/// find leaves the claim's facts disputed, never false.
public func readReplies(
    _ replies: [SourceReply], to claim: CredentialClaim, in context: VerificationContext
) -> CheckReading {
    guard !claim.subjects.isEmpty, replies.count == claim.subjects.count else {
        return CheckReading(.notSupported, claim: claim, reason: .notSupported)
    }
    var answers: [(ClaimSubject, [RegisterRecord])] = []
    for (subject, reply) in zip(claim.subjects, replies) {
        switch reply {
        case .records(let records): answers.append((subject, records))
        case .unavailable(let cause): return CheckReading(.unavailable(cause), claim: claim, reason: .sourceDown)
        case .queued: return CheckReading(.queued, claim: claim, reason: .waiting)
        case .notSupported: return CheckReading(.notSupported, claim: claim, reason: .notSupported)
        }
    }
    let records = answers.flatMap(\.1)
    switch claim.credential {
    case .household: return readHousehold(records, claim, context)
    case .realEstateTitle:
        return claim.absence ? readAbsence(records, claim, context) : readTitle(answers[0], claim, context)
    case .purchaseContract: return readContract(records, claim, context)
    case .residencePermit: return readPermit(records, claim, context)
    case .socialInsurance: return readInsurance(records, claim, context)
    default: return CheckReading(.notSupported, claim: claim, reason: .notSupported)
    }
}

private func readHousehold(
    _ records: [RegisterRecord], _ claim: CredentialClaim, _ context: VerificationContext
) -> CheckReading {
    let child = context.answers.child
    guard child.document.kind == .idNumber else {
        // The register finds children by their number; a child without one is for a person.
        return CheckReading(.notSupported, claim: claim, reason: .notSupported, records: records)
    }
    guard let household = records.first else { return CheckReading(.notFound, claim: claim, reason: .disputed) }
    guard records.count == 1 else { return CheckReading(.multiple, claim: claim, reason: .disputed, records: records) }
    let members = household.records(.members)
    guard let member = members.first(where: { $0.text(.personNumber) == child.document.number }) else {
        return CheckReading(.refuted([.personNumber]), claim: claim, reason: .disputed, records: records)
    }
    guard member.text(.personName) == child.name.value else {
        return CheckReading(.refuted([.personName]), claim: claim, reason: .disputed, records: records)
    }
    guard let community = household.text(.address).flatMap({ context.gazetteer.community(inAddress: $0) }) else {
        return CheckReading(.notSupported, claim: claim, reason: .notSupported, records: records)
    }
    var facts: [FactKey: FactValue] = [
        .householdCommunity: .code(community.description),
        .householdInCounty: .flag(context.divisions.contains(DivisionCode(rawValue: community.division))),
        .householdWithGuardian: .flag(
            members.contains { $0.text(.personNumber) == context.answers.guardian.document.number }),
    ]
    facts[.householdKind] = household.text(.householdKind).map { .code($0) }
    facts[.householdRegisteredSince] = member.date(.registeredSince).map { .date($0) }
    return CheckReading(.confirmed, facts: facts, records: records)
}

private func readTitle(
    _ answer: (subject: ClaimSubject, records: [RegisterRecord]), _ claim: CredentialClaim,
    _ context: VerificationContext
) -> CheckReading {
    let records = answer.records
    guard !records.isEmpty else { return CheckReading(.notFound, claim: claim, reason: .disputed) }
    let claimedNumber = normalizedPaperNumber(claim.fields[.certificateNumber] ?? "")
    let matching = records.filter { normalizedPaperNumber($0.text(.certificateNumber) ?? "") == claimedNumber }
    guard let title = matching.first else {
        return CheckReading(.refuted([.certificateNumber]), claim: claim, reason: .disputed, records: records)
    }
    guard matching.count == 1 else {
        return CheckReading(.multiple, claim: claim, reason: .disputed, records: matching)
    }
    var differing: [FieldName] = []
    if title.text(.certificateKind) != claim.fields[.certificateKind] { differing.append(.certificateKind) }
    if title.text(.ownerName) != answer.subject.name.value { differing.append(.ownerName) }
    return readHome(title, differing, claim, context)
}

private func readContract(
    _ records: [RegisterRecord], _ claim: CredentialClaim, _ context: VerificationContext
) -> CheckReading {
    guard !records.isEmpty else { return CheckReading(.notFound, claim: claim, reason: .disputed) }
    let claimedNumber = normalizedPaperNumber(claim.fields[.contractNumber] ?? "")
    let matching = records.filter { normalizedPaperNumber($0.text(.contractNumber) ?? "") == claimedNumber }
    guard let contract = matching.first else {
        return CheckReading(.refuted([.contractNumber]), claim: claim, reason: .disputed, records: records)
    }
    guard matching.count == 1 else {
        return CheckReading(.multiple, claim: claim, reason: .disputed, records: matching)
    }
    return readHome(contract, contract.text(.contractState) == "filed" ? [] : [.contractState], claim, context)
}

/// The part that a title and a contract share: the place and the use of the building.
private func readHome(
    _ record: RegisterRecord, _ differingSoFar: [FieldName], _ claim: CredentialClaim, _ context: VerificationContext
) -> CheckReading {
    var differing = differingSoFar
    let place = record.text(.address).flatMap { context.gazetteer.community(inAddress: $0) }
    if let place, place.description != claim.fields[.community] { differing.append(.community) }
    guard differing.isEmpty else {
        return CheckReading(.refuted(differing), claim: claim, reason: .disputed, records: [record])
    }
    guard place != nil, let use = record.text(.use) else {
        // The register's address cannot be read by a machine, or it does not say the use: a person looks.
        return CheckReading(.notSupported, claim: claim, reason: .notSupported, records: [record])
    }
    return CheckReading(
        .confirmed, facts: [.homeOwned: .flag(true), .homeResidential: .flag(use == "residential")],
        records: [record])
}

private func readAbsence(
    _ records: [RegisterRecord], _ claim: CredentialClaim, _ context: VerificationContext
) -> CheckReading {
    let here = records.filter { record in
        // A shop or a parking place is no home; where the register does not say the use, it may be one.
        if let use = record.text(.use), use != "residential" { return false }
        // An address that cannot be read may lie here; it is not taken for absence.
        guard let place = record.text(.address).flatMap({ context.gazetteer.community(inAddress: $0) }) else {
            return true
        }
        return context.divisions.contains(DivisionCode(rawValue: place.division))
    }
    guard here.isEmpty else {
        return CheckReading(.refuted([.ownerName]), claim: claim, reason: .disputed, records: here)
    }
    return CheckReading(.confirmed, facts: [.parentsOwnNoHome: .flag(true)], records: [])
}

private func readPermit(
    _ records: [RegisterRecord], _ claim: CredentialClaim, _ context: VerificationContext
) -> CheckReading {
    let permits = records.filter { $0.date(.heldSince) != nil && $0.date(.validUntil) != nil }
    guard
        let permit = permits.max(by: {
            ($0.date(.validUntil) ?? context.today) < ($1.date(.validUntil) ?? context.today)
        }),
        let heldSince = permit.date(.heldSince), let validUntil = permit.date(.validUntil)
    else { return CheckReading(.notFound, claim: claim, reason: .disputed) }
    guard validUntil >= context.today else {
        return CheckReading(.expired, claim: claim, reason: .disputed, records: [permit])
    }
    guard let place = permit.text(.address).flatMap({ context.gazetteer.community(inAddress: $0) }) else {
        return CheckReading(.notSupported, claim: claim, reason: .notSupported, records: [permit])
    }
    return CheckReading(
        .confirmed,
        facts: [
            .permitValid: .flag(true),
            .permitInCounty: .flag(context.divisions.contains(DivisionCode(rawValue: place.division))),
            .permitMonths: .integer(max(0, heldSince.wholeMonths(to: context.monthsReference))),
            .permitCommunity: .code(place.description),
        ],
        records: [permit])
}

private func readInsurance(
    _ records: [RegisterRecord], _ claim: CredentialClaim, _ context: VerificationContext
) -> CheckReading {
    let histories = records.filter { $0.text(.insuranceKind) == "employee_pension" }
    guard !histories.isEmpty else { return CheckReading(.notFound, claim: claim, reason: .disputed, records: records) }
    guard histories.allSatisfy({ $0.fields[.paidMonths] != nil }) else {
        // A history without its list of months is not one of no months.
        return CheckReading(.notSupported, claim: claim, reason: .notSupported, records: histories)
    }
    let months = histories.flatMap { $0.texts(.paidMonths) }
    return CheckReading(
        .confirmed,
        facts: [
            .insuranceMonths: .integer(
                continuousMonths(paid: months, today: context.today, reference: context.monthsReference))
        ],
        records: histories)
}
