import Enrollment
import Services
import Tenancy

/// Answers what a reviewer asked for.
struct SupplementPage: Page {
    static let template = "family/supplement"

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let address: String
    /// The reviewer's words.
    let request: String?
    let problems: FormProblems.Summary?
    let note: NoteField
    let photo: PhotoField

    init(
        tenantName: String, contact: ContactView, address: String, request: String?, note: String,
        problems: [FormProblem], words: Words
    ) {
        let found = FormProblems(problems, words)
        title = words("supplement.title")
        self.tenantName = tenantName
        self.contact = contact
        self.address = address
        self.request = request
        self.problems = found.summary
        self.note = NoteField(
            name: "note", label: words("supplement.note"), hint: words("supplement.note_hint"), value: note,
            error: found.text("note"))
        photo = PhotoField(found, words)
    }

    init(_ view: ApplicationView, typed: ReceivedForm?, problems: [FormProblem], words: Words) {
        self.init(
            tenantName: words(view.tenant.name), contact: ContactView(view.tenant.contact, words),
            address: "/family/applications/\(view.receipt)", request: view.supplementNote, note: typed?["note"] ?? "",
            problems: problems, words: words)
    }

    static func samples(_ words: Words) -> [SupplementPage] {
        [[], ["note", "photo"].map { FormProblem($0, "required") }].map {
            SupplementPage(
                tenantName: "桃江县", contact: ContactView(office: "桃江县教育局", phone: nil, hours: nil),
                address: "/family/applications/430922-26-0017-4482", request: "请补充房屋照片", note: "样例说明",
                problems: $0, words: words)
        }
    }
}
