import Enrollment
import Services
import Tenancy

/// The receipt, to print or to photograph.
struct ReceiptPage: Page {
    static let template = "family/receipt"

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let receipt: String
    let address: String
    let lines: [CheckPage.Line]
    let text: String

    static func samples(_ words: Words) -> [ReceiptPage] {
        [
            ReceiptPage(
                title: words("receipt.title"), tenantName: "桃江县",
                contact: ContactView(office: "桃江县教育局", phone: nil, hours: nil), receipt: "430922-26-0017-4482",
                address: "/family/applications/430922-26-0017-4482",
                lines: [.init(label: words("check.child"), value: "林样例", changeAddress: nil)],
                text: words("receipt.text"))
        ]
    }
}

extension ReceiptPage {
    init(_ view: ApplicationView, words: Words) {
        let dates = DateWords(words)
        let rows: [(String, String)] = [
            ("check.child", view.answers.child.name.value), ("check.document", view.answers.child.document.masked),
            ("check.stage", words("stage.\(view.answers.stage.rawValue)")),
            ("receipt.guardian", view.answers.guardian.name.value), ("receipt.tenant", words(view.tenant.name)),
            ("receipt.submitted", "\(dates.day(view.submittedAt.day)) \(view.submittedAt.clockText)"),
            ("receipt.revision", "\(view.revision)"), ("receipt.state", StateWords(words).badge(view.state)),
        ]
        self.init(
            title: words("receipt.title"), tenantName: words(view.tenant.name),
            contact: ContactView(view.tenant.contact, words), receipt: view.receipt.rawValue,
            address: "/family/applications/\(view.receipt)",
            lines: rows.map { CheckPage.Line(label: words($0.0), value: $0.1, changeAddress: nil) },
            text: words("receipt.text"))
    }
}
