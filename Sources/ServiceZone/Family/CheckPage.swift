import Catchments
import Enrollment
import Services
import Tenancy

/// Everything before submitting: what was answered, what it points to, what will be asked of whom, and the consents.
struct CheckPage: Page {
    static let template = "family/check"

    struct Line: Sendable, Equatable {
        let label: String
        let value: String
        let changeAddress: String?
    }

    struct Check: Sendable, Equatable {
        /// The consent's field name, and its id.
        let field: String
        let title: String
        let department: String
        let why: String
        let consent: String
        let isGiven: Bool
        let error: String?
    }

    struct Ranking: Sendable, Equatable {
        let text: String
        let error: String?
        let fields: [SelectField]
    }

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let draft: String
    let problems: FormProblems.Summary?
    let answers: [Line]
    /// What the answers point to, if every department confirms them.
    let outlook: [Line]
    let outlookText: String
    let ranking: Ranking?
    let checks: [Check]
    /// Credentials that are not asked, in one sentence; nil when all are.
    let notNeeded: String?
    let phone: TextField
    let submissionKey: String
    /// Why nothing can be submitted today; nil while the window is open.
    let closed: String?
    let submitLabel: String

    static func samples(_ words: Words) -> [CheckPage] { CheckSamples(words).pages }
}

extension CheckPage {
    /// - Parameter typed: what the browser sent; nil shows what the draft keeps.
    init(_ preview: DraftPreview, typed: ReceivedForm?, problems: [FormProblem], fallbackPhone: String?, words: Words) {
        let found = FormProblems(problems, words)
        let tenant = preview.tenant
        let outlook = CheckOutlook(preview, words)
        let skipped = preview.checks.filter { !$0.isNeeded }.map { words($0.connector.title) }
        let calendar = tenant.policy.calendar
        self.init(
            title: words("check.title"), tenantName: words(tenant.name), contact: ContactView(tenant.contact, words),
            draft: preview.draft.id.description, problems: found.summary,
            answers: Self.answers(preview.draft, words), outlook: outlook.lines, outlookText: outlook.text,
            ranking: Self.ranking(preview, typed, found, words),
            checks: preview.checks.filter(\.isNeeded).map { Check($0, typed, found, words) },
            notNeeded: skipped.isEmpty ? nil : words("check.not_needed", ["list": words.list(skipped)]),
            phone: TextField(
                "phone", label: words("check.phone"), hint: words("check.phone_hint"),
                value: typed?["phone"] ?? preview.draft.phone ?? fallbackPhone ?? "", error: found.text("phone"),
                inputMode: "tel", autocomplete: "tel"),
            submissionKey: typed.map { $0["submission_key"] }.flatMap { $0.isEmpty ? nil : $0 }
                ?? preview.submissionKey,
            closed: preview.window == .open
                ? nil
                : words(
                    "check.window.\(preview.window.rawValue)",
                    [
                        "opens": DateWords(words).day(calendar.opens), "closes": DateWords(words).day(calendar.closes),
                    ]),
            submitLabel: words(preview.draft.edits == nil ? "check.submit" : "check.submit_edit"))
    }

    private static func answers(_ draft: DraftView, _ words: Words) -> [Line] {
        let place = "/family/drafts/\(draft.id)/place"
        let home = "/family/drafts/\(draft.id)/home"
        var lines = [
            Line(label: words("check.child"), value: draft.child.name.value, changeAddress: nil),
            Line(
                label: words("check.document"), value: draft.child.document.masked, changeAddress: nil),
            Line(label: words("check.stage"), value: words("stage.\(draft.stage.rawValue)"), changeAddress: nil),
        ]
        if let relation = draft.relation {
            lines.append(
                Line(
                    label: words("check.guardian"),
                    value: words(
                        "check.guardian_value",
                        ["name": draft.guardianName.value, "relation": words("relation.\(relation.rawValue)")]),
                    changeAddress: place))
        }
        if let answer = draft.home {
            lines.append(
                Line(
                    label: words("check.place"),
                    value: PlaceWords(words).home(answer),
                    changeAddress: place))
            lines.append(
                Line(
                    label: words("check.home"), value: words("home_kind.\(answer.kind.rawValue)"), changeAddress: home))
            if let number = answer.certificateNumber ?? answer.contractNumber {
                lines.append(Line(label: words("check.paper"), value: number, changeAddress: home))
            }
        }
        return lines
    }

    private static func ranking(
        _ preview: DraftPreview, _ typed: ReceivedForm?, _ found: FormProblems, _ words: Words
    ) -> Ranking? {
        guard preview.schools.count > 1 else { return nil }
        let options = preview.schools.map { (value: $0.code.rawValue, label: words($0.name)) }
        return Ranking(
            text: words("check.ranking_text"), error: found.text("rank_1"),
            fields: options.indices.map { index in
                let name = "rank_\(index + 1)"
                let chosen = typed.map { $0[name] } ?? options[index].value
                return SelectField(
                    name, label: words("check.rank", ["n": "\(index + 1)"]), error: found.text(name),
                    empty: words("form.choose"), chosen: chosen, options: options)
            })
    }
}

extension CheckPage.Check {
    init(_ check: PlannedCheck, _ typed: ReceivedForm?, _ found: FormProblems, _ words: Words) {
        let field = "consent_\(check.connector.credential)"
        let facts = check.facts.map { FactWords(words).title($0) }
        self.init(
            field: field, title: words(check.connector.title), department: words(check.connector.department),
            why: words("check.why", ["purpose": words(check.connector.purpose), "facts": words.list(facts)]),
            consent: words(
                "check.consent",
                ["title": words(check.connector.title), "department": words(check.connector.department)]),
            isGiven: typed?[field] == "yes", error: found.text(field))
    }
}

extension ContactView {
    init(_ contact: Contact, _ words: Words) {
        self.init(office: words(contact.office), phone: contact.phone, hours: contact.hours.map { words($0) })
    }
}
