import Enrollment
import Services
import Tenancy

/// Where an application stands: what is happening, each credential, what it points to, and what comes next.
struct StatePage: Page {
    static let template = "family/state"
    /// The part of the page that is sent again when something changed.
    static let livePart = "family/state-live"

    struct Banner: Sendable, Equatable {
        let title: String
        let text: String
        /// `calm`, `attention`, `wait` or `good`.
        let tone: String
        let mark: Mark?
    }

    struct Outlook: Sendable, Equatable {
        let heading: String
        let lines: [CheckPage.Line]
    }

    struct Offer: Sendable, Equatable {
        let title: String
        let text: String
        let conditional: String?
        let drawNumber: String?
        /// Address of the family's answer while it is open.
        let answerAddress: String?
    }

    struct Event: Sendable, Equatable {
        let time: String
        let text: String
    }

    struct Paper: Sendable, Equatable {
        let label: String
        let address: String
    }

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let receipt: String
    let address: String
    /// Where changes are told live; nil once nothing can change by itself.
    let eventsAddress: String?
    let submitted: String
    /// Something that happened on the way to this page.
    let notice: String?
    let banner: Banner
    let offer: Offer?
    /// What a reviewer asked for.
    let supplementNote: String?
    let rows: [CredentialRow]
    let outlook: Outlook?
    /// Leads to the reasons where no outlook does.
    let whyAddress: String?
    /// What will happen, one sentence each.
    let next: [String]
    let primary: CredentialRow.Step?
    let second: CredentialRow.Step?
    /// Offered beside the others: the family takes the register's word.
    let accept: CredentialRow.Step?
    let papers: [Paper]
    let history: [Event]
    let editText: String?
    let withdrawAddress: String?

    static func samples(_ words: Words) -> [StatePage] { StateSamples(words).pages }
}

extension StatePage {
    /// - Parameters:
    ///   - now: the business time, from which "today" is told.
    ///   - notice: a key below `notice.`, when a form led here.
    init(_ view: ApplicationView, now: Instant, notice: String?, words: Words) {
        let address = "/family/applications/\(view.receipt)"
        let steps = StateSteps(view, address: address, words: words)
        let dates = DateWords(words)
        let outlook = Self.outlook(view, words)
        self.init(
            title: words("state.title", ["name": view.answers.child.name.value]), tenantName: words(view.tenant.name),
            contact: ContactView(view.tenant.contact, words), receipt: view.receipt.rawValue, address: address,
            eventsAddress: view.state == .withdrawn || view.state == .released ? nil : address + "/events",
            submitted: words(view.state == .withdrawn ? "state.no_longer" : "state.submitted"),
            notice: notice.flatMap { words.optional("notice.\($0)") },
            banner: Self.banner(view, words), offer: view.offer.flatMap { Self.offer($0, view, address, words) },
            supplementNote: view.state == .supplementRequested ? view.supplementNote : nil,
            rows: CredentialRow.rows(view, now: now, words: words), outlook: outlook,
            whyAddress: outlook == nil ? address + "/why" : nil, next: steps.sentences, primary: steps.primary,
            second: steps.second,
            accept: steps.accept,
            papers: view.attachments.enumerated().map { index, paper in
                Paper(
                    label: words("state.paper", ["n": "\(index + 1)", "time": dates.moment(paper.at)]),
                    address: "\(address)/attachments/\(paper.id)")
            },
            history: view.history.map {
                Event(
                    time: dates.moment($0.at),
                    text: words.optional("event.\($0.type.rawValue).\($0.actor)") ?? words("event.\($0.type.rawValue)"))
            },
            editText: view.canEdit
                ? words("state.edit_until", ["date": dates.day(view.tenant.policy.calendar.closes)]) : nil,
            withdrawAddress: view.canWithdraw ? address + "/withdraw" : nil)
    }

    private static func banner(_ view: ApplicationView, _ words: Words) -> Banner {
        let needed = view.credentials.filter { $0.status != .notNeeded }
        let done = needed.filter { $0.status == .confirmed || $0.status == .accepted }.count
        let calendar = view.tenant.policy.calendar
        let values = [
            "all": "\(needed.count)", "done": "\(done)", "freezes": DateWords(words).day(calendar.freezes),
            "reports": DateWords(words).day(calendar.reports), "school": view.offer.map { words($0.school.name) } ?? "",
            "until": view.offer.map { DateWords(words).day($0.until) } ?? "",
        ]
        let tone =
            switch view.state {
            case .verifying, .firstReview, .secondReview, .coordination: "calm"
            case .waitingForSource: "wait"
            case .needsRepair, .supplementRequested: "attention"
            case .qualified, .offered, .accepted: "good"
            case .released, .withdrawn: "calm"
            }
        let key = "state.\(view.state.rawValue)"
        return Banner(
            title: words(key + ".title", values), text: words(key + ".text", values), tone: tone,
            mark: tone == "calm" ? nil : StateWords(words).mark(view.state))
    }

    private static func offer(
        _ offer: OfferView, _ view: ApplicationView, _ address: String, _ words: Words
    ) -> Offer? {
        guard view.state == .offered || view.state == .accepted else { return nil }
        let values = ["school": words(offer.school.name), "until": DateWords(words).day(offer.until)]
        return Offer(
            title: words("offer.\(offer.state.rawValue).title", values),
            text: words("offer.\(offer.state.rawValue).text", values),
            conditional: offer.conditional ? words("offer.conditional") : nil,
            drawNumber: offer.drawNumber.map { String($0.hexadecimal.prefix(16)) },
            answerAddress: offer.state == .open ? address + "/offer" : nil)
    }

    /// The settled category, or the one that still may hold.
    private static func outlookCategory(_ decision: Decision, _ view: ApplicationView) -> Enrollment.Category? {
        switch decision.verdict {
        case .settled(let id), .undetermined(let id): view.tenant.policy.category(id)
        case .noCategory: nil
        }
    }

    private static func outlook(_ view: ApplicationView, _ words: Words) -> Outlook? {
        guard let decision = view.decision, view.state != .withdrawn, let category = outlookCategory(decision, view)
        else { return nil }
        let place = PlaceWords(words)
        let isSettled = decision.category == category.id
        return Outlook(
            heading: words(isSettled ? "state.outlook_settled" : "state.outlook"),
            lines: [
                .init(
                    label: words("state.category"), value: CategoryWords(words).numbered(category, view.tenant.policy),
                    changeAddress: nil),
                .init(
                    label: words("state.schools"),
                    value: place.schools(decision.catchment, view.schools, view.tenant), changeAddress: nil),
                .init(
                    label: words("state.basis"), value: place.basis(view.tenant),
                    changeAddress: "/family/applications/\(view.receipt)/why"),
            ])
    }
}
