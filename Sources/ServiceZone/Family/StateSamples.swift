/// Sample values of ``StatePage``: a family that waits and repairs, and one with an offer.
struct StateSamples {
    let words: Words

    init(_ words: Words) { self.words = words }

    var pages: [StatePage] { [repairing, offered] }

    private let address = "/family/applications/430922-26-0017-4482"

    var repairing: StatePage {
        page(
            banner: .init(
                title: words("state.needs_repair.title"), text: words("state.needs_repair.text"), tone: "attention",
                mark: .stop),
            offer: nil,
            next: [words("next.needs_repair.1"), words("next.needs_repair.2")],
            primary: .init(
                address: address + "/repair/real_estate_title", label: words("credential.repair.certificate_number")),
            second: .init(address: address + "/person/real_estate_title", label: words("credential.person")),
            accept: .init(address: address + "/accept/real_estate_title", label: words("credential.accept")))
    }

    private var offered: StatePage {
        let values = ["school": "近桃小学", "until": "2026-08-10"]
        return page(
            banner: .init(
                title: words("state.offered.title", values), text: words("state.offered.text", values), tone: "good",
                mark: .good),
            offer: .init(
                title: words("offer.open.title", values), text: words("offer.open.text", values),
                conditional: words("offer.conditional"), drawNumber: "0123456789abcdef",
                answerAddress: address + "/offer"),
            next: [], primary: nil, second: .init(address: address + "/receipt", label: words("next.receipt")),
            accept: nil)
    }

    private func page(
        banner: StatePage.Banner, offer: StatePage.Offer?, next: [String], primary: CredentialRow.Step?,
        second: CredentialRow.Step?, accept: CredentialRow.Step?
    ) -> StatePage {
        StatePage(
            title: words("state.title", ["name": "林样例"]), tenantName: "桃江县",
            contact: ContactView(office: "桃江县教育局", phone: nil, hours: nil), receipt: "430922-26-0017-4482",
            address: address, eventsAddress: address + "/events", submitted: words("state.submitted"),
            notice: words("notice.repaired"), banner: banner, offer: offer, supplementNote: "请补充房屋照片",
            rows: rows,
            outlook: .init(
                heading: words("state.outlook"),
                lines: [
                    .init(label: words("state.category"), value: "第一类 房户一致", changeAddress: nil),
                    .init(label: words("state.schools"), value: "近桃小学 或 桃花江镇中心学校", changeAddress: nil),
                    .init(label: words("state.basis"), value: "桃江县 2024 年招生方案", changeAddress: address + "/why"),
                ]), whyAddress: address + "/why", next: next, primary: primary, second: second, accept: accept,
            papers: [
                .init(
                    label: words("state.paper", ["n": "1", "time": "7 月 6 日 09:02"]),
                    address: address + "/attachments/0")
            ],
            history: [
                .init(time: "7 月 6 日 09:02", text: words("event.checked")),
                .init(time: "7 月 6 日 09:01", text: words("event.submitted")),
            ],
            editText: words("state.edit_until", ["date": "2026-07-15"]), withdrawAddress: address + "/withdraw")
    }

    private var rows: [CredentialRow] {
        [
            .init(
                title: "户籍", mark: .good, badge: words("credential.confirmed.badge"),
                detail: "公安 · 今天 09:02 · 桃花江镇 近桃社区",
                text: nil, promise: nil, repair: nil, person: nil, accept: nil),
            .init(
                title: "不动产登记", mark: .stop, badge: words("credential.differs.badge"), detail: nil,
                text: words("credential.differs.certificate_number"), promise: nil,
                repair: .init(
                    address: address + "/repair/real_estate_title", label: words("credential.repair.certificate_number")
                ),
                person: nil, accept: nil),
            .init(
                title: "社会保险", mark: .wait, badge: words("credential.source_down.badge"), detail: nil,
                text: words("credential.source_down.text", ["department": "人社"]),
                promise: words("credential.no_harm"), repair: nil, person: nil, accept: nil),
            .init(
                title: "购房合同备案、居住证", mark: .dash, badge: words("credential.not_needed.badge"), detail: nil,
                text: words("credential.not_needed.text", ["tenant": "桃江县"]), promise: nil, repair: nil, person: nil,
                accept: nil),
        ]
    }
}
