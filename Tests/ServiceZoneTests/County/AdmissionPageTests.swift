import Enrollment
import Services
import Tenancy
import Testing

@testable import ServiceZone
@testable import Services

@Suite("The admission page")
struct AdmissionPageTests {
    private func view(
        _ sample: SampleCase, day: CivilDate, problem: RosterProblem?, counts: [ApplicationState: Int] = [:],
        run: RunView? = nil
    ) -> AdmissionView {
        AdmissionView(
            tenant: sample.tenant, counts: counts, today: day, problem: problem, provisional: 12, schools: [], run: run,
            isDemonstrationClock: true)
    }

    private func run(released: Bool, own: Bool) -> RunView {
        RunView(
            id: AllocationRunID(high: 0, low: 7), at: SampleCase.now, candidates: 2602, placed: 2340, unplaced: 262,
            provisional: 12, releasedAt: released ? SampleCase.now : nil, isOwn: own, perSchool: [])
    }

    private func page(_ sample: SampleCase, _ view: AdmissionView, _ role: StaffRole = .admissionOfficer) throws
        -> AdmissionPage
    {
        AdmissionPage(view, viewer: try sample.viewer(role), notice: nil, words: sample.words)
    }

    @Test("before the freeze day nothing can run, and a demonstration may move its clock")
    func beforeFreeze() throws {
        let sample = try SampleCase()
        let freezes = sample.tenant.policy.calendar.freezes
        let html = try sample.html(
            page(sample, view(sample, day: freezes.adding(days: -1), problem: .beforeFreeze(freezes))))
        #expect(!html.contains("/admission/run"))
        #expect(html.contains("action=\"/county/430922/clock\"") && html.contains("value=\"after_window\""))
    }

    @Test("unresolved applications enter provisionally only when an officer says so, and the page says how many")
    func provisional() throws {
        let sample = try SampleCase()
        let html = try sample.html(
            page(
                sample,
                view(
                    sample, day: sample.tenant.policy.calendar.freezes, problem: .unresolved([.firstReview: 12]),
                    counts: [.firstReview: 12])))
        #expect(html.contains("12 户按申报类别暂列") && html.contains("name=\"provisional\" value=\"yes\" required"))
        #expect(html.contains("/county/430922?state=first_review") && !html.contains("/clock"))
    }

    @Test("while a source may still answer nothing runs, and the page says until when")
    func sources() throws {
        let sample = try SampleCase()
        let page = try page(
            sample,
            view(
                sample, day: sample.tenant.policy.calendar.freezes,
                problem: .sourcesMayAnswer(applications: 3, until: SampleCase.now)))
        #expect(!page.canRun)
        #expect(page.steps.contains { $0.title == "3 件还在等部门答复" && $0.detail.contains("最晚") })
    }

    @Test("whoever ran it cannot release it; another admission officer can; a reviewer can only watch")
    func release() throws {
        let sample = try SampleCase()
        let day = sample.tenant.policy.calendar.freezes
        let form = "/county/430922/admission/release"
        let own = view(sample, day: day, problem: .runWaitsForRelease, run: run(released: false, own: true))
        let other = view(sample, day: day, problem: .runWaitsForRelease, run: run(released: false, own: false))
        #expect(try !sample.html(page(sample, own)).contains(form))
        #expect(try sample.html(page(sample, own)).contains("须由另一位录取员发布"))
        #expect(try sample.html(page(sample, other)).contains(form))
        #expect(try !sample.html(page(sample, other, .firstReviewer)).contains(form))
        let done = view(sample, day: day, problem: nil, run: run(released: true, own: false))
        #expect(try !sample.html(page(sample, done)).contains(form))
    }

    @Test("every child left has a cause and a named next step")
    func left() throws {
        for language in Language.allCases {
            let sample = try SampleCase(language)
            let causes: [LeftLine.Cause] = [.noSeat, .noCategory, .notPublished, .released]
            let page = LeftPage(
                causes.map {
                    LeftLine(receipt: SampleCase.receipt, childName: "林**", category: nil, cause: $0, schools: ["P05"])
                }, tenant: sample.tenant, viewer: try sample.viewer(.admissionOfficer), words: sample.words)
            #expect(page.causes.map(\.count) == ["1", "1", "1", "1"])
            #expect(page.rows.allSatisfy { !$0.next.contains("⟦") && !$0.cause.contains("⟦") && !$0.next.isEmpty })
            #expect(Set(page.rows.map(\.next)).count == 4)
        }
    }

    @Test("a child outside every area is not said to have lost a seat")
    func outside() throws {
        let sample = try SampleCase()
        let line = LeftLine(
            receipt: SampleCase.receipt, childName: "林**", category: "home_only", cause: .noSeat, schools: [])
        let page = LeftPage(
            [line], tenant: sample.tenant, viewer: try sample.viewer(.admissionOfficer), words: sample.words)
        #expect(page.rows.map(\.cause) == ["住处不在公布的学区内"])
    }
}
