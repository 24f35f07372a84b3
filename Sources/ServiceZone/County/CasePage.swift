import Catchments
import Enrollment
import Services
import Tenancy

/// `/county/{code}/cases/{receipt}`: one application before an officer.
struct CasePage: Page {
    static let template = "county/case"
    static let frame = PageFrame.desk

    struct Line: Sendable, Hashable {
        let label: String
        let value: String
        /// Where a fact comes from, or why it is open.
        let source: String?
    }

    struct Attachment: Sendable, Hashable {
        let href: String
        let label: String
        let at: String
    }

    struct Event: Sendable, Hashable {
        let at: String
        let what: String
        let who: String
    }

    struct Review: Sendable, Hashable {
        /// 初审：认定事实.
        let title: String
        let reason: String
        let at: String
    }

    struct Rule: Sendable, Hashable {
        let category: String
        let verdict: Pill
        let conditions: [String]
    }

    struct SummaryLine: Sendable, Hashable {
        let href: String
        let text: String
    }

    let desk: DeskFrame
    let tenantName: String?
    let base: String
    let receipt: String
    /// …0017-4482 林**.
    let title: String
    let state: Pill
    /// What has to be done here now, in one sentence.
    let banner: String
    let bannerTone: String
    let backHref: String
    let backLabel: String
    let problems: [SummaryLine]
    let hasProblems: Bool
    let answers: [Line]
    let phone: String
    let category: String
    let schools: String
    /// The county's categories in order, down to the one that settles it, with what fails or is open.
    let rules: [Rule]
    /// Claim and register where they do not agree or no register could tell.
    let doubts: [ComparisonCard]
    let hasDoubts: Bool
    /// The rest, folded away.
    let confirmed: [ComparisonCard]
    let hasConfirmed: Bool
    let openFacts: [Line]
    let hasOpenFacts: Bool
    let settledFacts: [Line]
    let findings: [Line]
    let hasFindings: Bool
    let reviews: [Review]
    let hasReviews: Bool
    let notes: [String]
    let hasNotes: Bool
    let attachments: [Attachment]
    let hasAttachments: Bool
    let history: [Event]
    let canFirstReview: Bool
    let fields: [FindingField]
    let hasFields: Bool
    let firstReason: String
    let firstReasonProblem: String?
    let supplementNote: String
    let supplementProblem: String?
    let supplementIsOpen: Bool
    let canSecondReview: Bool
    /// This officer made the first review, and so may not sign twice.
    let isSamePerson: Bool
    let secondReason: String
    let secondReasonProblem: String?
}

extension CasePage {
    init(
        _ view: CaseView, viewer: Viewer, connectors: [Connector], gazetteer: Gazetteer, form: CaseForm, words: Words
    ) {
        let application = view.application
        let tenant = application.tenant
        let texts = CaseTexts(view: view, connectors: connectors, words: words)
        desk = DeskFrame(
            tenant: tenant, counts: nil, state: application.state, place: nil, viewer: viewer, words: words)
        base = "/county/\(tenant.code)/cases/\(application.receipt)"
        tenantName = words(tenant.name)
        receipt = application.receipt.rawValue
        title = words(
            "case.heading",
            [
                "receipt": ReceiptWords.short(application.receipt), "child": application.answers.child.name.masked,
            ])
        state = Pill(application.state, words)
        (bannerTone, banner) = texts.banner
        backHref = "/county/\(tenant.code)?state=\(application.state.rawValue)"
        backLabel = words("case.back", ["state": words("desk.state.\(application.state.rawValue)")])
        problems = form.problems.map { problem in
            SummaryLine(
                href: "#\(form.form)-\(problem.field.replacing(".", with: "-"))", text: texts.problem(problem))
        }
        hasProblems = !problems.isEmpty
        answers = texts.answers
        phone = application.answers.phone
        category = texts.category
        rules = texts.rules
        schools =
            application.schools.isEmpty
            ? words("case.schools.none")
            : words.list(application.schools.map { words($0.name) })
        let cards = { (isSettled: Bool) in
            view.comparisons.filter { $0.status != .notNeeded || $0.askedAt != nil }
                .filter { [.confirmed, .notNeeded].contains($0.status) == isSettled }
                .map { comparison in
                    ComparisonCard(
                        comparison, connector: connectors.first { $0.credential == comparison.credential }, words: words
                    )
                }
        }
        doubts = cards(false)
        hasDoubts = !doubts.isEmpty
        confirmed = cards(true)
        hasConfirmed = !confirmed.isEmpty
        openFacts = texts.openFacts
        hasOpenFacts = !openFacts.isEmpty
        settledFacts = texts.settledFacts
        findings = texts.findings
        hasFindings = !findings.isEmpty
        reviews = texts.reviews
        hasReviews = !reviews.isEmpty
        notes = view.familyNotes.map { note in
            note.homeKind.map {
                words("case.note_home", ["kind": words("home_kind.\($0.rawValue)"), "text": note.text])
            }
                ?? note.text
        }
        hasNotes = !notes.isEmpty
        let path = base
        attachments = application.attachments.enumerated().map { index, file in
            Attachment(
                href: "\(path)/attachments/\(file.id)",
                label: words("case.attachment", ["n": "\(index + 1)", "size": "\(max(1, file.bytes / 1024))"]),
                at: DateWords(words).moment(file.at))
        }
        hasAttachments = !attachments.isEmpty
        history = texts.history
        canFirstReview = view.canFirstReview
        let communities = CaseTexts.communities(of: tenant, gazetteer)
        fields =
            view.canFirstReview
            ? view.openFacts.map { fact in
                FindingField(
                    fact, typed: form.findings[fact.key] ?? "",
                    problem: form.problem("finding.\(fact.key)", in: "first").map { texts.problem($0) },
                    communities: fact.type == .code && fact.codes.isEmpty ? communities : [], words: words)
            } : []
        hasFields = !fields.isEmpty
        firstReason = form.form == "first" ? form.text : ""
        firstReasonProblem = form.problem("reason", in: "first").map { texts.problem($0) }
        supplementNote = form.form == "supplement" ? form.text : ""
        supplementProblem = form.problem("note", in: "supplement").map { texts.problem($0) }
        supplementIsOpen = form.form == "supplement"
        canSecondReview = view.canSecondReview && view.mayBeSecond
        isSamePerson = view.canSecondReview && !view.mayBeSecond
        secondReason = form.form == "second" ? form.text : ""
        secondReasonProblem = form.problem("reason", in: "second").map { texts.problem($0) }
    }
}
