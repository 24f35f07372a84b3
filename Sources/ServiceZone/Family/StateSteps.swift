import Enrollment
import Services
import Tenancy

/// What comes next for a family, in every state: sentences, and at most one primary step.
struct StateSteps {
    let sentences: [String]
    let primary: CredentialRow.Step?
    let second: CredentialRow.Step?
    let accept: CredentialRow.Step?

    init(_ view: ApplicationView, address: String, words: Words) {
        let calendar = view.tenant.policy.calendar
        let dates = DateWords(words)
        let values = [
            "freezes": dates.day(calendar.freezes), "reports": dates.day(calendar.reports),
            "offers": dates.day(calendar.offersUntil), "closes": dates.day(calendar.closes),
            "office": words(view.tenant.contact.office),
        ]
        sentences = ["next.\(view.state.rawValue).1", "next.\(view.state.rawValue).2"].compactMap {
            words.optional($0) == nil ? nil : words($0, values)
        }
        let receipt = CredentialRow.Step(address: address + "/receipt", label: words("next.receipt"))
        switch view.state {
        case .needsRepair:
            let rows = view.credentials.filter { $0.canRepair || $0.canAskPerson || $0.canAccept }
                .map { CredentialRow($0, receipt: view.receipt, now: view.submittedAt, words) }
            let repair = rows.compactMap(\.repair).first
            let person = rows.compactMap(\.person).first
            primary = repair ?? person
            second = repair == nil ? nil : person
            accept = rows.compactMap(\.accept).first
        case .supplementRequested:
            primary = CredentialRow.Step(address: address + "/supplement", label: words("next.supplement"))
            second = nil
            accept = nil
        case .withdrawn, .released:
            primary = CredentialRow.Step(address: "/family", label: words("next.family"))
            second = receipt
            accept = nil
        case .verifying, .waitingForSource, .firstReview, .secondReview, .coordination:
            primary = receipt
            second = nil
            accept = nil
        case .qualified, .accepted:
            primary = receipt
            second = CredentialRow.Step(address: address + "/why", label: words("next.why"))
            accept = nil
        case .offered:
            primary = nil
            second = receipt
            accept = nil
        }
    }
}
