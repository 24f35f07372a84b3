/// Why a replayed person could not go on. Carries addresses without queries, never what was typed.
struct ReplayFailure: Error, Sendable, Hashable {
    enum Cause: Sendable, Hashable {
        /// A reply that is not a page to go on with.
        case status(Int)
        /// The page came back with its errors.
        case refused
        /// The page has no such form.
        case noForm(String)
        /// The page offers no such choice.
        case noChoice(String)
        case redirects
        case unreadable
        /// The state did not settle within the limit.
        case unsettled(String)
        /// No reply at all.
        case connection
    }

    let cause: Cause
    /// The path of the page, receipt numbers and ids included.
    let path: String

    /// One word for the report.
    var word: String {
        switch cause {
        case .status(let status): "status_\(status)"
        case .refused: "refused"
        case .noForm(let name): "no_form:\(name)"
        case .noChoice(let name): "no_choice:\(name)"
        case .redirects: "redirects"
        case .unreadable: "unreadable"
        case .unsettled(let state): "unsettled:\(state)"
        case .connection: "connection"
        }
    }
}
