public import Enrollment
import Storage
import Tenancy

/// Opens one application for an officer: the claim and the register side by side.
public struct ReadCase: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(
        _ viewer: Viewer, _ tenant: TenantCode, _ receipt: ReceiptNumber
    ) async throws -> CaseView {
        try viewer.requireStaff(of: tenant)
        let platform = platform
        return try await platform.readCase(receipt, tenant) { row, tx in
            let file = try ApplicationFile.open(row, platform: platform, in: tx)
            let roles = viewer.roles(in: tenant)
            let first = file.reviews.last { $0.review.stage == ReviewView.Stage.first.rawValue }
            return CaseView(
                application: file.view(platform: platform),
                comparisons: try file.claims.map { try comparison($0, row, tx) },
                findings: file.findings.map {
                    FindingView(
                        fact: $0.finding.fact, value: $0.finding.value, reason: $0.reason,
                        signedTwice: $0.finding.state == "signed")
                },
                openFacts: OpenFacts.list(file),
                canFirstReview: row.state == .firstReview && roles.contains(.firstReviewer),
                canSecondReview: row.state == .secondReview && roles.contains(.secondReviewer),
                mayBeSecond: first.map { $0.review.by != viewer.person } ?? true,
                familyNotes: file.notes.filter { $0.note.author == "family" }.map(\.words))
        }
    }

    private func comparison(
        _ claim: ApplicationFile.OpenedClaim, _ row: ApplicationRow, _ tx: any Reading
    ) throws -> CaseView.Comparison {
        var records: [RegisterRecord] = []
        if let id = claim.row.check, let check = try CheckRepository.find(id, of: row.id, row.key, in: tx),
            let sealed = check.sealedRecords
        {
            records = try platform.vault.sealer(of: row).open(sealed, SealContext.records(id))
        }
        return CaseView.Comparison(
            credential: claim.row.credential, status: claim.status, claimed: claim.claim.fields, register: records,
            askedAt: claim.row.checkedAt, absence: claim.claim.absence)
    }
}

/// Facts that a finding can settle: what is open in the rules, and whether the guardian is the child's.
enum OpenFacts {
    static func list(_ file: ApplicationFile) -> [FactDescription] {
        var keys = Set(file.decision.pending)
        if file.facts.state(.householdWithGuardian) != .known(.flag(true)) { keys.insert(.householdWithGuardian) }
        // What no register could tell stays open to a person, whether or not the rules have come to it yet.
        for row in file.decision.rows {
            for key in row.trace.facts where file.facts.state(key).value == nil { keys.insert(key) }
        }
        // The place of the category that may hold; a later one is asked for once the rules have come to it.
        for row in file.decision.rows where row.trace.truth != .no {
            if let place = file.tenant.policy.category(row.category)?.place, file.facts.state(place).value == nil {
                keys.insert(place)
            }
        }
        return FactVocabulary.all.filter { keys.contains($0.key) }
    }
}

extension ConditionTrace {
    /// Every fact the trace has looked at.
    var facts: Set<FactKey> {
        switch step {
        case .compare(let key, _, _): [key]
        case .same(let left, let right): [left, right]
        default: parts.reduce(into: []) { $0.formUnion($1.facts) }
        }
    }
}
