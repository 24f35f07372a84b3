import Services

/// Sample values of ``CheckPage``: one with every part filled, one that cannot be submitted today.
struct CheckSamples {
    let words: Words

    init(_ words: Words) { self.words = words }

    var pages: [CheckPage] { [page(wrong: true, closed: nil), page(wrong: false, closed: window)] }

    private var window: String {
        words("check.window.closed", ["opens": "2026-07-01", "closes": "2026-07-15"])
    }

    private func page(wrong: Bool, closed: String?) -> CheckPage {
        let problems = FormProblems(
            wrong ? [.init("consent_household", "consent"), .init("phone", "phone"), .init("ranking", "ranking")] : [],
            words)
        let place = "/family/drafts/0123456789abcdef0123456789abcdef/place"
        let schools = [("school-a", "近桃小学"), ("school-b", "桃花江镇中心学校")]
        return CheckPage(
            title: words("check.title"), tenantName: "桃江县",
            contact: ContactView(office: "桃江县教育局", phone: "0000-0000000", hours: nil),
            draft: "0123456789abcdef0123456789abcdef", problems: problems.summary,
            answers: [
                .init(label: words("check.child"), value: "林样例", changeAddress: nil),
                .init(label: words("check.document"), value: "4309************01", changeAddress: nil),
                .init(label: words("check.place"), value: "桃花江镇 近桃社区 样例路12号", changeAddress: place),
            ],
            outlook: [
                .init(label: words("state.category"), value: "第一类 房户一致", changeAddress: nil),
                .init(label: words("state.schools"), value: "近桃小学 或 桃花江镇中心学校", changeAddress: nil),
            ], outlookText: words("check.outlook"),
            ranking: .init(
                text: words("check.ranking_text"), error: problems.text("ranking"),
                fields: schools.indices.map { index in
                    SelectField(
                        "rank_\(index + 1)", label: words("check.rank", ["n": "\(index + 1)"]),
                        empty: words("form.choose"), chosen: schools[index].0,
                        options: schools.map { (value: $0.0, label: $0.1) })
                }),
            checks: [
                .init(
                    field: "consent_household", title: "户籍", department: "公安",
                    why: words("check.why", ["purpose": "核对孩子的户口所在地和监护关系", "facts": "孩子的户口在本地"]),
                    consent: words("check.consent", ["title": "户籍", "department": "公安"]), isGiven: !wrong,
                    error: problems.text("consent_household"))
            ], notNeeded: words("check.not_needed", ["list": words.list(["居住证", "社会保险"])]),
            phone: TextField(
                "phone", label: words("check.phone"), hint: words("check.phone_hint"), value: "13900000000",
                error: problems.text("phone"), inputMode: "tel", autocomplete: "tel"),
            submissionKey: "sample-key", closed: closed, submitLabel: words("check.submit"))
    }
}
