import Enrollment
import Services

/// A page of a desk's list in the JSON interface; nothing of it names a person.
struct CaseListResource: Encodable, Sendable {
    struct Case: Encodable, Sendable {
        let receipt: String
        let state: String
        /// Facts nobody knows yet.
        let pending: [String]
    }

    let cases: [Case]
    /// Pass as `after` for the following page; null on the last.
    let next: String?

    enum CodingKeys: String, CodingKey { case cases, next }

    init(_ list: DeskList) {
        cases = list.lines.map {
            Case(receipt: $0.receipt.rawValue, state: $0.state.rawValue, pending: $0.pending.map(\.rawValue))
        }
        next = list.next?.rawValue
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(cases, forKey: .cases)
        try container.encode(next, forKey: .next)
    }
}

/// Applications by state, every state named, and settled ones by category.
struct CountsResource: Encodable, Sendable {
    let byState: [ApplicationState: Int]
    let byCategory: [CategoryID: Int]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for state in ApplicationState.allCases {
            try container.encode(byState[state] ?? 0, forKey: Key(stringValue: state.rawValue))
        }
        var categories = container.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "by_category"))
        for (category, count) in byCategory {
            try categories.encode(count, forKey: Key(stringValue: category.rawValue))
        }
    }
}
