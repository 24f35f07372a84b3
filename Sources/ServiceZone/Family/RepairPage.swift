import Enrollment
import Services
import Tenancy

/// Mends what a register could not confirm; only that check runs again.
struct RepairPage: Page {
    static let template = "family/repair"

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let address: String
    let action: String
    let lead: String
    let problems: FormProblems.Summary?
    /// Style name of the home's kind, which shows only the fields it has.
    let kind: String
    let fields: HomeFields
    let personAddress: String?

    static func samples(_ words: Words) -> [RepairPage] {
        [[], HomeFields.names.map { FormProblem($0, "required") }].map { problems in
            let found = FormProblems(problems, words)
            let address = "/family/applications/430922-26-0017-4482"
            return RepairPage(
                title: words("repair.title", ["title": "不动产登记"]), tenantName: "桃江县",
                contact: ContactView(office: "桃江县教育局", phone: nil, hours: nil), address: address,
                action: address + "/repair/real_estate_title", lead: words("credential.differs.certificate_number"),
                problems: found.summary, kind: "owned", fields: HomeFields.sample(found, words),
                personAddress: address + "/person/real_estate_title")
        }
    }
}

extension RepairPage {
    /// - Parameter typed: what the browser sent; nil shows what was claimed.
    init(
        _ view: ApplicationView, _ credential: CredentialView, typed: ReceivedForm?, problems: [FormProblem],
        words: Words
    ) {
        let found = FormProblems(problems, words)
        let address = "/family/applications/\(view.receipt)"
        let row = CredentialRow(credential, receipt: view.receipt, now: view.submittedAt, words)
        let answers = view.answers
        let kept = ReceivedForm(
            fields: answers.home.formFields(
                guardian: answers.guardian.document, otherParent: answers.otherParent?.name,
                child: answers.child.document))
        self.init(
            title: words("repair.title", ["title": words(credential.connector.title)]),
            tenantName: words(view.tenant.name), contact: ContactView(view.tenant.contact, words), address: address,
            action: "\(address)/repair/\(credential.connector.credential)", lead: row.text ?? words("repair.lead"),
            problems: found.summary, kind: answers.home.kind.rawValue,
            fields: HomeFields(
                typed ?? kept, found, guardian: answers.guardian.name.value,
                otherParent: answers.otherParent?.name.value, child: answers.child.name.value, words),
            personAddress: row.person?.address)
    }
}
