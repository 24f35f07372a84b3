import Enrollment
import Services
import Storage
import Testing

@Suite("What a submission needs", .timeLimit(.minutes(5)))
struct SubmissionRulesTests {
    /// A draft that could be submitted.
    private func ready(
        _ season: TestSeason, _ family: SampleFamily
    ) async throws -> (viewer: Viewer, draft: DraftID, form: SubmissionForm) {
        season.register(family)
        let viewer = try await season.arrive(family)
        let draft = try await season.begin(viewer, family.child)
        try await season.fill(viewer, draft, family)
        return (viewer, draft, try await season.form(viewer, draft))
    }

    @Test("the same submission sent again has the same receipt, and is one application")
    func repeated() async throws {
        try await TestSeason.run { season in
            let (viewer, draft, form) = try await ready(season, try SampleFamily(1))
            let receipt = try await SubmitApplication(season.platform)(viewer, draft, form)
            #expect(try await SubmitApplication(season.platform)(viewer, draft, form) == receipt)
            try await season.wait(viewer, receipt, for: .qualified)
            #expect(try await SubmitApplication(season.platform)(viewer, draft, form) == receipt)
            let view = try await season.read(viewer, receipt)
            #expect(view.revision == 1 && view.state == .qualified)
            #expect(view.history.count { $0.type == .submitted } == 1)
        }
    }

    @Test("a button pressed many times at once has one receipt, and leaves no draft behind")
    func atOnce() async throws {
        try await TestSeason.run { season in
            let (viewer, draft, form) = try await ready(season, try SampleFamily(1))
            let receipts = try await withThrowingTaskGroup(of: ReceiptNumber.self) { group in
                for _ in 0..<12 { group.addTask { try await SubmitApplication(season.platform)(viewer, draft, form) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(receipts.count == 12 && Set(receipts).count == 1)
            let (applications, drafts) = try await season.database.read(.queue) { tx in
                (try tx.rows("SELECT id FROM application").count, try tx.rows("SELECT id FROM draft").count)
            }
            #expect(applications == 1)
            #expect(drafts == 0)
        }
    }

    @Test("a key that was used is refused for another content, and the first submission stands")
    func keyReused() async throws {
        try await TestSeason.run { season in
            let (viewer, draft, form) = try await ready(season, try SampleFamily(1))
            let receipt = try await SubmitApplication(season.platform)(viewer, draft, form)
            let other = SubmissionForm(
                ranking: form.ranking.reversed(), consents: form.consents, phone: form.phone, key: form.key)
            #expect(
                try await refusal { _ = try await SubmitApplication(season.platform)(viewer, draft, other) }
                    == .submissionKeyReused)
            #expect(try await season.wait(viewer, receipt, for: .qualified).schools.map(\.code) == form.ranking)
            // Another family's key is its own affair.
            let neighbour = try await ready(season, try SampleFamily(2))
            let same = SubmissionForm(
                ranking: neighbour.form.ranking, consents: neighbour.form.consents, phone: form.phone, key: form.key)
            #expect(try await SubmitApplication(season.platform)(neighbour.viewer, neighbour.draft, same) != receipt)
        }
    }

    @Test(
        "outside the window a submission is refused with the calendar, and the draft is kept",
        arguments: [
            ("2026-06-30T23:59:00+08:00", Calendar.Window.notOpen), ("2026-07-21T00:00:00+08:00", .closed),
        ])
    func window(at time: String, expected: Calendar.Window) async throws {
        try await TestSeason.run(at: time) { season in
            let (viewer, draft, form) = try await ready(season, try SampleFamily(1))
            let error = try await refusal { _ = try await SubmitApplication(season.platform)(viewer, draft, form) }
            guard case .windowClosed(let window, let calendar)? = error else {
                Issue.record("was not refused for the window: \(String(describing: error))")
                return
            }
            #expect(window == expected)
            #expect(calendar.opens == CivilDate("2026-07-01"))
            #expect(try await ReadDraft(season.platform)(viewer, draft).home != nil)
        }
    }

    @Test(
        "the first and the last minute of the window count",
        arguments: [
            "2026-07-01T00:00:00+08:00", "2026-07-20T23:59:00+08:00",
        ])
    func edges(at time: String) async throws {
        try await TestSeason.run(at: time) { season in
            let (viewer, draft, form) = try await ready(season, try SampleFamily(1))
            _ = try await SubmitApplication(season.platform)(viewer, draft, form)
        }
    }

    @Test("a child a day too young is told so before anything is filled in; one born the day before enters")
    func tooYoung() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1, childrenBorn: ["2020-08-31", "2020-09-01"])
            season.register(family)
            let viewer = try await season.arrive(family)
            let home = try await ReadFamily(season.platform)(viewer)
            let young = try #require(home.children.first { $0.birthDate == CivilDate("2020-09-01") })
            #expect(young.age == .tooYoung(bornBy: try #require(CivilDate("2020-08-31"))))
            let error = try await refusal { _ = try await StartDraft(season.platform)(viewer, member: young.member) }
            #expect(error?.problems == ["member": "too_young"])
            let byHand = try await refusal {
                _ = try await StartDraftByHand(season.platform)(
                    viewer,
                    ChildForm(
                        name: "林样例·小", documentKind: "passport", documentNumber: "E12345678", birthDate: "2020-09-01"))
            }
            #expect(byHand?.problems == ["birth_date": "too_young"])
            _ = try await season.begin(viewer, family.child)
        }
    }

    @Test("a wrong check digit, a name of one character or forty, and HTML are refused, each with its own words")
    func childByHand() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let viewer = try await season.arrive(family)
            let number = family.child.document.number
            let wrong = String(number.dropLast()) + (number.hasSuffix("0") ? "1" : "0")
            let refusals: [(ChildForm, [String: String])] = [
                (
                    .init(name: "林样例", documentKind: "id_number", documentNumber: wrong, birthDate: ""),
                    ["document_number": "id_number.check_digit"]
                ),
                (
                    .init(name: "林", documentKind: "id_number", documentNumber: number, birthDate: ""),
                    ["name": "name.too_short"]
                ),
                (
                    .init(
                        name: String(repeating: "林", count: 40), documentKind: "id_number", documentNumber: number,
                        birthDate: ""),
                    ["name": "name.too_long"]
                ),
                (
                    .init(name: "<b>林样</b>", documentKind: "id_number", documentNumber: number, birthDate: ""),
                    ["name": "name.characters"]
                ),
                (
                    .init(name: "林样例", documentKind: "passport", documentNumber: "E12345678", birthDate: "2020-02-30"),
                    ["birth_date": "birth_date"]
                ),
                (
                    .init(name: "", documentKind: "id_number", documentNumber: "", birthDate: ""),
                    ["name": "required", "document_number": "required"]
                ),
            ]
            for (form, problems) in refusals {
                let error = try await refusal { _ = try await StartDraftByHand(season.platform)(viewer, form) }
                #expect(error?.problems == problems)
            }
            let beyond = ChildForm(
                name: "阿依·𠮷𠮷", documentKind: "passport", documentNumber: "E12345678", birthDate: "2020-02-29")
            let draft = try await StartDraftByHand(season.platform)(viewer, beyond)
            #expect(try await ReadDraft(season.platform)(viewer, draft).child.name.value == "阿依·𠮷𠮷")
        }
    }

    @Test("every credential needs its own consent, and what was typed is kept")
    func consent() async throws {
        try await TestSeason.run { season in
            let (viewer, draft, form) = try await ready(season, try SampleFamily(1))
            let half = SubmissionForm(
                ranking: form.ranking, consents: [.household], phone: "0737 88-123-45", key: form.key)
            let error = try await refusal { _ = try await SubmitApplication(season.platform)(viewer, draft, half) }
            #expect(error?.problems == ["consent_real_estate_title": "consent"])
            #expect(try await ReadDraft(season.platform)(viewer, draft).phone == "07378812345")
            #expect(season.registers.checks(.household) == 0)
        }
    }

    @Test("every school that is open has to be ranked once, and no other")
    func ranking() async throws {
        try await TestSeason.run { season in
            let (viewer, draft, form) = try await ready(season, try SampleFamily(1))
            for ranking: [SchoolCode] in [
                [], ["P01"], ["P01", "P01"], ["P01", "P05", "P05"], ["P01", "P02"], ["P01", "P05", "P02"],
            ] {
                let wrong = SubmissionForm(ranking: ranking, consents: form.consents, phone: form.phone, key: form.key)
                let error = try await refusal { _ = try await SubmitApplication(season.platform)(viewer, draft, wrong) }
                #expect(error?.problems == ["rank_1": "ranking"], "\(ranking)")
            }
        }
    }

    @Test("another family's receipt number and draft are not found, whatever is tried with them")
    func otherFamily() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, receipt) = try await season.qualified(family)
            let neighbour = try SampleFamily(2)
            let (stranger, own) = try await season.qualified(neighbour)
            let platform = season.platform
            let draft = try await EditApplication(platform)(viewer, receipt)
            let attempts: [@Sendable () async throws -> Void] = [
                { _ = try await ReadApplication(platform)(stranger, receipt) },
                { _ = try await WatchApplication(platform)(stranger, receipt) },
                { _ = try await EditApplication(platform)(stranger, receipt) },
                { try await WithdrawApplication(platform)(stranger, receipt) },
                {
                    try await RepairCredential(platform)(
                        stranger, receipt, .realEstateTitle, season.homeForm(neighbour))
                },
                { try await AcceptRegister(platform)(stranger, receipt, .realEstateTitle) },
                {
                    try await AskForPerson(platform)(
                        stranger, receipt, .realEstateTitle, homeKind: "", note: "请看", photo: nil)
                },
                { try await AnswerSupplement(platform)(stranger, receipt, note: "补充", photo: nil) },
                { try await AnswerOffer(platform)(stranger, receipt, accept: true) },
                { _ = try await ReadDraft(platform)(stranger, draft) },
                { _ = try await PreviewDraft(platform)(stranger, draft) },
                { _ = try await SaveHome(platform)(stranger, draft, season.homeForm(neighbour)) },
                {
                    _ = try await SubmitApplication(platform)(
                        stranger, draft,
                        SubmissionForm(ranking: [], consents: [], phone: "13900000000", key: "0123456789"))
                },
            ]
            for (number, attempt) in attempts.enumerated() {
                #expect(try await refusal(attempt) == .notFound, "attempt \(number)")
            }
            #expect(try await season.read(viewer, receipt).state == .qualified)
            #expect(try await season.read(stranger, own).state == .qualified)
            let member = try #require(try await ReadFamily(platform)(viewer).children.first?.member)
            #expect(try await refusal { _ = try await StartDraft(platform)(stranger, member: member) } == .notFound)
        }
    }

    @Test("a forged or foreign session is nobody, and a sign-in begun elsewhere is refused")
    func sessions() async throws {
        try await TestSeason.run { season in
            let platform = season.platform
            #expect(try await ReadSession(platform)(token: String(repeating: "0", count: 64)) == nil)
            #expect(try await ReadSession(platform)(token: "") == nil)
            let begun = try await BeginSignIn(platform)(returnTo: "/family")
            #expect(
                try await refusal {
                    _ = try await CompleteSignIn(platform)(code: "x", state: "other", cookie: begun.cookie)
                }
                    == .forbidden)
            #expect(
                try await refusal { _ = try await CompleteSignIn(platform)(code: "x", state: "", cookie: "AAAA") }
                    == .forbidden)
        }
    }

    @Test(
        "after sign-in one is led to a page of this portal only",
        arguments: [
            ("/family/new", "/family/new"), ("https://evil.example", "/family"), ("//evil.example", "/family"),
            ("/\\evil.example", "/family"), ("/\t/evil.example", "/family"), ("/a\r\nSet-Cookie: x=y", "/family"),
            ("", "/family"),
        ])
    func returnTo(asked: String, led: String) async throws {
        let season = try await TestSeason()
        let identity = try SampleFamily(1).mother
        #expect(try await season.signInLeads(identity, from: asked) == led)
        try await season.database.close()
    }

    @Test("without consent no register is asked, and a silent one leaves the way by hand")
    func household() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.registers.say(.household, about: family.mother, .unavailable(.timeout))
            let viewer = try await season.signIn(family.mother)
            #expect(try await ReadFamily(season.platform)(viewer).household == .consentNeeded)
            #expect(season.registers.questions.isEmpty)
            try await GiveHouseholdConsent(season.platform)(viewer)
            #expect(try await ReadFamily(season.platform)(viewer).household == .unavailable)
            season.register(family)
            let home = try await ReadFamily(season.platform)(viewer)
            #expect(home.household == .read && home.children.map(\.name) == [family.child.name])
            _ = try await ReadFamily(season.platform)(viewer)
            #expect(season.registers.questions.count == 2, "what is known is not asked again the same day")
        }
    }
}
