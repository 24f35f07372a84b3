import Enrollment
import Services
import Tenancy
import Testing

@testable import ServiceZone
@testable import Services

@Suite("A county's desk")
struct DeskPageTests {
    private func list(_ sample: SampleCase, lines: [CaseLine], counts: [ApplicationState: Int], placed: Int = 0)
        -> DeskList
    {
        DeskList(
            tenant: sample.tenant, counts: counts, state: .firstReview, lines: lines, next: SampleCase.receipt,
            schools: sample.tenant.schools.prefix(1).map {
                SchoolLoad(school: $0, firstChoices: 350, placed: placed, accepted: 0)
            })
    }

    private func line(_ doubts: [CaseDoubt], pending: [FactKey] = [], settled: Bool = false) -> CaseLine {
        CaseLine(
            receipt: SampleCase.receipt, childName: "林**", state: .firstReview, pending: pending, doubts: doubts,
            category: "household_and_home", categorySettled: settled,
            waitingSince: SampleCase.now.adding(.seconds(-7200)))
    }

    private func page(_ sample: SampleCase, _ list: DeskList) throws -> DeskPage {
        DeskPage(
            list, viewer: try sample.viewer(.firstReviewer), connectors: sample.registry.connectors,
            now: SampleCase.now, notice: nil, words: sample.words)
    }

    @Test("a line says which field differs, the category so far and how long it waits")
    func line() throws {
        let sample = try SampleCase()
        let doubt = CaseDoubt(credential: .realEstateTitle, status: .differs, fields: [.certificateNumber])
        let page = try page(sample, list(sample, lines: [line([doubt])], counts: [.firstReview: 1087]))
        let row = try #require(page.rows.first)
        #expect(page.title == "待初审 1,087 件")
        #expect(row.shortReceipt == "…0017-4482" && row.child == "林**" && row.waiting == "2 小时")
        #expect(row.pills.map(\.text) == ["证书编号不一致"] && row.pills.map(\.tone) == ["stop"])
        #expect(row.category.hasPrefix("可能是 一 "))
        #expect(page.nextHref == "/county/430922?state=first_review&after=430922-26-0017-4482")
    }

    @Test("every kind of doubt and every open fact is said in words", arguments: CredentialStatus.allCases)
    func reasons(status: CredentialStatus) throws {
        for language in Language.allCases {
            let sample = try SampleCase(language)
            let reasons = CaseReasons(words: sample.words, connectors: sample.registry.connectors)
            let pills = reasons.pills(line([CaseDoubt(credential: .socialInsurance, status: status, fields: [])]))
            #expect(pills.count == 1 && !pills[0].text.contains("⟦"))
        }
    }

    @Test("without doubts the open facts are named, then that no category fits, then the place")
    func openFacts() throws {
        let sample = try SampleCase()
        let reasons = CaseReasons(words: sample.words, connectors: sample.registry.connectors)
        #expect(reasons.pills(line([], pending: [.homeOwned])).map(\.text) == ["待认定：住房是自家的"])
        #expect(reasons.pills(line([], settled: true)).map(\.text) == ["学区或监护关系要人工认定"])
    }

    @Test("an over-subscribed school says by how many; once seats are given the bar counts placements")
    func bars() throws {
        let sample = try SampleCase()
        let before = try page(sample, list(sample, lines: [], counts: [:]))
        #expect(before.schools.first?.figures == "350 / 315" && before.schools.first?.over == "超 35 人")
        let after = try page(sample, list(sample, lines: [], counts: [:], placed: 300))
        #expect(after.schools.first?.figures == "300 / 315" && after.schools.first?.over == nil)
        #expect(after.schools.first?.width == "95")
    }

    @Test("an empty list says that it is empty, in words")
    func empty() throws {
        let sample = try SampleCase()
        let html = try sample.html(page(sample, list(sample, lines: [], counts: [:])))
        #expect(html.contains("没有待初审的申请") && !html.contains("<tbody>"))
    }

    @Test("every state stands once in the list on the left, with its count")
    func frame() throws {
        let sample = try SampleCase()
        let counts = Dictionary(uniqueKeysWithValues: ApplicationState.allCases.enumerated().map { ($1, $0 + 1) })
        let frame = try page(sample, list(sample, lines: [], counts: counts)).desk
        let items = frame.groups.flatMap(\.items)
        for state in ApplicationState.allCases {
            let item = items.filter { $0.href == "/county/430922?state=\(state.rawValue)" }
            #expect(item.count == 1 && item.first?.count == "\(counts[state] ?? 0)")
        }
        #expect(items.first?.count == "78")
    }
}
