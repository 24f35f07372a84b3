public import Enrollment
import Storage

/// The family asks that a person looks at a credential that a register cannot confirm.
public struct AskForPerson: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// - Parameter homeKind: what kind of home it is, in the vocabulary's words; empty where it does not matter.
    public func callAsFunction(
        _ viewer: Viewer, _ receipt: ReceiptNumber, _ credential: CredentialID, homeKind: String, note: String,
        photo: Upload?
    ) async throws {
        var problems: [FormProblem] = []
        let text = FormReading.text(note, field: "note", code: "note.length", lengths: 2...500, into: &problems)
        if !homeKind.isEmpty, HomeKind(rawValue: homeKind) == nil {
            problems.append(FormProblem("home_kind", "home_kind"))
        }
        guard problems.isEmpty, let text else { throw ServiceError.invalid(problems) }
        let image = try photo.map { try Photograph.clean($0) }
        let words = CaseNote(text: text, homeKind: HomeKind(rawValue: homeKind))
        let platform = platform
        try await platform.writeOwn(receipt, viewer, action: "application.ask_person") { row, tx in
            let file = try ApplicationFile.open(row, platform: platform, in: tx)
            guard let claim = file.claims.first(where: { $0.row.credential == credential }) else {
                throw ServiceError.notFound
            }
            let isOpen = claim.status != .confirmed && claim.status != .accepted
            guard row.state.isUnresolved, isOpen else { throw ServiceError.stateChanged(row.state) }
            let now = platform.clock.business()
            for key in claim.claim.facts where file.facts.state(key).value == nil {
                try FactRepository.put(
                    Fact(
                        key: key, state: .unknown(.personAsked), source: .check, credential: credential,
                        asOf: now.day, fetchedAt: now), of: row.id, revision: row.revision, row.key, in: tx)
            }
            try ClaimRepository.setStatus(
                CredentialStatus.person.rawValue, differing: claim.row.differing, check: nil, checkedAt: nil,
                retryAt: nil, credential: credential, of: row.id, revision: row.revision, row.key, in: tx)
            try JobRepository.cancel(of: row.id, credential: credential, row.key, in: tx)
            try ApplicationRepository.setPersonAsked(true, of: row.id, row.key, in: tx)
            try FamilyWords(platform: platform, viewer: viewer, now: now).add(words, image, to: row, in: tx)
            try DecideAgain(platform: platform, tenant: file.tenant, now: now).run(
                row.with(personAsked: true), event: .personAsked, actor: .family, in: tx)
        }
    }
}

/// The family answers what a reviewer asked for.
public struct AnswerSupplement: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(
        _ viewer: Viewer, _ receipt: ReceiptNumber, note: String, photo: Upload?
    ) async throws {
        var problems: [FormProblem] = []
        let text = FormReading.text(note, field: "note", code: "note.length", lengths: 2...500, into: &problems)
        guard problems.isEmpty, let text else { throw ServiceError.invalid(problems) }
        let image = try photo.map { try Photograph.clean($0) }
        let platform = platform
        try await platform.writeOwn(receipt, viewer, action: "application.supplement") { row, tx in
            let now = platform.clock.business()
            guard row.state == .supplementRequested,
                try ApplicationRepository.record(
                    .supplementAdded, moving: row.id, of: row.key, from: row.state, to: .firstReview, actor: .family,
                    at: now, in: tx)
            else { throw ServiceError.stateChanged(row.state) }
            // A person asked, so a person answers, whatever registers say meanwhile.
            try ApplicationRepository.setPersonAsked(true, of: row.id, row.key, in: tx)
            try FamilyWords(platform: platform, viewer: viewer, now: now).add(
                CaseNote(text: text), image, to: row, in: tx)
        }
    }
}

/// Keeps a family's note and photograph, sealed.
struct FamilyWords: Sendable {
    let platform: Platform
    let viewer: Viewer
    let now: Instant
    static let mostAttachments = 12

    func add(_ words: CaseNote, _ image: Photograph?, to row: ApplicationRow, in tx: any Writing) throws {
        let sealer = try platform.vault.sealer(of: row)
        try ReviewRepository.insert(
            .init(
                author: "family", sealedText: try sealer.seal(words, SealContext.note(row.id)), by: viewer.person,
                at: now),
            of: row.id, row.key, in: tx)
        guard let image else { return }
        guard try ApplicationRepository.attachments(of: row.id, row.key, in: tx).count < Self.mostAttachments else {
            throw ServiceError.upload(.tooMany)
        }
        let id = AttachmentID(from: platform.random)
        try ApplicationRepository.insert(
            attachment: .init(
                id: id, mediaType: image.mediaType, size: image.bytes.count,
                sealedBody: try sealer.sealBytes(image.bytes, SealContext.attachment(id)), at: now),
            of: row.id, row.key, in: tx)
    }
}
