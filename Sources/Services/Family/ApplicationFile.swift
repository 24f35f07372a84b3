import Catchments
import Enrollment
import Storage
import Tenancy

/// Everything stored about one application, opened: what the family's page and the officer's page are made from.
struct ApplicationFile: Sendable {
    let row: ApplicationRow
    let tenant: Tenant
    let answers: ApplicationAnswers
    let claims: [OpenedClaim]
    let facts: FactSheet
    let decision: Decision
    let decidedAt: Instant?
    /// When the current revision was made.
    let revisedAt: Instant
    let ranking: [SchoolCode]
    let reviews: [(review: ReviewRepository.Review, reason: String)]
    let notes: [(note: ReviewRepository.Note, words: CaseNote)]
    let findings: [(finding: ReviewRepository.Finding, reason: String)]
    let attachments: [AttachmentRow]
    let events: [EventRow]
    let run: AdmissionRepository.Run?
    let offer: OfferRepository.Row?
    let rosterEntry: AdmissionRepository.RosterEntry?

    struct OpenedClaim: Sendable {
        let row: ClaimRepository.Row
        let claim: CredentialClaim
        let status: CredentialStatus
    }

    /// Opens an application's file. The decision is computed again from the stored facts: it is a pure function, and so
    /// the page can show its trace.
    static func open(_ row: ApplicationRow, platform: Platform, in tx: any Reading) throws -> ApplicationFile {
        let key = row.key
        guard let tenant = platform.tenants().tenant(key.tenant) else { throw ServiceError.notFound }
        let sealer = try platform.vault.sealer(of: row)
        let claims = try ClaimRepository.list(of: row.id, revision: row.revision, key, in: tx).map { claim in
            OpenedClaim(
                row: claim, claim: try sealer.open(claim.sealedClaim, SealContext.claim(row.id, claim.credential)),
                status: CredentialStatus(rawValue: claim.status) ?? .waiting)
        }
        let facts = FactSheet(try FactRepository.list(of: row.id, revision: row.revision, key, in: tx))
        let decision = decide(
            DecisionInput(policy: tenant.policy, catchments: tenant.catchmentPlan(row.stage), facts: facts))
        let run = try AdmissionRepository.run(of: key, in: tx)
        let released = run?.releasedAt == nil ? nil : run
        return ApplicationFile(
            row: row, tenant: tenant, answers: try platform.answers(of: row, in: tx), claims: claims, facts: facts,
            decision: decision,
            decidedAt: try DecisionRepository.latest(of: row.id, key, in: tx)?.at,
            revisedAt: try ApplicationRepository.revision(row.revision, of: row.id, key, in: tx)?.at ?? row.submittedAt,
            ranking: try ApplicationRepository.choices(of: row.id, revision: row.revision, key, in: tx),
            reviews: try ReviewRepository.reviews(of: row.id, revision: row.revision, key, in: tx).map {
                ($0, try sealer.open($0.sealedReason, SealContext.reason(row.id)))
            },
            notes: try ReviewRepository.notes(of: row.id, key, in: tx).map {
                ($0, try sealer.open($0.sealedText, SealContext.note(row.id)))
            },
            findings: try ReviewRepository.findings(of: row.id, revision: row.revision, key, in: tx).map {
                ($0, try sealer.open($0.sealedReason, SealContext.reason(row.id)))
            },
            attachments: try ApplicationRepository.attachments(of: row.id, key, in: tx),
            events: try ApplicationRepository.events(of: row.id, key, in: tx), run: released,
            offer: try released.flatMap { _ in try OfferRepository.find(application: row.id, of: key, in: tx) },
            rosterEntry: try released.flatMap {
                try AdmissionRepository.rosterEntry(row.id, run: $0.id, of: key, in: tx)
            })
    }

    /// What the family sees. Nothing of a run shows before it is released.
    func view(platform: Platform) -> ApplicationView {
        let window = tenant.policy.calendar.window(on: platform.clock.business().day)
        return ApplicationView(
            id: row.id, receipt: row.receipt, tenant: tenant, state: row.state, revision: row.revision,
            submittedAt: row.submittedAt, answers: answers,
            credentials: platform.tenants().connectors.map { credentialView($0) }, decision: decision,
            decidedAt: decidedAt, category: decision.category.flatMap { tenant.policy.category($0) },
            schools: orderedSchools(decision.catchment?.schools ?? [], ranking: ranking, tenant: tenant),
            facts: facts.all, versionHash: tenant.versionHash, window: window,
            canEdit: row.state.isEditable && window == .open, canWithdraw: row.state.isEditable,
            supplementNote: row.state == .supplementRequested
                ? notes.last { $0.note.author == "officer" }?.words.text : nil,
            reviews: reviews.compactMap { entry in
                ReviewView.Stage(rawValue: entry.review.stage).map {
                    ReviewView(stage: $0, verdict: entry.review.verdict, reason: entry.reason, at: entry.review.at)
                }
            },
            offer: offerView(today: platform.clock.business().day),
            attachments: attachments.map {
                AttachmentView(id: $0.id, mediaType: $0.mediaType, bytes: $0.size, at: $0.at)
            },
            history: events.map {
                HistoryEntry(type: $0.type, state: $0.state, at: $0.at, actor: $0.actor.rawValue)
            },
            verificationMilliseconds: row.settledAt.map { $0.milliseconds - revisedAt.milliseconds },
            departmentMilliseconds: row.departmentMilliseconds.map(Int64.init))
    }

    private func credentialView(_ connector: Connector) -> CredentialView {
        guard let opened = claims.first(where: { $0.row.credential == connector.credential }) else {
            return CredentialView(
                connector: connector, status: .notNeeded, fields: [], checkedAt: nil, retryAt: nil, canRepair: false,
                canAccept: false, canAskPerson: false, claimed: [:], absence: false)
        }
        let disputed = opened.isDisputed
        let open = row.state.isUnresolved
        return CredentialView(
            connector: connector, status: opened.status, fields: opened.row.differing, checkedAt: opened.row.checkedAt,
            retryAt: opened.row.retryAt, canRepair: open && disputed && opened.isRepairable,
            canAccept: open && disputed && connector.credential != .household,
            canAskPerson: open && opened.status != .confirmed && opened.status != .accepted && opened.status != .person,
            claimed: opened.claim.fields, absence: opened.claim.absence)
    }

    private func offerView(today: CivilDate) -> OfferView? {
        guard let offer, let school = tenant.school(offer.school) else { return nil }
        var state = OfferView.State(rawValue: offer.state) ?? .open
        if state == .open, today > offer.until { state = .expired }
        return OfferView(
            id: offer.id, school: school, state: state, until: offer.until, conditional: offer.conditional,
            drawNumber: rosterEntry?.candidate.drawNumber)
    }
}

extension ApplicationFile.OpenedClaim {
    /// Whether a register leaves the claim in doubt.
    var isDisputed: Bool {
        switch status {
        case .differs, .notFound, .multiple, .expired: true
        default: false
        }
    }

    /// Whether the family stated something that it can correct.
    var isRepairable: Bool {
        !claim.absence && (row.credential == .realEstateTitle || row.credential == .purchaseContract)
    }
}
