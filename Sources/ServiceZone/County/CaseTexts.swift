import Catchments
import Enrollment
import Services
import Tenancy

/// The sentences and lists of a case's page.
struct CaseTexts: Sendable {
    let view: CaseView
    let connectors: [Connector]
    let words: Words

    private var application: ApplicationView { view.application }
    private var dates: DateWords { DateWords(words) }
    private var facts: FactWords { FactWords(words) }

    /// Tone and sentence of what is to be done now.
    var banner: (tone: String, text: String) {
        if view.canFirstReview { return ("wait", words("case.banner.first")) }
        if view.canSecondReview {
            return view.mayBeSecond ? ("wait", words("case.banner.second")) : ("stop", words("case.banner.same"))
        }
        let tone = application.state == .qualified || application.state == .accepted ? "good" : "plain"
        return (tone, words("case.banner.\(application.state.rawValue)"))
    }

    var category: String {
        let policy = application.tenant.policy
        switch application.decision?.verdict {
        case .settled(let id)?: return CategoryWords(words).provisional(id, settled: true, policy)
        case .undetermined(let id)?: return CategoryWords(words).provisional(id, settled: false, policy)
        case .noCategory?: return words("case.category.none")
        case nil: return CategoryWords(words).provisional(application.category?.id, settled: false, policy)
        }
    }

    /// Each category the decision looked at, and the conditions that made it what it is.
    var rules: [CasePage.Rule] {
        let conditions = ConditionWords(words, monthsFrom: application.tenant.policy.referenceDates.months)
        return (application.decision?.rows ?? []).map { row in
            let truth = row.trace.truth
            let tone: Pill.Tone =
                switch truth {
                case .yes: .good
                case .no: .plain
                case .unknown: .wait
                }
            return CasePage.Rule(
                category: CategoryWords(words).short(row.category, application.tenant.policy),
                verdict: Pill(tone, words("truth.\(truth.rawValue)")),
                conditions: truth == .yes
                    ? [] : conditions.lines(row.trace).filter { $0.truth == truth && !$0.facts.isEmpty }.map(\.text))
        }
    }

    /// What the family stated, as far as an officer has to know it.
    var answers: [CasePage.Line] {
        let answers = application.answers
        var lines = [
            line(
                "case.child",
                words(
                    "case.person_text.number",
                    ["name": answers.child.name.masked, "number": answers.child.document.masked])),
            line("case.birth_date", dates.day(answers.child.birthDate)),
            line("case.stage", words("stage.\(answers.stage.rawValue)")),
            line(
                "case.guardian",
                words(
                    "case.person_text.relation",
                    ["name": answers.guardian.name.masked, "relation": words("relation.\(answers.relation.rawValue)")])),
        ]
        if let other = answers.otherParent { lines.append(line("case.other_parent", other.name.masked)) }
        if let community = answers.householdCommunity {
            lines.append(line("case.household", "\(community.township) \(community.name)"))
        }
        lines.append(line("case.home_kind", words("home_kind.\(answers.home.kind.rawValue)")))
        let home = answers.home.community
        lines.append(line("case.home", "\(home.township) \(home.name)"))
        lines.append(line("case.address", answers.home.address))
        return lines
    }

    /// Facts nobody knows yet, each with the reason.
    var openFacts: [CasePage.Line] {
        let known = Dictionary(application.facts.map { ($0.key, $0) }) { first, _ in first }
        let keys = view.openFacts.map(\.key)
        let others = application.decision?.pending.filter { !keys.contains($0) } ?? []
        return (keys + others).map { key in
            let reason: UnknownReason
            if case .unknown(let stated)? = known[key]?.state, stated != .notAsked {
                reason = stated
            } else {
                // What no register can tell for this family is asked of nobody.
                reason = application.answers.credential(yielding: key) == nil ? .notSupported : .notAsked
            }
            return CasePage.Line(label: facts.title(key), value: "", source: facts.unknown(reason))
        }
    }

    var settledFacts: [CasePage.Line] {
        application.facts.compactMap { fact in
            guard let value = fact.state.value else { return nil }
            return CasePage.Line(
                label: facts.title(fact.key), value: facts.value(fact.key, value),
                source: words(
                    "case.fact.source",
                    ["source": facts.source(fact, connectors: connectors), "at": dates.moment(fact.fetchedAt)]))
        }
    }

    /// What the first reviewer found, for the second one to sign.
    var findings: [CasePage.Line] {
        view.findings.map { finding in
            CasePage.Line(
                label: facts.title(finding.fact), value: facts.value(finding.fact, finding.value),
                source: words(finding.signedTwice ? "case.finding.signed" : "case.finding.unsigned"))
        }
    }

    var reviews: [CasePage.Review] {
        application.reviews.map { review in
            CasePage.Review(
                title: words(
                    "fact_stated",
                    [
                        "fact": words("case.review.\(review.stage.rawValue)"),
                        "value": words("case.verdict.\(review.verdict)"),
                    ]),
                reason: review.reason, at: dates.moment(review.at))
        }
    }

    var history: [CasePage.Event] {
        application.history.map { entry in
            CasePage.Event(
                at: dates.moment(entry.at), what: words("desk.event.\(entry.type.rawValue)"),
                who: words.optional("desk.actor.\(entry.actor)") ?? entry.actor)
        }
    }

    /// A problem in words; a finding's names its fact.
    func problem(_ problem: FormProblem) -> String {
        let text = words("problem.\(problem.code)", problem.values)
        guard problem.field.hasPrefix("finding.") else { return text }
        let key = FactKey(rawValue: String(problem.field.dropFirst("finding.".count)))
        return words("fact_stated", ["fact": facts.title(key), "value": text])
    }

    /// Communities of the tenant's divisions by township, for facts that are places.
    static func communities(
        of tenant: Tenant, _ gazetteer: Gazetteer
    ) -> [(township: String, communities: [Community])] {
        tenant.divisions.flatMap { division in
            gazetteer.townships(in: division.rawValue).map { township in
                (township, gazetteer.communities(in: division.rawValue, township: township))
            }
        }
    }

    private func line(_ key: String, _ value: String) -> CasePage.Line {
        CasePage.Line(label: words(key), value: value, source: nil)
    }
}
