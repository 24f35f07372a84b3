import Catchments
import Enrollment
import Services
import Tenancy
import Testing

@testable import ServiceZone
@testable import Services

@Suite("A family's first pages")
struct FamilyPagesTests {
    private func home(_ household: FamilyHome.Household, _ children: [ChildCard] = []) throws -> FamilyHomePage {
        FamilyHomePage(
            FamilyHome(household: household, children: children, otherApplications: []), guardian: try PersonName("林样"),
            words: try SampleCase().words)
    }

    private func child(_ age: ChildCard.Age) throws -> ChildCard {
        ChildCard(
            member: "key", name: try PersonName("林样例"), birthDate: SampleCase.now.day.adding(years: -6), age: age,
            application: nil)
    }

    @Test("before consent the family is asked, and no child is shown")
    func consent() throws {
        let page = try home(.consentNeeded)
        #expect(page.asksConsent && page.children.isEmpty)
        #expect(try SampleCase().html(page).contains("household_prefill"))
    }

    @Test("a register that does not answer is said to do no harm, and leaves a way on")
    func unavailable() throws {
        let page = try home(.unavailable)
        #expect(page.notice?.contains("不影响您的登记") == true)
        #expect(page.offersByHand)
    }

    @Test("a child a day too young is told the day that counts, and has no button")
    func tooYoung() throws {
        let bornBy = try #require(CivilDate("2020-08-31"))
        let page = try home(.read, [try child(.tooYoung(bornBy: bornBy)), try child(.enters(.primary))])
        #expect(page.children[0].text.contains("2020 年 8 月 31 日"))
        #expect(page.children[0].member == nil)
        #expect(page.children[1].member == "key")
    }

    @Test("longer lists appear as shorter ones are chosen, and a missing community is asked for where the family is")
    func places() throws {
        let sample = try SampleCase()
        let lists = PlaceLists(sample.registry, stage: .primary, words: sample.words)
        let draft = DraftView(
            id: DraftID(high: 1, low: 1), child: try sample.application(state: .verifying).answers.child,
            stage: .primary, guardianName: try PersonName("林样"), relation: .father, household: nil,
            otherParentName: nil, place: nil, home: nil, ranking: [], phone: nil, edits: nil)
        func page(_ fields: [String: String]) -> PlacePage {
            PlacePage(
                draft, typed: ReceivedForm(fields: fields), problems: [FormProblem("community", "community.unknown")],
                lists: lists, words: sample.words)
        }
        let nothing = page([:])
        #expect(nothing.elsewhere.township == nil && nothing.elsewhere.division.error != nil)
        let county = page(["division": "430922"])
        #expect(county.elsewhere.township?.error != nil && county.elsewhere.community == nil)
        let township = page(["division": "430922", "township": "桃花江镇"])
        #expect(township.elsewhere.community?.options.contains { $0.value == "近桃社区" } == true)
        #expect(township.elsewhere.community?.error != nil)
        #expect(township.sameAsHousehold == nil, "nothing to be the same as")
        #expect(try sample.html(township).utf8.count < 60_000)
    }

    @Test("ranks are read in order and consents by their prefix")
    func submission() {
        let form = SubmissionForm(
            ReceivedForm(fields: [
                "rank_1": "b", "rank_2": "a", "rank_4": "x", "consent_household": "yes",
                "consent_social_insurance": "no",
                "phone": "13900000000", "submission_key": "sample-key",
            ]))
        #expect(form.ranking == ["b", "a"])
        #expect(form.consents == [.household])
        #expect(form.key == "sample-key")
    }
}
