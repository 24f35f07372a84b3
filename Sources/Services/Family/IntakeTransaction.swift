import Enrollment
import Storage
import Tenancy

/// What became of a submission that was taken in.
enum IntakeOutcome: Sendable {
    case done(ReceiptNumber)
    /// The child has a live claim, which somebody else holds or an earlier sending of the same form.
    case claimed
}

/// Takes new submissions into one tenant inside a transaction, in that tenant's intake scope. A child that is claimed
/// already is passed over and its neighbours are taken in.
struct IntakeTransaction {
    let platform: Platform

    func write(_ submissions: [NewSubmission], to tenant: Tenant, in tx: any Writing) throws -> [IntakeOutcome] {
        let key = TenantSeason(tenant.code, platform.season)
        let now = submissions.map(\.now).max() ?? platform.clock.business()
        let children = try IntakeRepository.people(submissions.map(\.child), at: now, in: tx)
        let won = try IntakeRepository.claim(
            zip(children, submissions).map { (child: $0, application: $1.id) }, of: key, in: tx)
        let seatsGiven = try AdmissionRepository.run(of: key, in: tx)?.releasedAt != nil
        let files = zip(children, submissions).filter { won.contains($1.id) }.map { child, submission in
            submission.file(child: child, seatsGiven: seatsGiven, platform: platform)
        }
        guard !files.isEmpty else { return submissions.map { _ in .claimed } }
        try platform.pin(tenant, at: now, in: tx)
        let receipts = try IntakeRepository.add(
            files, of: key,
            draw: { ReceiptNumber.make(tenant: key.tenant, season: key.season, random: platform.random) }, in: tx)
        try IntakeRepository.useUp(
            drafts: submissions.filter { won.contains($0.id) }.map { ($0.viewer.person, $0.draftID.bytes) }, in: tx)
        try platform.audit.record(
            submissions.filter { won.contains($0.id) }.map {
                AuditWriter.Entry(
                    action: "application.submit", tenant: key.tenant, subject: $0.id.description,
                    actor: $0.viewer.person.description)
            }, at: now, in: tx)
        return submissions.map { receipts[$0.id].map { .done($0) } ?? .claimed }
    }
}
