import Enrollment
import Protection
import Storage
import Tenancy

/// A first submission, read, decided and sealed before any transaction begins. What depends on who the child is in the
/// database follows when intake has found or added it.
struct NewSubmission: Sendable {
    let viewer: Viewer
    let draftID: DraftID
    let draft: Draft
    let filing: FilingPlan
    let keyHash: [UInt8]
    let requestDigest: [UInt8]
    let now: Instant
    let id: ApplicationID
    let child: IntakeRepository.Child
    private let dataKey: [UInt8]
    private let sealedAnswers: [UInt8]
    private let twinGroup: [UInt8]
    private let claims: [ClaimRepository.Row]
    private let jobs: [JobRepository.Row]
    private let facts: [Fact]
    private let reading: DecideAgain.Reading
    private let due: Instant

    var tenant: Tenant { filing.tenant }

    init(_ submission: Submission, as id: ApplicationID) throws {
        let platform = submission.platform
        let (draft, filing, viewer, now) = (submission.draft, submission.filing, submission.viewer, submission.now)
        self.viewer = viewer
        draftID = submission.draftID
        self.draft = draft
        self.filing = filing
        keyHash = submission.keyHash
        requestDigest = submission.requestDigest
        self.now = now
        self.id = id
        child = try platform.vault.child(
            StoredIdentity(
                name: draft.child.name, document: draft.child.document, birthDate: draft.child.birthDate, phone: nil,
                subject: nil),
            guardian: viewer, random: platform.random)
        dataKey = try platform.vault.newDataKey(for: id)
        let sealer = try platform.vault.personSealer(PersonID(bytes: id.bytes), wrappedKey: dataKey)
        sealedAnswers = try sealer.seal(filing.answers, SealContext.answers(id))
        twinGroup = platform.vault.lookupHash("twins", "\(viewer.person)|\(draft.child.birthDate)")
        let writer = RevisionWriter(platform: platform, tenant: filing.tenant, now: now)
        let asked = try filing.plan.needed.map { item in
            try writer.asking(
                item, filing.answers.claim(item), 1, TenantSeason(filing.tenant.code, platform.season), id, sealer)
        }
        claims = asked.map(\.claim)
        jobs = asked.map(\.job)
        facts = filing.declared.all + asked.flatMap(\.facts)
        reading = DecideAgain(platform: platform, tenant: filing.tenant, now: now).read(
            FactSheet(facts), stage: draft.stage, revision: 1, personAsked: false)
        due = platform.clock.real()
    }

    /// The rows of the file, now that it is known who the child is.
    /// - Parameter seatsGiven: whether the round's seats have been given: who qualifies now is placed by the bureau.
    func file(child person: PersonID, seatsGiven: Bool, platform: Platform) -> NewFile {
        let state = seatsGiven && reading.state == .qualified ? ApplicationState.coordination : reading.state
        var events = [EventRow(sequence: 1, type: .submitted, state: .verifying, actor: .family, at: now)]
        if state != .verifying {
            events.append(EventRow(sequence: 2, type: .checked, state: state, actor: .machine, at: now))
        }
        let key = TenantSeason(tenant.code, platform.season)
        return NewFile(
            application: ApplicationRow(
                key: key, id: id, receipt: "", child: person, guardian: viewer.person, stage: draft.stage, state: state,
                stateSince: now, revision: 1,
                ticket: platform.vault.drawTicket(child: person, season: key.season), twinGroup: twinGroup,
                personAsked: false, submittedAt: now, dataKey: dataKey, keySubject: id.bytes,
                category: reading.settledCategory),
            revision: RevisionRow(number: 1, sealedAnswers: sealedAnswers, by: viewer.person, at: now),
            choices: filing.schools.map(\.code), relation: filing.answers.relation, events: events, facts: facts,
            claims: claims, jobs: jobs, decision: reading.row,
            consents: filing.plan.needed.map { ("enrollment.\($0.credential)", ConsentText.version) },
            keyHash: keyHash, requestDigest: requestDigest, due: due)
    }
}

extension Vault {
    /// A child as a person: known by its paper, or by name, birth date and guardian where it had no number before.
    func child(
        _ identity: StoredIdentity, guardian: Viewer, random: RandomSource
    ) throws -> IntakeRepository.Child {
        let id = PersonID(from: random)
        let wrapped = try newDataKey(for: id)
        let named = "\(identity.name)|\(identity.birthDate?.description ?? "")|\(guardian.identity.document.number)"
        return IntakeRepository.Child(
            identifiers: [
                (kind: "document.\(identity.document.kind.rawValue)", value: identity.document.number),
                (kind: "child.named", value: named),
            ].map { .init(kind: $0.kind, keyedHash: lookupHash($0.kind, $0.value)) },
            row: .init(
                id: id, dataKey: wrapped,
                sealedIdentity: try personSealer(id, wrappedKey: wrapped).seal(identity, SealContext.identity(id))))
    }
}
