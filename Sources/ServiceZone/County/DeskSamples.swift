import Enrollment

/// Desks' pages filled with sample people, against which templates are checked and from which snapshots are made.
enum DeskSamples {
    static func frame(_ words: Words, current: String = "first_review") -> DeskFrame {
        let item = { (state: String, count: String) in
            DeskFrame.Item(
                href: "/county/430922?state=\(state)", label: words("desk.state.\(state)"), count: count,
                isCurrent: state == current, isEmpty: count == "0")
        }
        let place = { (name: String) in
            DeskFrame.Item(
                href: "/county/430922/\(name)", label: words("desk.place.\(name)"), count: nil,
                isCurrent: name == current, isEmpty: false)
        }
        return DeskFrame(
            code: "430922", tenantName: words.language == .zh ? "桃江县" : "Taojiang",
            roles: words.list([words("desk.role.first_reviewer"), words("desk.role.admission_officer")]),
            groups: [
                .init(title: nil, items: [item("all", "2,618")]),
                .init(
                    title: words("desk.group.yours"), items: [item("first_review", "87"), item("second_review", "41")]),
                .init(
                    title: words("desk.group.family"),
                    items: [item("needs_repair", "112"), item("supplement_requested", "9"), item("offered", "0")]),
                .init(
                    title: words("desk.group.departments"),
                    items: [item("verifying", "3"), item("waiting_for_source", "19")]),
                .init(
                    title: words("desk.group.settled"),
                    items: [
                        item("qualified", "2,331"), item("coordination", "12"), item("accepted", "0"),
                        item("released", "0"), item("withdrawn", "4"),
                    ]),
                .init(
                    title: words("desk.group.places"),
                    items: [place("seats"), place("admission"), place("left"), place("rules")]),
            ])
    }

    static func bars(_ words: Words) -> [SchoolBar] {
        [("近桃小学", 10, 463), ("桃花江小学", 14, 571), ("桂花园小学", 9, 322), ("桃谷山九年一贯制学校小学部", 6, 201)].map {
            SchoolBar(
                name: $0.0, stage: words("stage_short.primary"), classes: $0.1, classSize: 45, firstChoices: $0.2,
                placed: 0, accepted: 0, isPlaced: false, words: words)
        }
    }

    static func list(_ words: Words) -> [DeskPage] {
        let row = { (tail: String, child: String, pills: [Pill], category: String, hours: String) in
            DeskPage.Row(
                href: "/county/430922/cases/430922-26-0017-\(tail)", shortReceipt: "…0017-\(tail)",
                receipt: "430922-26-0017-\(tail)", child: child, state: words("desk.state.first_review"), pills: pills,
                category: category, waiting: hours)
        }
        let title = { (state: String, count: String) in
            words("desk.heading", ["state": words("desk.state.\(state)"), "n": count])
        }
        let differs = Pill(.stop, words("desk.reason.differs", ["what": words("field.certificate_number")]))
        let built = Pill(.wait, words("desk.reason.open", ["what": words("fact.home.owned.yes")]))
        let hours = { (count: String) in words("duration.hours", ["n": count]) }
        let tenant = words.language == .zh ? "桃江县" : "Taojiang"
        return [
            DeskPage(
                desk: frame(words), tenantName: tenant, title: title("first_review", "87"),
                notice: words("desk.notice.sent_to_second", ["receipt": "…0017-4401"]), schools: bars(words),
                hasSchools: true, schoolsCaption: words("desk.schools.first_choices"),
                rows: [
                    row("4482", "林**", [differs], "一 有户有房（房户一致）", hours("2")),
                    row("4519", "彭**", [built], words("category.open"), hours("5")),
                    row(
                        "4533", "胡*", [Pill(.wait, words("desk.reason.no_category"))], words("category.open"),
                        hours("23")),
                ], hasRows: true, showsState: true, empty: "", emptyHint: "",
                nextHref: "/county/430922?state=first_review&after=430922-26-0017-4533"),
            DeskPage(
                desk: frame(words), tenantName: tenant, title: title("first_review", "0"), notice: nil, schools: [],
                hasSchools: false, schoolsCaption: "", rows: [], hasRows: false, showsState: false,
                empty: words("desk.empty_title", ["state": words("desk.state.first_review")]),
                emptyHint: words("desk.empty_hint.done"), nextHref: nil),
        ]
    }
}

extension DeskPage {
    static func samples(_ words: Words) -> [DeskPage] { DeskSamples.list(words) }
}

extension SeatsPage {
    static func samples(_ words: Words) -> [SeatsPage] {
        [
            SeatsPage(
                desk: DeskSamples.frame(words, current: "seats"), tenantName: "桃江县", title: words("seats.title"),
                schools: DeskSamples.bars(words), hasSchools: true, totalSeats: "1,755", totalFirstChoices: "1,557",
                totalPlaced: "0", totalAccepted: "0", totalFree: "1,755", caption: words("desk.schools.first_choices"))
        ]
    }
}

extension LeftPage {
    static func samples(_ words: Words) -> [LeftPage] {
        let row = { (tail: String, cause: String, schools: String) in
            LeftPage.Row(
                href: "/county/430922/cases/430922-26-0017-\(tail)", shortReceipt: "…0017-\(tail)",
                receipt: "430922-26-0017-\(tail)", child: "林**", category: "四 无户无房",
                cause: words("left.cause.\(cause)"), schools: schools, next: words("left.next.\(cause)"))
        }
        return [
            LeftPage(
                desk: DeskSamples.frame(words, current: "left"), tenantName: "桃江县",
                title: words("left.heading", ["n": "3"]),
                causes: [
                    Cause(label: words("left.cause.no_seat"), count: "2"),
                    Cause(label: words("left.cause.no_category"), count: "1"),
                ],
                rows: [
                    row("4482", "no_seat", "近桃小学、桃花江小学"), row("4519", "no_seat", "近桃小学"),
                    row("4533", "no_category", ""),
                ], hasRows: true)
        ]
    }
}

extension CountyChoicePage {
    static func samples(_ words: Words) -> [CountyChoicePage] {
        [
            CountyChoicePage(
                title: words("county.title"),
                desks: [
                    Desk(href: "/county/430922", name: "桃江县", roles: words("desk.role.first_reviewer")),
                    Desk(href: "/county/430121", name: "长沙县", roles: words("desk.role.second_reviewer")),
                ], hasDesks: true),
            CountyChoicePage(title: words("county.title"), desks: [], hasDesks: false),
        ]
    }
}
