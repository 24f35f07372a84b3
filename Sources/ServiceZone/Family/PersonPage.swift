import Enrollment
import Services
import Tenancy

/// Asks for a person: what kind of home it is, a note, and a photograph of a paper.
struct PersonPage: Page {
    static let template = "family/person"

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let address: String
    let action: String
    let problems: FormProblems.Summary?
    let homeKind: ChoiceField
    let note: NoteField
    let photo: PhotoField

    init(
        title: String, tenantName: String, contact: ContactView, address: String, credential: CredentialID,
        kind: String, note: String, problems: [FormProblem], words: Words
    ) {
        let found = FormProblems(problems, words)
        self.title = title
        self.tenantName = tenantName
        self.contact = contact
        self.address = address
        action = "\(address)/person/\(credential)"
        self.problems = found.summary
        homeKind = ChoiceField(
            "home_kind", legend: words("person.home_kind"), error: found.text("home_kind"), chosen: kind,
            choices: HomeKind.allCases.map {
                ($0.rawValue, words("home_kind.\($0.rawValue)"), words("home_answer.kind.\($0.rawValue).hint"))
            })
        self.note = NoteField(
            name: "note", label: words("person.note"), hint: words("person.note_hint"), value: note,
            error: found.text("note"))
        photo = PhotoField(found, words)
    }

    init(
        _ view: ApplicationView, _ credential: CredentialView, typed: ReceivedForm?, problems: [FormProblem],
        words: Words
    ) {
        self.init(
            title: words("person.title", ["title": words(credential.connector.title)]),
            tenantName: words(view.tenant.name), contact: ContactView(view.tenant.contact, words),
            address: "/family/applications/\(view.receipt)", credential: credential.connector.credential,
            kind: typed?["home_kind"] ?? view.answers.home.kind.rawValue, note: typed?["note"] ?? "",
            problems: problems, words: words)
    }

    static func samples(_ words: Words) -> [PersonPage] {
        [[], ["home_kind", "note", "photo"].map { FormProblem($0, "required") }].map {
            PersonPage(
                title: words("person.title", ["title": "不动产登记"]), tenantName: "桃江县",
                contact: ContactView(office: "桃江县教育局", phone: nil, hours: nil),
                address: "/family/applications/430922-26-0017-4482", credential: .realEstateTitle, kind: "self_built",
                note: "样例说明", problems: $0, words: words)
        }
    }
}
