import Enrollment
import Services

/// A child without an ID number, or one that the household register does not list.
struct ChildPage: Page {
    static let template = "family/child"

    let title: String
    let problems: FormProblems.Summary?
    let name: TextField
    let documentKind: ChoiceField
    let number: TextField
    let birthDate: TextField

    init(typed: ReceivedForm, problems: [FormProblem], words: Words) {
        let found = FormProblems(problems, words)
        title = words("child.title")
        self.problems = found.summary
        name = TextField(
            "name", label: words("child.name"), hint: words("child.name_hint"), value: typed["name"],
            error: found.text("name"))
        documentKind = ChoiceField(
            "document_kind", legend: words("child.document"), error: found.text("document_kind"),
            chosen: typed["document_kind"].isEmpty ? "id_number" : typed["document_kind"],
            choices: PersonDocument.Kind.allCases.map {
                (
                    $0.rawValue, words("child.document.\($0.rawValue)"),
                    words.optional("child.document.\($0.rawValue).hint")
                )
            })
        number = TextField(
            "document_number", label: words("child.number"), value: typed["document_number"],
            error: found.text("document_number"))
        birthDate = TextField(
            "birth_date", label: words("child.birth_date"), hint: words("child.birth_date_hint"),
            value: typed["birth_date"], error: found.text("birth_date"), inputMode: "numeric")
    }

    static func samples(_ words: Words) -> [ChildPage] {
        let typed = ReceivedForm(fields: [
            "name": "林样例", "document_kind": "birth_certificate", "document_number": "X430000000",
            "birth_date": "2020-02-30",
        ])
        let wrong = ["name", "document_kind", "document_number", "birth_date"].map { FormProblem($0, "required") }
        return [
            ChildPage(typed: typed, problems: wrong, words: words),
            ChildPage(typed: ReceivedForm(), problems: [], words: words),
        ]
    }
}
