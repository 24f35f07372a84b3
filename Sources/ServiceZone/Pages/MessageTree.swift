import Mustache

/// Texts by dotted keys as Mustache walks them, one part of the key after the other.
struct MessageTree: Sendable, MustacheParent {
    private let texts: [String: String]
    private let branches: [String: MessageTree]

    init(flat: [String: String]) {
        var texts: [String: String] = [:]
        var groups: [String: [String: String]] = [:]
        for (key, text) in flat {
            if let dot = key.firstIndex(of: ".") {
                groups[String(key[..<dot]), default: [:]][String(key[key.index(after: dot)...])] = text
            } else {
                texts[key] = text
            }
        }
        self.texts = texts
        branches = groups.mapValues { MessageTree(flat: $0) }
    }

    func child(named name: String) -> Any? { texts[name] ?? branches[name] }
}
