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
        let application: ApplicationID
    }

    func commit() async throws -> Done {
        let season = platform.season
        let tenant = filing.tenant.code
        var scope = Scope.filing(viewer.person, tenant, season)
        if let edits = draft.edits, edits.tenant != tenant {
            scope = .moving(viewer.person, from: edits.tenant, to: tenant, season)
        }
        return try await platform.database.write(scope) { tx in
            let earlier = try SubmissionRepository.earlier(
                person: viewer.person, season: season, keyHash: keyHash, in: tx)
            if let receipt = try Self.receipt(of: earlier, requestDigest: requestDigest) {
                // This one kept the draft again after the first had used it up.
                try DraftRepository.delete(draftID, person: viewer.person, in: tx)
                return Done(receipt: receipt, application: ApplicationID(high: 0, low: 0))
            }
            let done: Done
            if let edits = draft.edits, edits.tenant == tenant {
                done = try revise(edits, tx)
            } else {
                if let edits = draft.edits { try withdraw(edits, tx) }
                done = try insert(tx)
            }
            try platform.pin(filing.tenant, at: now, in: tx)
            try recordConsents(done.application, tx)
            try SubmissionRepository.remember(
                keyHash: keyHash, requestDigest: requestDigest, receipt: done.receipt, person: viewer.person,
                season: season, at: now, in: tx)
            try DraftRepository.delete(draftID, person: viewer.person, in: tx)
            try platform.audit.record(
                draft.edits == nil ? "application.submit" : "application.edit", tenant: tenant,
                subject: done.application.description, by: viewer.person.description, at: now, in: tx)
            return done
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

    private func insert(_ tx: any Writing) throws -> Done {
        let key = platform.key(filing.tenant.code)
        let child = try childPerson(tx)
        let id = ApplicationID(from: platform.random)
        guard
            try SubmissionRepository.claim(
                child: child, season: key.season, tenant: key.tenant, application: id, in: tx)
        else { throw ServiceError.childClaimed(try ownReceipt(child, tx)) }
        let receipt = try freshReceipt(key, tx)
        let twins = platform.vault.lookupHash("twins", "\(viewer.person)|\(draft.child.birthDate)")
        let row = ApplicationRow(
            key: key, id: id, receipt: receipt, child: child, guardian: viewer.person, stage: draft.stage,
            state: .verifying, stateSince: now, revision: 1,
            ticket: platform.vault.drawTicket(child: child, season: key.season), twinGroup: twins, personAsked: false,
            submittedAt: now)
        try ApplicationRepository.insert(row, in: tx)
        try ApplicationRepository.append(
            .submitted, to: id, of: key, state: .verifying, actor: .family, at: now, in: tx)
        try SubmissionRepository.index(
            .init(tenant: key.tenant, application: id, receipt: receipt), person: viewer.person, season: key.season,
            in: tx)
        try PersonRepository.setGuardianship(
            guardian: viewer.person, child: child, relation: filing.answers.relation, source: "declared", at: now,
            in: tx)
        try RevisionWriter(platform: platform, tenant: filing.tenant, now: now).write(
            filing, number: 1, of: row, by: viewer.person, in: tx)
        return Done(receipt: receipt, application: id)
    }

    private func revise(_ edits: Draft.Edited, _ tx: any Writing) throws -> Done {
        let key = platform.key(edits.tenant)
        guard let row = try ApplicationRepository.find(edits.application, of: key, in: tx),
            row.guardian == viewer.person
        else { throw ServiceError.notFound }
        // A draft made before a repair or another edit would undo it in silence.
        guard row.state.isEditable, row.revision == edits.revision else { throw ServiceError.stateChanged(row.state) }
        let file = try ApplicationFile.open(row, platform: platform, in: tx)
        try NextRevision(platform: platform, viewer: viewer, file: file).write(
            filing.answers, askingAgain: Self.askedAgain(filing, file), event: .edited, in: tx)
        return Done(receipt: row.receipt, application: row.id)
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

    /// Leaves the former county: its claim is released in the transaction that claims for the new one.
    private func withdraw(_ edits: Draft.Edited, _ tx: any Writing) throws {
        let key = platform.key(edits.tenant)
        guard let row = try ApplicationRepository.find(edits.application, of: key, in: tx),
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

    /// The child as a person: found by its paper, or by name, birth date and guardian for one who had no number before.
    private func childPerson(_ tx: any Writing) throws -> PersonID {
        let child = draft.child
        let named = "\(child.name)|\(child.birthDate)|\(viewer.identity.document.number)"
        return try platform.vault.findOrAdd(
            StoredIdentity(
                name: child.name, document: child.document, birthDate: child.birthDate, phone: nil, subject: nil),
            otherIdentifiers: [(kind: "child.named", value: named)], random: platform.random, at: now, in: tx)
    }

    private func ownReceipt(_ child: PersonID, _ tx: any Writing) throws -> ReceiptNumber? {
        guard let claim = try SubmissionRepository.claim(on: child, season: platform.season, in: tx) else { return nil }
        return try SubmissionRepository.entries(of: viewer.person, season: platform.season, in: tx)
            .first { $0.application == claim.application }?.receipt
    }

    private func freshReceipt(_ key: TenantSeason, _ tx: any Writing) throws -> ReceiptNumber {
        while true {
            let receipt = ReceiptNumber.make(tenant: key.tenant, season: key.season, random: platform.random)
            if try ApplicationRepository.find(receipt: receipt, of: key, in: tx) == nil { return receipt }
        }
    }

    private func recordConsents(_ application: ApplicationID, _ tx: any Writing) throws {
        for item in filing.plan.needed {
            try PersonRepository.addConsent(
                person: viewer.person, purpose: "enrollment.\(item.credential)", textVersion: ConsentText.version,
                application: application, at: now, in: tx)
        }
    }
}
