import Enrollment
import Services

/// What an officer typed into one of a case's forms, kept when the form comes back with problems.
struct CaseForm: Sendable {
    /// Which of the page's forms it was: `first`, `second`, `supplement`.
    let form: String
    let findings: [FactKey: String]
    /// Reason or note.
    let text: String
    let problems: [FormProblem]

    static let untouched = CaseForm(form: "", findings: [:], text: "", problems: [])

    func problem(_ field: String, in form: String) -> FormProblem? {
        self.form == form ? problems.first { $0.field == field } : nil
    }
}
