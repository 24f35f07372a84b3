import HTTPTypes

/// Says what went wrong, what to do next and how to name the incident to somebody who helps.
struct ErrorPage: Page {
    static let template = "error"

    let title: String
    let text: String
    let nextLabel: String
    let nextAddress: String
    let requestID: String

    init(title: String, text: String, nextLabel: String, nextAddress: String, requestID: String) {
        self.title = title
        self.text = text
        self.nextLabel = nextLabel
        self.nextAddress = nextAddress
        self.requestID = requestID
    }

    init(_ kind: ErrorKind, requestID: String, words: Words) {
        self.init(
            title: words("error.\(kind.words).title", kind.values),
            text: words("error.\(kind.words).text", kind.values),
            nextLabel: words("error.\(kind.words).next", kind.values), nextAddress: kind.nextStep ?? "/",
            requestID: requestID)
    }

    static func samples(_ words: Words) -> [ErrorPage] {
        [ErrorPage(ErrorKind(.notFound, "service.not_found", "not_found"), requestID: "0123456789abcdef", words: words)]
    }
}
