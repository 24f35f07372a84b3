/// Questions families ask, and whom to ask the others.
struct HelpPage: Page {
    static let template = "help"

    struct Question: Sendable, Equatable {
        let question: String
        let answer: String
    }

    let title: String
    let questions: [Question]

    init(_ words: Words) {
        title = words("help.title")
        questions = ["mistake", "silence", "papers", "no_number", "two_homes", "change", "missed", "privacy"].map {
            Question(question: words("help.\($0).question"), answer: words("help.\($0).answer"))
        }
    }

    static func samples(_ words: Words) -> [HelpPage] { [HelpPage(words)] }
}
