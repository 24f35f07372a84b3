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

    /// The application that gets another revision; nil where a new one is made, because there was none or because the
    /// family moves to another county.
    private var revised: ApplicationID? {
        draft.edits.flatMap { $0.tenant == filing.tenant.code ? $0.application : nil }
    }

    struct Done: Sendable {
        let receipt: ReceiptNumber
        /// Nil for a repetition, which changed nothing.
        let application: ApplicationID?
    }

    func commit() async throws -> Done {
        let season = platform.season
        let tenant = filing.tenant.code
        let application = revised ?? ApplicationID(from: platform.random)
        return try await platform.database.write(.filing(viewer.person, tenant, season, application)) { tx in
            let earlier = try SubmissionRepository.earlier(
                person: viewer.person, season: season, keyHash: keyHash, in: tx)
            if let receipt = try Self.receipt(of: earlier, requestDigest: requestDigest) {
                // This one kept the draft again after the first had used it up.
                try DraftRepository.delete(draftID, person: viewer.person, in: tx)
                return Done(receipt: receipt, application: nil)
            }
            let done: Done
            if let edits = draft.edits, revised != nil {
                done = try revise(edits, tx)
            } else {
                if let edits = draft.edits { try withdraw(edits, tx) }
                done = try insert(application, tx)
            }
            guard let application = done.application else {
                try DraftRepository.delete(draftID, person: viewer.person, in: tx)
                return done
            }
            try platform.pin(filing.tenant, at: now, in: tx)
            try recordConsents(application, tx)
            try SubmissionRepository.remember(
                keyHash: keyHash, requestDigest: requestDigest, receipt: done.receipt, person: viewer.person,
                season: season, at: now, in: tx)
            try DraftRepository.delete(draftID, person: viewer.person, in: tx)
            try platform.audit.record(
                draft.edits == nil ? "application.submit" : "application.edit", tenant: tenant,
                subject: application.description, by: viewer.person.description, at: now, in: tx)
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

    private func insert(_ id: ApplicationID, _ tx: any Writing) throws -> Done {
        let key = platform.key(filing.tenant.code)
        let child = try childPerson(tx)
        guard
            try SubmissionRepository.claim(
                child: child, season: key.season, tenant: key.tenant, application: id, in: tx)
        else { return try claimed(child, tx) }
        let row = try insertRow(id, child, key, tx)
        let receipt = row.receipt
        try ApplicationRepository.append(
            .submitted, to: id, of: key, state: .verifying, actor: .family, at: now, in: tx)
        try SubmissionRepository.index(
            .init(tenant: key.tenant, application: id, receipt: receipt, child: child), person: viewer.person,
            season: key.season, in: tx)
        try PersonRepository.setGuardianship(
            guardian: viewer.person, child: child, relation: filing.answers.relation, source: "declared", at: now,
            in: tx)
        try RevisionWriter(platform: platform, tenant: filing.tenant, now: now).write(
            filing, number: 1, of: row, by: viewer.person, in: tx)
        return Done(receipt: receipt, application: id)
    }

    private func revise(_ edits: Draft.Edited, _ tx: any Writing) throws -> Done {
        let key = platform.key(edits.tenant)
        guard let row = try ApplicationRepository.hold(edits.application, of: key, in: tx),
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
        try tx.writing(.filing(viewer.person, key.tenant, key.season, edits.application)) { tx in
            guard let row = try ApplicationRepository.hold(edits.application, of: key, in: tx),
                row.guardian == viewer.person
            else { throw ServiceError.notFound }
            guard row.state.isEditable,
                try ApplicationRepository.record(
                    .withdrawn, moving: row.id, of: key, from: row.state, to: .withdrawn, actor: .family, at: now,
                    in: tx)
            else { throw ServiceError.stateChanged(row.state) }
            try SubmissionRepository.release(
                child: row.child, season: key.season, tenant: key.tenant, application: row.id, in: tx)
            try JobRepository.cancel(of: row.id, key, in: tx)
        }
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

    /// What a claim that somebody holds means: the same form sent twice at once, whose first one has been taken in
    /// meanwhile, or a refusal.
    private func claimed(_ child: PersonID, _ tx: any Writing) throws -> Done {
        let earlier = try SubmissionRepository.earlier(
            person: viewer.person, season: platform.season, keyHash: keyHash, in: tx)
        guard let receipt = try Self.receipt(of: earlier, requestDigest: requestDigest) else {
            throw ServiceError.childClaimed(try ownReceipt(child, tx))
        }
        return Done(receipt: receipt, application: nil)
    }

    /// The receipt of the live application of this child that the viewer filed; nil when somebody else did.
    private func ownReceipt(_ child: PersonID, _ tx: any Writing) throws -> ReceiptNumber? {
        let season = platform.season
        for entry in try SubmissionRepository.entries(of: viewer.person, season: season, in: tx)
        where entry.child == child {
            let claim = try tx.reading(.filing(viewer.person, entry.tenant, season, entry.application)) { tx in
                try SubmissionRepository.claim(on: child, of: TenantSeason(entry.tenant, season), in: tx)
            }
            if claim?.application == entry.application { return entry.receipt }
        }
        return nil
    }

    /// Inserts the application under a receipt number that nobody has.
    private func insertRow(
        _ id: ApplicationID, _ child: PersonID, _ key: TenantSeason, _ tx: any Writing
    ) throws -> ApplicationRow {
        let twins = platform.vault.lookupHash("twins", "\(viewer.person)|\(draft.child.birthDate)")
        let dataKey = try platform.vault.newDataKey(for: id)
        while true {
            let row = ApplicationRow(
                key: key, id: id,
                receipt: ReceiptNumber.make(tenant: key.tenant, season: key.season, random: platform.random),
                child: child, guardian: viewer.person, stage: draft.stage, state: .verifying, stateSince: now,
                revision: 1, ticket: platform.vault.drawTicket(child: child, season: key.season), twinGroup: twins,
                personAsked: false, submittedAt: now, dataKey: dataKey, keySubject: id.bytes)
            if try ApplicationRepository.insert(row, in: tx) { return row }
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
