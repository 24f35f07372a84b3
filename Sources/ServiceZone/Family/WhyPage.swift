import Catchments
import Enrollment
import Services
import Tenancy

/// Why the rules say what they say: every category in order, its conditions, the facts and where they come from.
struct WhyPage: Page {
    static let template = "family/why"

    struct Condition: Sendable, Equatable {
        let text: String
        let isDeeper: Bool
        let mark: Mark
        let truth: String
    }

    struct Category: Sendable, Equatable {
        let title: String
        let mark: Mark
        let truth: String
        let conditions: [Condition]
    }

    struct FactLine: Sendable, Equatable {
        let title: String
        let value: String
        let source: String
    }

    /// What a reviewer wrote, once both have signed.
    struct ReviewLine: Sendable, Equatable {
        let title: String
        let reason: String
    }

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let address: String
    let verdict: String
    /// How the schools follow from the category; nil until it is settled.
    let school: String?
    /// Clauses of the published plan that matched.
    let clauses: [String]
    let source: String
    /// Address of the published document.
    let sourceLink: String?
    let version: String
    let categories: [Category]
    /// Categories below the one that settled it, which were not looked at.
    let notReached: String?
    let facts: [FactLine]
    let reviews: [ReviewLine]
    let hasReviews: Bool
    /// Single facts that would have given another category.
    let changes: [String]

    static func samples(_ words: Words) -> [WhyPage] {
        let no = Condition(text: "孩子的户口在本地", isDeeper: false, mark: .good, truth: words("truth.yes"))
        let open = Condition(text: "房屋用途是住宅", isDeeper: true, mark: .wait, truth: words("truth.unknown"))
        return [
            WhyPage(
                title: words("why.title"), tenantName: "桃江县",
                contact: ContactView(office: "桃江县教育局", phone: nil, hours: nil),
                address: "/family/applications/430922-26-0017-4482",
                verdict: words("why.settled", ["category": "第一类 房户一致"]),
                school: words("why.school", ["place": "住房所在社区"]),
                clauses: [words("why.clause", ["n": "3", "text": "近桃社区、金凤社区", "school": "近桃小学"])],
                source: "依据桃江县招生方案(2024 年)", sourceLink: "https://example.org/plan",
                version: words("why.version", ["hash": "0123456789ab"]),
                categories: [
                    Category(title: "第一类 房户一致", mark: .good, truth: words("truth.yes"), conditions: [no, open])
                ], notReached: words("why.not_reached", ["list": "第二类 有户无房"]),
                facts: [FactLine(title: "住房所在社区", value: "桃花江镇 近桃社区", source: "自然资源登记 · 7 月 6 日 09:02")],
                reviews: [
                    ReviewLine(title: words("why.review.first", ["at": "7 月 8 日 10:20"]), reason: "已入户调查，自建房属实。")
                ],
                hasReviews: true,
                changes: [words("why.change", ["fact": "住房不是自家的", "category": "第二类 有户无房"])])
        ]
    }
}

extension WhyPage {
    init(_ view: ApplicationView, connectors: [Connector], words: Words) {
        let tenant = view.tenant
        let policy = tenant.policy
        let names = CategoryWords(words)
        let reviews = Self.reviews(view, words)
        let authority = tenant.isPlanPublished ? tenant.planAuthority : policy.categoriesAuthority
        self.init(
            title: words("why.title"), tenantName: words(tenant.name), contact: ContactView(tenant.contact, words),
            address: "/family/applications/\(view.receipt)", verdict: Self.verdict(view, names, words),
            school: Self.school(view, words), clauses: Self.clauses(view, words),
            source: authority.kind == .published
                ? AuthorityWords(words).source(authority) : PlaceWords(words).basis(tenant),
            sourceLink: Self.link(authority),
            version: words("why.version", ["hash": String(view.versionHash.prefix(12))]),
            categories: (view.decision?.rows ?? []).compactMap { row in
                policy.category(row.category).map { Category($0, row.trace, policy, words) }
            }, notReached: Self.notReached(view, names, words),
            facts: Self.facts(view, connectors, words), reviews: reviews, hasReviews: !reviews.isEmpty,
            changes: Self.changes(view, names, words))
    }

    /// Reasons are shown once a second person has signed: until then nothing is found.
    private static func reviews(_ view: ApplicationView, _ words: Words) -> [ReviewLine] {
        guard view.reviews.contains(where: { $0.stage == .second && $0.verdict == "approve" }) else { return [] }
        return view.reviews.map { review in
            ReviewLine(
                title: words("why.review.\(review.stage.rawValue)", ["at": DateWords(words).moment(review.at)]),
                reason: review.reason)
        }
    }

    private static func verdict(_ view: ApplicationView, _ names: CategoryWords, _ words: Words) -> String {
        let policy = view.tenant.policy
        switch view.decision?.verdict {
        case .settled(let id)?:
            return words("why.settled", ["category": policy.category(id).map { names.numbered($0, policy) } ?? ""])
        case .undetermined(let id)?:
            return words("why.undetermined", ["category": policy.category(id).map { names.numbered($0, policy) } ?? ""])
        case .noCategory?: return words("why.no_category")
        case nil: return words("why.not_decided")
        }
    }

    private static func school(_ view: ApplicationView, _ words: Words) -> String? {
        guard let id = view.decision?.category, let category = view.tenant.policy.category(id) else { return nil }
        if category.seat == .coordination { return words("why.coordination") }
        switch view.decision?.catchment {
        case .one?, .many?: return words("why.school", ["place": FactWords(words).title(category.place)])
        default: return PlaceWords(words).schools(view.decision?.catchment, view.schools, view.tenant)
        }
    }

    private static func clauses(_ view: ApplicationView, _ words: Words) -> [String] {
        (view.decision?.catchment?.clauses ?? []).map { clause in
            let school = view.tenant.school(SchoolCode(rawValue: clause.school)).map { words($0.name) } ?? clause.school
            return words("why.clause", ["n": "\(clause.number)", "text": clause.text, "school": school])
        }
    }

    /// Only web addresses become links: the text comes from a data file.
    private static func link(_ authority: Authority) -> String? {
        authority.link.flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
    }

    private static func notReached(_ view: ApplicationView, _ names: CategoryWords, _ words: Words) -> String? {
        let looked = Set((view.decision?.rows ?? []).map(\.category))
        let policy = view.tenant.policy
        let rest = policy.categories.filter { !looked.contains($0.id) }.map { names.numbered($0, policy) }
        return rest.isEmpty || looked.isEmpty ? nil : words("why.not_reached", ["list": words.list(rest)])
    }

    private static func facts(_ view: ApplicationView, _ connectors: [Connector], _ words: Words) -> [FactLine] {
        let texts = FactWords(words)
        let used = (view.decision?.rows ?? []).reduce(into: Set<FactKey>()) { $0.formUnion($1.trace.facts) }
            .union(view.category.map { [$0.place] } ?? [])
        return FactSheet(view.facts).all.filter { used.contains($0.key) || $0.key == .householdWithGuardian }.map {
            fact in
            let value =
                switch fact.state {
                case .known(let value): texts.value(fact.key, value)
                case .unknown(let reason): texts.unknown(reason)
                }
            return FactLine(
                title: texts.title(fact.key), value: value,
                source: "\(texts.source(fact, connectors: connectors)) · \(DateWords(words).moment(fact.fetchedAt))")
        }
    }

    private static func changes(_ view: ApplicationView, _ names: CategoryWords, _ words: Words) -> [String] {
        guard view.decision != nil else { return [] }
        let policy = view.tenant.policy
        let input = DecisionInput(
            policy: policy, catchments: view.tenant.catchmentPlan(view.answers.stage), facts: FactSheet(view.facts))
        let texts = FactWords(words)
        return nearestChanges(input).prefix(3).compactMap { change in
            policy.category(change.category).map { category in
                let fact =
                    switch change.value {
                    case .flag(let flag): texts.clause(change.fact, flag)
                    case .integer, .date, .code:
                        words(
                            "why.change_value",
                            ["fact": texts.title(change.fact), "value": texts.value(change.fact, change.value)])
                    }
                return words("why.change", ["fact": fact, "category": names.numbered(category, policy)])
            }
        }
    }
}

extension WhyPage.Category {
    init(_ category: Enrollment.Category, _ trace: ConditionTrace, _ policy: Policy, _ words: Words) {
        let lines = ConditionWords(words, monthsFrom: policy.referenceDates.months).lines(trace)
        self.init(
            title: CategoryWords(words).numbered(category, policy), mark: WhyPage.mark(trace.truth),
            truth: words("truth.\(trace.truth.rawValue)"),
            conditions: lines.map { line in
                let truth = line.truth ?? .unknown
                return WhyPage.Condition(
                    text: line.text, isDeeper: line.depth > 0, mark: WhyPage.mark(truth),
                    truth: words("truth.\(truth.rawValue)"))
            })
    }
}

extension WhyPage {
    fileprivate static func mark(_ truth: Truth) -> Mark {
        switch truth {
        case .yes: .good
        case .no: .dash
        case .unknown: .wait
        }
    }
}

extension ConditionTrace {
    /// Every fact that was looked at.
    fileprivate var facts: Set<FactKey> {
        switch step {
        case .compare(let key, _, _): [key]
        case .same(let left, let right): [left, right]
        case .all, .any, .not, .predicate: parts.reduce(into: []) { $0.formUnion($1.facts) }
        }
    }
}
