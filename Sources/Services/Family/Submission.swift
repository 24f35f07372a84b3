import Enrollment
import Foundation
import Protection
import Storage
import Tenancy

/// The transaction of a submission, first or edited.
struct Submission: Sendable {
    let platform: Platform
    let viewer: Viewer
    let draftID: DraftID
    let draft: Draft
    let filing: FilingPlan
    let keyHash: [UInt8]
    let requestDigest: [UInt8]
    let now: Instant

    struct Done: Sendable {
        let receipt: ReceiptNumber
        /// Nil for a repetition, which changed nothing.
        let application: ApplicationID?
    }

    func commit() async throws -> Done {
        guard let edits = draft.edits else { return try await takeIn() }
        return edits.tenant == filing.tenant.code ? try await revise(edits) : try await move(edits)
    }

    /// A child's first application: taken in together with those of other families.
    private func takeIn() async throws -> Done {
        let new = try NewSubmission(self, as: ApplicationID(from: platform.random))
        let outcome: IntakeOutcome
        do {
            outcome = try await platform.intake.take(new, platform: platform)
        } catch StorageError.conflict {
            // The same key, a moment before.
            outcome = .claimed
        }
        guard case .done(let receipt) = outcome else { return try await claimed(new) }
        return Done(receipt: receipt, application: new.id)
    }

    /// What a claim that somebody holds means: the same form sent twice at once, whose first one has been taken in
    /// meanwhile, or a refusal.
    private func claimed(_ new: NewSubmission) async throws -> Done {
        let season = platform.season
        let scope = Scope.filing(viewer.person, filing.tenant.code, season, new.id)
        return try await platform.database.write(scope) { tx in
            if let done = try repeated(tx) { return done }
            throw ServiceError.childClaimed(try ownReceipt(new.child, tx))
        }
    }

    /// The answer to a form that was taken in before.
    private func repeated(_ tx: any Writing) throws -> Done? {
        let earlier = try SubmissionRepository.earlier(
            person: viewer.person, season: platform.season, keyHash: keyHash, in: tx)
        guard let receipt = try Self.receipt(of: earlier, requestDigest: requestDigest) else { return nil }
        try SubmissionRepository.confirm(
            person: viewer.person, season: platform.season, keyHash: keyHash, in: tx)
        return Done(receipt: receipt, application: nil)
    }

    /// Leaves the former county: its claim is released in the transaction that claims for the new one.
    private func move(_ edits: Draft.Edited) async throws -> Done {
        let new = try NewSubmission(self, as: ApplicationID(from: platform.random))
        let tenant = filing.tenant
        let season = platform.season
        return try await platform.database.write(.filing(viewer.person, tenant.code, season, new.id)) { tx in
            if let done = try repeated(tx) { return done }
            try tx.writing(.filing(viewer.person, edits.tenant, season, edits.application)) { tx in
                try withdraw(edits, tx)
            }
            let outcomes = try tx.writing(.intake(tenant.code, season)) { tx in
                try IntakeTransaction(platform: platform).write([[new]], in: tx)
            }
            guard case .done(let receipt) = outcomes.first?.first else {
                throw ServiceError.childClaimed(try ownReceipt(new.child, tx))
            }
            return Done(receipt: receipt, application: new.id)
        }
    }

    private func withdraw(_ edits: Draft.Edited, _ tx: any Writing) throws {
        let key = platform.key(edits.tenant)
        guard let row = try ApplicationRepository.hold(edits.application, of: key, in: tx),
            row.guardian == viewer.person
        else { throw ServiceError.notFound }
        guard row.state.isEditable,
            try ApplicationRepository.record(
                .withdrawn, moving: row.id, of: key, from: row.state, to: .withdrawn, actor: .family, at: now, in: tx)
        else { throw ServiceError.stateChanged(row.state) }
        try SubmissionRepository.release(
            child: row.child, season: key.season, tenant: key.tenant, application: row.id, in: tx)
        try JobRepository.cancel(of: row.id, key, in: tx)
    }

    /// Another revision of an application that stays where it is.
    private func revise(_ edits: Draft.Edited) async throws -> Done {
        let key = platform.key(edits.tenant)
        return try await platform.database.write(
            .filing(viewer.person, key.tenant, key.season, edits.application)
        ) { tx in
            if let done = try repeated(tx) { return done }
            guard let row = try ApplicationRepository.hold(edits.application, of: key, in: tx),
                row.guardian == viewer.person
            else { throw ServiceError.notFound }
            // A draft made before a repair or another edit would undo it in silence.
            guard row.state.isEditable, row.revision == edits.revision else {
                throw ServiceError.stateChanged(row.state)
            }
            let file = try ApplicationFile.open(row, platform: platform, in: tx)
            try NextRevision(platform: platform, viewer: viewer, file: file).write(
                filing.answers, askingAgain: Self.askedAgain(filing, file), event: .edited, in: tx)
            try platform.pin(filing.tenant, at: now, in: tx)
            try recordConsents(row.id, tx)
            try SubmissionRepository.remember(
                keyHash: keyHash, requestDigest: requestDigest, receipt: row.receipt, person: viewer.person,
                season: key.season, at: now, in: tx)
            try DraftRepository.delete(draftID, person: viewer.person, in: tx)
            try platform.audit.record(
                "application.edit", tenant: key.tenant, subject: row.id.description, by: viewer.person.description,
                at: now, in: tx)
            return Done(receipt: row.receipt, application: row.id)
        }
    }

    /// The receipt of an earlier submission under the same key; throws when that one had another content.
    static func receipt(
        of earlier: SubmissionRepository.Earlier?, requestDigest: [UInt8]
    ) throws -> ReceiptNumber? {
        guard let earlier else { return nil }
        guard earlier.requestDigest == requestDigest else { throw ServiceError.submissionKeyReused }
        return earlier.receipt
    }

    /// Credentials about which an edit says something else than before, or whose check did not confirm the claim.
    private static func askedAgain(_ filing: FilingPlan, _ file: ApplicationFile) -> Set<CredentialID> {
        let unchanged = filing.plan.needed.filter { item in
            file.claims.contains { opened in
                opened.claim == filing.answers.claim(item)
                    && [.confirmed, .waiting, .sourceDown, .queued].contains(opened.status)
            }
        }
        let all = file.claims.map(\.row.credential) + filing.plan.needed.map(\.credential)
        return Set(all).subtracting(unchanged.map(\.credential))
    }

    /// The receipt of the live application of this child that the viewer filed; nil when somebody else did.
    private func ownReceipt(_ child: IntakeRepository.Child, _ tx: any Reading) throws -> ReceiptNumber? {
        let season = platform.season
        let people = try child.identifiers.compactMap {
            try PersonRepository.find(kind: $0.kind, keyedHash: $0.keyedHash, in: tx)
        }
        for entry in try SubmissionRepository.entries(of: viewer.person, season: season, in: tx)
        where people.contains(entry.child) {
            let claim = try tx.reading(.filing(viewer.person, entry.tenant, season, entry.application)) { tx in
                try SubmissionRepository.claim(on: entry.child, of: TenantSeason(entry.tenant, season), in: tx)
            }
            if claim?.application == entry.application { return entry.receipt }
        }
        return nil
    }

    private func recordConsents(_ application: ApplicationID, _ tx: any Writing) throws {
        for item in filing.plan.needed {
            try PersonRepository.addConsent(
                person: viewer.person, purpose: "enrollment.\(item.credential)", textVersion: ConsentText.version,
                application: application, at: now, in: tx)
        }
    }
}
