import Enrollment
import Services
import Tenancy

@testable import Services

extension ApplicationView {
    /// The same application with another decision and the facts it rests on.
    func deciding(_ decision: Decision, facts: [Fact], reviews: [ReviewView] = []) -> ApplicationView {
        ApplicationView(
            id: id, receipt: receipt, tenant: tenant, state: state, revision: revision, submittedAt: submittedAt,
            answers: answers, credentials: credentials, decision: decision, decidedAt: decidedAt,
            category: decision.category.flatMap { tenant.policy.category($0) }, schools: schools, facts: facts,
            versionHash: tenant.versionHash, window: window, canEdit: canEdit, canWithdraw: canWithdraw,
            supplementNote: supplementNote, reviews: reviews, offer: offer, attachments: attachments, history: history,
            verificationMilliseconds: verificationMilliseconds, departmentMilliseconds: departmentMilliseconds)
    }
}
