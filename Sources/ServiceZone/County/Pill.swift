import Enrollment
import Services

/// A short word with a tone; the tone is shown by shape and colour, the word says it all.
struct Pill: Sendable, Hashable {
    enum Tone: String, Sendable { case good, wait, stop, plain }

    /// A class of the style sheet: `good`, `wait`, `stop`, `plain`.
    let tone: String
    let text: String

    init(_ tone: Tone, _ text: String) {
        self.tone = tone.rawValue
        self.text = text
    }

    /// Where an application stands, as officers call it.
    init(_ state: ApplicationState, _ words: Words) {
        let tone: Tone =
            switch state {
            case .qualified, .accepted: .good
            case .verifying, .waitingForSource, .firstReview, .secondReview, .offered, .coordination: .wait
            case .needsRepair, .supplementRequested: .stop
            case .released, .withdrawn: .plain
            }
        self.init(tone, words("desk.state.\(state.rawValue)"))
    }

    /// Where a credential stands.
    init(_ status: CredentialStatus, _ words: Words) {
        let tone: Tone =
            switch status {
            case .confirmed, .accepted: .good
            case .waiting, .sourceDown, .queued, .notSupported, .person: .wait
            case .differs, .notFound, .expired, .multiple: .stop
            case .notNeeded: .plain
            }
        self.init(tone, words("desk.credential.\(status.rawValue)"))
    }
}

/// Why an officer has to look at an application, in a few words each.
struct CaseReasons: Sendable {
    let words: Words
    let connectors: [Connector]

    /// The reasons of one line of a list, the most telling first.
    func pills(_ line: CaseLine) -> [Pill] {
        // What is confirmed, accepted or not needed is no reason to look.
        let doubts = line.doubts.filter { ![.confirmed, .accepted, .notNeeded].contains($0.status) }.map(pill)
        if !doubts.isEmpty { return doubts }
        guard line.state == .firstReview || line.state == .secondReview else {
            return line.state.isUnresolved ? line.pending.prefix(2).map(pending) : []
        }
        if !line.pending.isEmpty { return line.pending.prefix(2).map(pending) }
        if line.category == nil { return [Pill(.wait, words("desk.reason.no_category"))] }
        return [Pill(.wait, words("desk.reason.place"))]
    }

    private func pill(_ doubt: CaseDoubt) -> Pill {
        let title = title(doubt.credential)
        switch doubt.status {
        case .differs:
            guard let field = doubt.fields.first else {
                return Pill(.stop, words("desk.reason.differs", ["what": title]))
            }
            return Pill(.stop, words("desk.reason.differs", ["what": words("field.\(field)")]))
        case .notFound: return Pill(.stop, words("desk.reason.not_found", ["what": title]))
        case .expired: return Pill(.stop, words("desk.reason.expired", ["what": title]))
        case .multiple: return Pill(.stop, words("desk.reason.multiple", ["what": title]))
        case .notSupported: return Pill(.wait, words("desk.reason.not_supported", ["what": title]))
        case .person: return Pill(.wait, words("desk.reason.person", ["what": title]))
        case .sourceDown, .queued, .waiting: return Pill(.wait, words("desk.reason.waiting", ["what": title]))
        case .confirmed, .accepted, .notNeeded: return Pill(doubt.status, words)
        }
    }

    private func pending(_ key: FactKey) -> Pill {
        Pill(.wait, words("desk.reason.open", ["what": FactWords(words).title(key)]))
    }

    private func title(_ credential: CredentialID) -> String {
        connectors.first { $0.credential == credential }.map { words($0.title) } ?? credential.rawValue
    }
}
