import Enrollment
import Services
import Tenancy

/// Asks once more before an application is withdrawn.
struct WithdrawPage: Page {
    static let template = "family/withdraw"

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let address: String
    let problems: FormProblems.Summary?
    let confirm: String
    let error: String?
    let text: String

    init(
        child: String, tenantName: String, contact: ContactView, address: String, closes: String,
        problems: [FormProblem], words: Words
    ) {
        let found = FormProblems(problems, words)
        title = words("withdraw.title", ["name": child])
        self.tenantName = tenantName
        self.contact = contact
        self.address = address
        self.problems = found.summary
        confirm = words("withdraw.confirm", ["name": child])
        error = found.text("confirm")
        text = words("withdraw.text", ["closes": closes])
    }

    init(_ view: ApplicationView, problems: [FormProblem], words: Words) {
        self.init(
            child: view.answers.child.name.value, tenantName: words(view.tenant.name),
            contact: ContactView(view.tenant.contact, words), address: "/family/applications/\(view.receipt)",
            closes: DateWords(words).day(view.tenant.policy.calendar.closes), problems: problems, words: words)
    }

    static func samples(_ words: Words) -> [WithdrawPage] {
        [
            WithdrawPage(
                child: "林样例", tenantName: "桃江县", contact: ContactView(office: "桃江县教育局", phone: nil, hours: nil),
                address: "/family/applications/430922-26-0017-4482", closes: "2026-07-15",
                problems: [.init("confirm", "confirm")], words: words)
        ]
    }
}
