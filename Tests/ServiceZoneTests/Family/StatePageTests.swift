import Enrollment
import Foundation
import Services
import Tenancy
import Testing

@testable import ServiceZone
@testable import Services

@Suite("The family's view of its application")
struct StatePageTests {
    private func credential(
        _ status: CredentialStatus, _ sample: SampleCase, fields: [FieldName] = [], absence: Bool = false,
        checkedAt: Instant? = SampleCase.now
    ) throws -> CredentialView {
        CredentialView(
            connector: try #require(sample.registry.connector(.realEstateTitle)), status: status, fields: fields,
            checkedAt: checkedAt, retryAt: nil, canRepair: status == .differs, canAccept: status == .differs,
            canAskPerson: status == .differs, claimed: [:], absence: absence)
    }

    private func row(
        _ credential: CredentialView, _ sample: SampleCase, now: Instant = SampleCase.now
    ) -> CredentialRow {
        CredentialRow(credential, receipt: SampleCase.receipt, now: now, sample.words)
    }

    @Test("every state says what happens next and whom to ask, in both languages", arguments: ApplicationState.allCases)
    func noDeadEnd(state: ApplicationState) throws {
        for language in Language.allCases {
            let sample = try SampleCase(language)
            let page = StatePage(
                try sample.application(state: state), now: SampleCase.now, notice: nil, words: sample.words)
            #expect(!page.next.isEmpty)
            #expect(page.primary != nil || page.second != nil)
            #expect(page.contact != nil)
            let html = try sample.html(page)
            #expect(!html.contains("⟦"))
            #expect(html.components(separatedBy: "class=\"button\"").count <= 2, "one primary button")
        }
    }

    @Test("every status of a credential has its words, a shape and a tone", arguments: CredentialStatus.allCases)
    func statusWords(status: CredentialStatus) throws {
        for language in Language.allCases {
            let sample = try SampleCase(language)
            for absence in [false, true] {
                let row = row(try credential(status, sample, absence: absence), sample)
                #expect(!"\(row)".contains("⟦"))
                #expect([row.mark.isGood, row.mark.isStop, row.mark.isWait, row.mark.isDash].count { $0 } == 1)
            }
        }
    }

    @Test("a source that is down is said to do no harm, and asks nothing of the family")
    func sourceDown() throws {
        let sample = try SampleCase()
        let row = row(try credential(.sourceDown, sample), sample)
        #expect(row.promise == "不影响您的登记。")
        #expect(row.mark.isWait && row.repair == nil && row.person == nil)
    }

    @Test("a difference names the field, and leads to mending just that")
    func difference() throws {
        let sample = try SampleCase()
        let number = row(try credential(.differs, sample, fields: [.certificateNumber]), sample)
        #expect(number.text?.contains("证书编号") == true)
        #expect(number.repair?.address == "/family/applications/430922-26-0017-4482/repair/real_estate_title")
        let others = row(try credential(.differs, sample, fields: [.ownerName, .use]), sample)
        #expect(others.text?.contains("权利人、用途") == true)
    }

    @Test("an answer of today is told by its time, an older one by its day")
    func time() throws {
        let sample = try SampleCase()
        let answer = try credential(.confirmed, sample)
        #expect(row(answer, sample).detail?.contains("今天") == true)
        let later = row(answer, sample, now: SampleCase.now.adding(.seconds(86_400 * 2)))
        #expect(later.detail?.contains("今天") == false)
    }

    @Test("credentials that are not needed share one row that says by whose rules")
    func notNeeded() throws {
        let sample = try SampleCase()
        let view = try sample.application(state: .verifying)
        let rows = CredentialRow.rows(view, now: SampleCase.now, words: sample.words)
        #expect(rows.count == view.credentials.count)
        #expect(rows.allSatisfy { !$0.mark.isDash })
    }

    @Test("numbers of papers are masked or absent on every page about an application")
    func masked() throws {
        let sample = try SampleCase()
        let view = try sample.application(state: .needsRepair)
        let credential = try #require(view.credentials.first)
        let pages = [
            try sample.html(StatePage(view, now: SampleCase.now, notice: nil, words: sample.words)),
            try sample.html(WhyPage(view, connectors: sample.registry.connectors, words: sample.words)),
            try sample.html(ReceiptPage(view, words: sample.words)),
            try sample.html(RepairPage(view, credential, typed: nil, problems: [], words: sample.words)),
        ]
        for html in pages {
            #expect(!html.contains("CHILD12345") && !html.contains("PARENT67890"))
        }
        #expect(pages[2].contains("CHIL****45"))
    }

    @Test("a notice is taken from the portal's own words only")
    func notice() throws {
        let sample = try SampleCase()
        let view = try sample.application(state: .verifying)
        #expect(StatePage(view, now: SampleCase.now, notice: "repaired", words: sample.words).notice != nil)
        #expect(StatePage(view, now: SampleCase.now, notice: "<b>won</b>", words: sample.words).notice == nil)
    }

    @Test("a refused repair keeps what was typed and leads to the field")
    func refusedRepair() throws {
        let sample = try SampleCase()
        let view = try sample.application(state: .needsRepair)
        let page = RepairPage(
            view, try #require(view.credentials.first),
            typed: ReceivedForm(fields: ["certificate_number": "湘\"x\""]),
            problems: [FormProblem("certificate_number", "certificate_number.shape")], words: sample.words)
        #expect(page.fields.certificateNumber.value == "湘\"x\"")
        #expect(page.fields.certificateNumber.error != nil)
        let html = try sample.html(page)
        #expect(html.contains("href=\"#certificate_number\"") && html.contains("value=\"湘&quot;x&quot;\""))
    }
}
