import Enrollment

/// Words and shape for the state of an application, as its family sees it.
struct StateWords: Sendable {
    let words: Words

    init(_ words: Words) { self.words = words }

    func badge(_ state: ApplicationState) -> String { words("state.\(state.rawValue).badge") }

    func mark(_ state: ApplicationState) -> Mark {
        switch state {
        case .qualified, .offered, .accepted: .good
        case .needsRepair, .supplementRequested: .stop
        case .verifying, .waitingForSource, .firstReview, .secondReview, .coordination: .wait
        case .released, .withdrawn: .dash
        }
    }
}
