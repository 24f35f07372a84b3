import Catchments
import Enrollment

extension CasePage {
    static func samples(_ words: Words) -> [CasePage] { [firstReview(words), secondReview(words)] }

    private static func firstReview(_ words: Words) -> CasePage {
        let line = { (label: String, value: String) in Line(label: words("case.\(label)"), value: value, source: nil) }
        let reason = words("problem.required")
        return CasePage(
            desk: DeskSamples.frame(words), tenantName: "桃江县", base: "/county/430922/cases/430922-26-0017-4482",
            receipt: "430922-26-0017-4482", title: "…0017-4482 林**", state: Pill(ApplicationState.firstReview, words),
            banner: words("case.banner.first"), bannerTone: "wait", backHref: "/county/430922?state=first_review",
            backLabel: words("case.back", ["state": words("desk.state.first_review")]),
            problems: [SummaryLine(href: "#first-reason", text: reason)], hasProblems: true,
            answers: [
                line("child", "林** 4309************1X"), line("stage", words("stage.primary")),
                line(
                    "guardian",
                    words("case.person_text.relation", ["name": "林**", "relation": words("relation.father")])),
                line("home_kind", words("home_kind.owned")), line("home", "桃花江镇 近桃社区"),
                line("address", "样例路 1 号 2 栋 301"),
            ], phone: "13800000000", category: words("category.maybe", ["category": "一 有户有房（房户一致）"]),
            schools: "近桃小学、桃花江镇中心学校小学部",
            rules: [
                Rule(
                    category: "一 有户有房（房户一致）", verdict: Pill(.wait, words("truth.unknown")),
                    conditions: [words("fact.home.owned.yes")])
            ],
            doubts: ComparisonCard.samples(words), hasDoubts: true, confirmed: ComparisonCard.samples(words),
            hasConfirmed: true,
            openFacts: [Line(label: words("fact.home.owned.yes"), value: "", source: words("unknown.disputed"))],
            hasOpenFacts: true,
            settledFacts: [
                Line(
                    label: words("fact.household.in_county.yes"), value: words("value.yes"),
                    source: words("fact_source.check"))
            ], findings: [], hasFindings: false, reviews: [], hasReviews: false, notes: ["证书编号少写了一位，麻烦核对。"],
            hasNotes: true,
            attachments: [
                Attachment(
                    href: "/county/430922/cases/430922-26-0017-4482/attachments/00000000000000000000000000000001",
                    label: words("case.attachment", ["n": "1", "size": "214"]), at: "7 月 6 日 10:11")
            ], hasAttachments: true,
            history: [Event(at: "7 月 6 日 09:01", what: words("desk.event.submitted"), who: words("desk.actor.family"))],
            canFirstReview: true, fields: FindingField.samples(words), hasFields: true, firstReason: "",
            firstReasonProblem: reason, supplementNote: "", supplementProblem: reason, supplementIsOpen: true,
            canSecondReview: false, isSamePerson: false, secondReason: "", secondReasonProblem: nil)
    }

    private static func secondReview(_ words: Words) -> CasePage {
        CasePage(
            desk: DeskSamples.frame(words, current: "second_review"), tenantName: "桃江县",
            base: "/county/430922/cases/430922-26-0017-4519", receipt: "430922-26-0017-4519", title: "…0017-4519 彭**",
            state: Pill(ApplicationState.secondReview, words), banner: words("case.banner.second"), bannerTone: "wait",
            backHref: "/county/430922?state=second_review",
            backLabel: words("case.back", ["state": words("desk.state.second_review")]), problems: [],
            hasProblems: false,
            answers: [], phone: "13800000000", category: words("category.open"), schools: words("case.schools.none"),
            rules: [],
            doubts: [], hasDoubts: false, confirmed: [], hasConfirmed: false, openFacts: [], hasOpenFacts: false,
            settledFacts: [],
            findings: [
                Line(
                    label: words("fact.home.owned.yes"), value: words("value.yes"),
                    source: words("case.finding.unsigned"))
            ], hasFindings: true,
            reviews: [
                Review(
                    title: words(
                        "fact_stated", ["fact": words("case.review.first"), "value": words("case.verdict.findings")]),
                    reason: "已入户调查，自建房属实。",
                    at: "7 月 6 日 15:20")
            ], hasReviews: true, notes: [], hasNotes: false, attachments: [], hasAttachments: false, history: [],
            canFirstReview: false, fields: [], hasFields: false, firstReason: "", firstReasonProblem: nil,
            supplementNote: "", supplementProblem: nil, supplementIsOpen: false, canSecondReview: true,
            isSamePerson: false, secondReason: "", secondReasonProblem: words("problem.required"))
    }
}

extension ComparisonCard {
    static func samples(_ words: Words) -> [ComparisonCard] {
        let number = CharacterDifference("湘(2021)桃江县不动产权第000381号", "湘(2021)桃江县不动产权第0003817号")
        let same = { (text: String) in [CharacterDifference.Run(text: text, differs: false)] }
        let cell = { (text: String) in Cell(lines: [Line(runs: same(text))], isEmpty: false) }
        let record = RecordWords(words)
        return [
            ComparisonCard(
                title: words.language == .zh ? "不动产登记" : "Real-estate title",
                status: Pill(.stop, words("desk.credential.differs")),
                columns: [
                    words(
                        "case.register.one",
                        ["department": words.language == .zh ? "自然资源" : "Natural resources", "at": "7 月 6 日 09:02"])
                ],
                rows: [
                    Row(
                        field: record.title(.certificateKind),
                        claimed: same(record.value(.certificateKind, "real_estate_certificate")),
                        hasClaim: true, cells: [cell(record.value(.certificateKind, "real_estate_certificate"))],
                        differs: false),
                    Row(
                        field: record.title(.certificateNumber), claimed: number.left, hasClaim: true,
                        cells: [Cell(lines: [Line(runs: number.right)], isEmpty: false)], differs: true),
                    Row(
                        field: record.title(.ownerName), claimed: same("林**"), hasClaim: true, cells: [cell("林**")],
                        differs: false),
                    Row(
                        field: record.title(.share), claimed: same("—"), hasClaim: false,
                        cells: [Cell(lines: [], isEmpty: true)], differs: false),
                ], hasRows: true, note: nil),
            ComparisonCard(
                title: words.language == .zh ? "购房合同备案" : "Purchase-contract filing",
                status: Pill(.wait, words("desk.credential.source_down")), columns: [], rows: [], hasRows: false,
                note: words("case.no_answer")),
        ]
    }
}

extension FindingField {
    static func samples(_ words: Words) -> [FindingField] {
        let field = { (key: FactKey, problem: String?) -> [FindingField] in
            FactVocabulary.description(of: key).map {
                [
                    FindingField(
                        $0, typed: "", problem: problem,
                        communities: [("桃花江镇", [.init(division: "430922", township: "桃花江镇", name: "近桃社区")])],
                        words: words)
                ]
            } ?? []
        }
        let withDate =
            FactVocabulary.description(of: .householdRegisteredSince) != nil
            ? field(.householdRegisteredSince, nil) : []
        return field(.homeOwned, words("problem.required")) + field(.permitMonths, nil)
            + field(.householdCommunity, nil)
            + withDate
    }
}
