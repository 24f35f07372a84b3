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

    /// What a set of facts gives: the decision, its row, and the state the machine would put the application in.
    struct Reading {
        let decision: Decision
        let row: DecisionRepository.Row
        let state: ApplicationState

        var settledCategory: CategoryID? {
            if case .settled(let category) = decision.verdict { category } else { nil }
        }
    }

    /// Decides on facts that are given; touches no database.
    func read(_ facts: FactSheet, stage: Stage, revision: Int, personAsked: Bool) -> Reading {
        let decision = decide(
            DecisionInput(policy: tenant.policy, catchments: tenant.catchmentPlan(stage), facts: facts))
        let verdict: String
        let category: CategoryID?
        switch decision.verdict {
        case .settled(let id): (verdict, category) = ("settled", id)
        case .undetermined(let id): (verdict, category) = ("undetermined", id)
        case .noCategory: (verdict, category) = ("no_category", nil)
        }
        return Reading(
            decision: decision,
            row: .init(
                revision: revision, versionHash: tenant.versionHash, program: Self.program, verdict: verdict,
                category: category, schools: (decision.catchment?.schools ?? []).map { SchoolCode(rawValue: $0) },
                rankKeys: decision.rankKeys, pending: decision.pending,
                factDigest: Hex.encode(Digest.sha256(Array(facts.canonicalText.utf8))), at: now),
            state: machineState(decision: decision, facts: facts, personAsked: personAsked))
    }

    /// The caller holds the application: its facts do not change meanwhile.
    @discardableResult
    func run(
        _ row: ApplicationRow, event: ApplicationEventType?, actor: EventRow.Actor, in tx: any Writing
    ) throws -> ApplicationState {
        let facts = FactSheet(try FactRepository.list(of: row.id, revision: row.revision, row.key, in: tx))
        let reading = read(facts, stage: row.stage, revision: row.revision, personAsked: row.personAsked)
        try append(reading.row, row, tx)
        var machine = reading.state
        if case .settled(let category) = reading.decision.verdict, row.state == .offered || row.state == .accepted {
            try OfferRepository.confirm(application: row.id, category: category, of: row.key, in: tx)
        }
        // The seats of the round are given: who qualifies now is placed by the bureau.
        if machine == .qualified, try AdmissionRepository.run(of: row.key, in: tx)?.releasedAt != nil {
            machine = .coordination
        }
        let state = Self.mayMove(row.state) ? machine : row.state
        let category = ApplicationRepository.CategoryChange(was: row.category, now: reading.settledCategory)
        if state != row.state || event != nil {
            guard
                try ApplicationRepository.record(
                    event ?? .checked, moving: row.id, of: row.key, from: row.state, to: state,
                    settling: category.was == category.now ? nil : category, actor: actor, at: now, in: tx)
            else { throw ServiceError.stateChanged(row.state) }
        } else if category.was != category.now {
            guard try ApplicationRepository.settle(category, of: row.id, row.key, in: tx) else {
                throw ServiceError.stateChanged(row.state)
            }
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

    /// Keeps a decision, unless the same facts gave the same one last time.
    private func append(_ decision: DecisionRepository.Row, _ row: ApplicationRow, _ tx: any Writing) throws {
        if let latest = try DecisionRepository.latest(of: row.id, row.key, in: tx),
            latest.factDigest == decision.factDigest, latest.versionHash == decision.versionHash,
            latest.revision == decision.revision
        {
            return
        }
        try DecisionRepository.append(decision, of: row.id, row.key, in: tx)
    }
}
