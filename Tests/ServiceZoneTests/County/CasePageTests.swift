import Enrollment
import Services
import Testing

@testable import ServiceZone

@Suite("A case before an officer")
struct CasePageTests {
    @Test("claim and register stand side by side, with the characters that differ marked and the rest not")
    func comparison() throws {
        let sample = try SampleCase()
        let html = try sample.html(sample.casePage(sample.caseView()))
        #expect(html.contains("不动产权第000381<mark></mark>号"))
        #expect(html.contains("不动产权第000381<mark>7</mark>号"))
        #expect(html.contains("不动产权证"))
    }

    @Test("names and numbers that agree are masked; an officer need not read them")
    func masking() throws {
        let sample = try SampleCase()
        let html = try sample.html(sample.casePage(sample.caseView()))
        for hidden in ["林样例", "CHILD12345", "430922199001011234", ">林样<"] {
            #expect(!html.contains(hidden), "\(hidden)")
        }
        #expect(html.contains("林**") && html.contains("4309************34"))
    }

    @Test("HTML a family writes is shown as text")
    func escaping() throws {
        let sample = try SampleCase()
        let html = try sample.html(sample.casePage(sample.caseView(notes: ["<script>alert(1)</script>\"'&"])))
        #expect(!html.contains("<script>"))
        #expect(html.contains("&lt;script&gt;"))
    }

    @Test("the first reviewer gets a field for each open fact: yes or no, months, a community of the county")
    func findings() throws {
        let sample = try SampleCase()
        let facts = [FactKey.homeOwned, .permitMonths, .permitCommunity].compactMap {
            FactVocabulary.description(of: $0)
        }
        let page = try sample.casePage(sample.caseView(openFacts: facts))
        #expect(
            page.fields.map(\.name) == [
                "finding.home.owned", "finding.residence_permit.months", "finding.residence_permit.community",
            ])
        #expect(page.fields[0].options.map(\.value) == ["", "yes", "no"])
        #expect(page.fields[1].isNumber)
        let communities = page.fields[2].groups.flatMap(\.options).map(\.value)
        #expect(communities.contains("430922/桃花江镇/近桃社区") && communities.allSatisfy { $0.hasPrefix("430922/") })
        #expect(try sample.html(page).utf8.count < 60_000)
    }

    @Test("a form that cannot be taken comes back with what was typed and a summary that leads to the field")
    func keepsWhatWasTyped() throws {
        let sample = try SampleCase()
        let facts = [FactKey.homeOwned].compactMap { FactVocabulary.description(of: $0) }
        let form = CaseForm(
            form: "first", findings: [.homeOwned: "no"], text: "短",
            problems: [FormProblem("reason", "reason.length"), FormProblem("finding.home.owned", "finding.value")])
        let page = try sample.casePage(sample.caseView(openFacts: facts), form: form)
        #expect(page.problems.map(\.href) == ["#first-reason", "#first-finding-home-owned"])
        #expect(page.fields[0].options.first { $0.isSelected }?.value == "no")
        let html = try sample.html(page)
        #expect(html.contains("短</textarea>"))
        #expect(html.contains("id=\"first-reason\"") && html.contains("id=\"first-finding-home-owned\""))
    }

    @Test("whoever made the first review is told why the second is another person's, and gets no form")
    func samePerson() throws {
        let sample = try SampleCase()
        let own = try sample.casePage(
            sample.caseView(state: .secondReview, canFirst: false, canSecond: true, mayBeSecond: false))
        #expect(own.isSamePerson && !own.canSecondReview)
        let html = try sample.html(own)
        #expect(html.contains("您做了初审，复审须由另一人完成。") && !html.contains("/second-review"))
        let other = try sample.casePage(sample.caseView(state: .secondReview, canFirst: false, canSecond: true))
        #expect(try sample.html(other).contains("/county/430922/cases/430922-26-0017-4482/second-review"))
    }

    @Test("a state in which officers have nothing to do says so", arguments: ApplicationState.allCases)
    func everyStateIsSaid(state: ApplicationState) throws {
        let sample = try SampleCase(.en)
        let page = try sample.casePage(sample.caseView(state: state, canFirst: false))
        #expect(!page.banner.contains("⟦") && !page.banner.isEmpty)
    }
}
