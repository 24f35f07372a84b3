import Catchments
import Enrollment
import Foundation
import Protection
import Storage
import Tenancy

/// Decides an application on the facts it has now, inside the transaction that changed them, and moves its state where
/// the machine may.
struct DecideAgain: Sendable {
    let platform: Platform
    let tenant: Tenant
    let now: Instant

    /// The program's own version: raised when the same facts could give another result.
    static let program = "ruxue-decide-1"

    @discardableResult
    func run(
        _ row: ApplicationRow, event: ApplicationEventType?, actor: EventRow.Actor, in tx: any Writing
    ) throws -> ApplicationState {
        let facts = FactSheet(try FactRepository.list(of: row.id, revision: row.revision, row.key, in: tx))
        let decision = decide(
            DecisionInput(policy: tenant.policy, catchments: tenant.catchmentPlan(row.stage), facts: facts))
        try append(decision, facts, row, tx)
        var machine = machineState(decision: decision, facts: facts, personAsked: row.personAsked)
        if case .settled(let category) = decision.verdict, row.state == .offered || row.state == .accepted {
            try OfferRepository.confirm(application: row.id, category: category, of: row.key, in: tx)
        }
        // The seats of the round are given: who qualifies now is placed by the bureau.
        if machine == .qualified, try AdmissionRepository.run(of: row.key, in: tx)?.releasedAt != nil {
            machine = .coordination
        }
        let state = Self.mayMove(row.state) ? machine : row.state
        if state != row.state || event != nil {
            try ApplicationRepository.record(
                event ?? .checked, moving: row.id, of: row.key, from: row.state, to: state, actor: actor, at: now,
                in: tx)
        }
        return state
    }

    /// Reviews in progress, and whatever follows, are not overtaken by a late answer of a register.
    private static func mayMove(_ state: ApplicationState) -> Bool {
        switch state {
        case .verifying, .waitingForSource, .needsRepair, .firstReview, .qualified: true
        default: false
        }
    }

    private func append(
        _ decision: Decision, _ facts: FactSheet, _ row: ApplicationRow, _ tx: any Writing
    ) throws {
        let verdict: String
        let category: CategoryID?
        switch decision.verdict {
        case .settled(let id): (verdict, category) = ("settled", id)
        case .undetermined(let id): (verdict, category) = ("undetermined", id)
        case .noCategory: (verdict, category) = ("no_category", nil)
        }
        let digest = Hex.encode(Digest.sha256(Array(facts.canonicalText.utf8)))
        let latest = try DecisionRepository.latest(of: row.id, row.key, in: tx)
        if let latest, latest.factDigest == digest, latest.versionHash == tenant.versionHash,
            latest.revision == row.revision
        {
            return
        }
        try DecisionRepository.append(
            .init(
                revision: row.revision, versionHash: tenant.versionHash, program: Self.program, verdict: verdict,
                category: category,
                schools: (decision.catchment?.schools ?? []).map { SchoolCode(rawValue: $0) },
                rankKeys: decision.rankKeys, pending: decision.pending, factDigest: digest, at: now),
            of: row.id, row.key, in: tx)
    }
}
