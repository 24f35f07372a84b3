import Enrollment
import Storage
import Tenancy

/// What became of a submission that was taken in.
enum IntakeOutcome: Sendable {
    case done(ReceiptNumber)
    /// The child has a live claim, which somebody else holds or an earlier sending of the same form.
    case claimed
}

/// Takes new submissions in, many in one transaction. A child that is claimed already is passed over and its neighbours
/// are taken in.
///
/// What belongs to a tenant is written in that tenant's intake scope, one tenant after the other; what belongs to people
/// is written for all at once, because each statement costs about as much as ten rows.
struct IntakeTransaction {
    let platform: Platform

    /// - Parameter groups: submissions by tenant, none of them empty, in the order of the tenants' codes.
    /// - Returns: what became of each, in the same order.
    func write(_ groups: [[NewSubmission]], in tx: any Writing) throws -> [[IntakeOutcome]] {
        let all = groups.flatMap(\.self)
        let now = all.map(\.now).max() ?? platform.clock.business()
        var children = try IntakeRepository.people(all.map(\.child), at: now, in: tx)[...]
        let outcomes = try groups.map { group in
            let theirs = Array(children.prefix(group.count))
            children = children.dropFirst(group.count)
            return try tx.writing(.intake(group[0].tenant.code, platform.season)) { tx in
                try write(group, about: theirs, to: group[0].tenant, at: now, in: tx)
            }
        }
        let done = zip(all, outcomes.flatMap(\.self)).filter { if case .done = $1 { true } else { false } }.map(\.0)
        guard !done.isEmpty else { return outcomes }
        try IntakeRepository.useUp(drafts: done.map { ($0.viewer.person, $0.draftID.bytes) }, in: tx)
        try platform.audit.record(
            done.map {
                AuditWriter.Entry(
                    action: "application.submit", tenant: $0.tenant.code, subject: $0.id.description,
                    actor: $0.viewer.person.description)
            }, at: now, in: tx)
        return outcomes
    }

    private func write(
        _ submissions: [NewSubmission], about children: [PersonID], to tenant: Tenant, at now: Instant,
        in tx: any Writing
    ) throws -> [IntakeOutcome] {
        let key = TenantSeason(tenant.code, platform.season)
        let won = try IntakeRepository.claim(
            zip(children, submissions).map { (child: $0, application: $1.id) }, of: key, in: tx)
        guard !won.isEmpty else { return submissions.map { _ in .claimed } }
        let seatsGiven = try AdmissionRepository.run(of: key, in: tx)?.releasedAt != nil
        try platform.pin(tenant, at: now, in: tx)
        let receipts = try IntakeRepository.add(
            zip(children, submissions).filter { won.contains($1.id) }.map { child, submission in
                submission.file(child: child, seatsGiven: seatsGiven, platform: platform)
            }, of: key,
            draw: { ReceiptNumber.make(tenant: key.tenant, season: key.season, random: platform.random) }, in: tx)
        return submissions.map { receipts[$0.id].map { .done($0) } ?? .claimed }
    }
}
