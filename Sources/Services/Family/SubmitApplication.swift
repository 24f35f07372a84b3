public import Enrollment
import Foundation
import Protection
import Storage
import Tenancy

/// What a family sends when it submits.
public struct SubmissionForm: Sendable, Hashable {
    /// Every school offered, in the family's order; empty where one is open.
    public let ranking: [SchoolCode]
    /// Credentials the family lets the portal ask about.
    public let consents: Set<CredentialID>
    public let phone: String
    /// Repeated submissions under one key are one submission.
    public let key: String

    public init(ranking: [SchoolCode], consents: Set<CredentialID>, phone: String, key: String) {
        self.ranking = ranking
        self.consents = consents
        self.phone = phone
        self.key = key
    }
}

/// Submits a draft in one durable transaction: the claim on the child, the revision, its checks, the event, the audit.
/// When this returns, the application survives whatever happens to the process.
public struct SubmitApplication: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ id: DraftID, _ form: SubmissionForm) async throws -> ReceiptNumber {
        let keyHash = platform.vault.lookupHash("submission.key", form.key)
        guard (8...100).contains(form.key.utf8.count) else { throw ServiceError.submissionKeyReused }
        let requestDigest = Self.digest(form, id)
        var draft: Draft
        switch try await look(viewer, id, keyHash, requestDigest) {
        case .repeated(let receipt):
            try await confirm(viewer, keyHash)
            return receipt
        case .draft(let kept): draft = kept
        }
        draft.ranking = form.ranking
        let problems = Self.check(form, draft: &draft)
        let filing: FilingPlan
        do {
            filing = try read(draft, form, problems, viewer)
        } catch {
            // What was typed is kept even when it cannot be submitted yet.
            try await platform.save(draft, as: id, of: viewer)
            throw error
        }

        let submission = Submission(
            platform: platform, viewer: viewer, draftID: id, draft: draft, filing: filing, keyHash: keyHash,
            requestDigest: requestDigest, now: platform.clock.business())
        let done: Submission.Done
        do {
            done = try await submission.commit()
        } catch let error as StorageError where error.retry == .underItsKey {
            // Whether it is on disk nobody knows but the database: a repetition of this form is answered by its key.
            guard let receipt = try await repeated(viewer, keyHash, requestDigest) else {
                throw ServiceError.overloaded(retryAfterSeconds: 2)
            }
            return receipt
        }
        if let application = done.application {
            platform.changes.workAdded()
            platform.changes.applicationChanged(application)
        }
        return done.receipt
    }

    private enum Look: Sendable {
        case repeated(ReceiptNumber)
        case draft(Draft)
    }

    /// A repetition is answered, the first sending has used the draft up; both are seen in one state of the database.
    private func look(
        _ viewer: Viewer, _ id: DraftID, _ keyHash: [UInt8], _ requestDigest: [UInt8]
    ) async throws -> Look {
        let platform = platform
        return try await platform.database.read(.person(viewer.person)) { tx in
            let earlier = try SubmissionRepository.earlier(
                person: viewer.person, season: platform.season, keyHash: keyHash, in: tx)
            if let receipt = try Submission.receipt(of: earlier, requestDigest: requestDigest) {
                return .repeated(receipt)
            }
            return .draft(try platform.draft(id, of: viewer, in: tx))
        }
    }

    /// Reads a draft against its tenant's rules.
    /// - Throws: ``ServiceError`` when it cannot be submitted, with every problem.
    private func read(
        _ draft: Draft, _ form: SubmissionForm, _ problems: [FormProblem], _ viewer: Viewer
    ) throws -> FilingPlan {
        let filing = try FilingPlan(draft: draft, viewer: viewer, platform: platform)
        let calendar = filing.tenant.policy.calendar
        let window = calendar.window(on: platform.clock.business().day)
        guard window == .open else { throw ServiceError.windowClosed(window, calendar) }
        let all = problems + Self.checkAgainstPlan(form, filing)
        guard all.isEmpty else { throw ServiceError.invalid(all) }
        return filing
    }

    private func repeated(
        _ viewer: Viewer, _ keyHash: [UInt8], _ requestDigest: [UInt8]
    ) async throws -> ReceiptNumber? {
        let season = platform.season
        let earlier = try await platform.database.read(.person(viewer.person)) { tx in
            try SubmissionRepository.earlier(person: viewer.person, season: season, keyHash: keyHash, in: tx)
        }
        guard let receipt = try Submission.receipt(of: earlier, requestDigest: requestDigest) else { return nil }
        try await confirm(viewer, keyHash)
        return receipt
    }

    /// Counts that a receipt is told once more: it is on every disk it has to be on then.
    private func confirm(_ viewer: Viewer, _ keyHash: [UInt8]) async throws {
        let season = platform.season
        try await platform.database.write(.person(viewer.person)) { tx in
            try SubmissionRepository.confirm(person: viewer.person, season: season, keyHash: keyHash, in: tx)
        }
    }

    private static func digest(_ form: SubmissionForm, _ draft: DraftID) -> [UInt8] {
        let text = [
            draft.description, form.ranking.map(\.rawValue).joined(separator: ","),
            form.consents.sorted().map(\.rawValue).joined(separator: ","), form.phone,
        ].joined(separator: "\n")
        return Digest.sha256(Array(text.utf8))
    }

    private static func check(_ form: SubmissionForm, draft: inout Draft) -> [FormProblem] {
        var problems: [FormProblem] = []
        if let phone = FormReading.phone(form.phone, field: "phone", into: &problems) { draft.phone = phone }
        return problems
    }

    private static func checkAgainstPlan(_ form: SubmissionForm, _ filing: FilingPlan) -> [FormProblem] {
        var problems: [FormProblem] = []
        for item in filing.plan.needed where !form.consents.contains(item.credential) {
            problems.append(FormProblem("consent_\(item.credential)", "consent"))
        }
        let open = Set(filing.schools.map(\.code))
        if open.count > 1, Set(form.ranking) != open || form.ranking.count != open.count {
            problems.append(FormProblem("rank_1", "ranking"))
        }
        return problems
    }
}
