import Enrollment
import Services

/// Problems of a form in words: beside each field, and together above the form.
struct FormProblems: Sendable {
    /// A line of the summary, which leads to its field.
    struct Line: Sendable, Equatable {
        let field: String
        let text: String
    }

    /// What stands above the form; nil when nothing is wrong.
    struct Summary: Sendable, Equatable {
        let lines: [Line]
    }

    private let lines: [Line]

    /// In the order given; a field's first problem stands beside it.
    init(_ problems: [FormProblem], _ words: Words) {
        lines = problems.map { problem in
            let special = "problem.\(problem.code).\(problem.field)"
            let key = words.optional(special) == nil ? "problem.\(problem.code)" : special
            // Dates travel as YYYY-MM-DD and are read as people write them.
            let values = problem.values.mapValues { text in CivilDate(text).map { DateWords(words).day($0) } ?? text }
            return Line(field: problem.field, text: words(key, values))
        }
    }

    var summary: Summary? { lines.isEmpty ? nil : Summary(lines: lines) }

    func text(_ field: String) -> String? { lines.first { $0.field == field }?.text }
}
