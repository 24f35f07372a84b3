import Mustache

/// Texts by dotted keys as Mustache walks them, one part of the key after the other. A key may be a text of its own and
/// the beginning of others.
struct MessageTree: Sendable, MustacheParent, MustacheCustomRenderable {
    private let text: String?
    private let branches: [String: MessageTree]

    init(flat: [String: String]) { self.init(text: nil, flat: flat) }

    private init(text: String?, flat: [String: String]) {
        var texts: [String: String] = [:]
        var groups: [String: [String: String]] = [:]
        for (key, text) in flat {
            guard let dot = key.firstIndex(of: ".") else {
                texts[key] = text
                continue
            }
            groups[String(key[..<dot]), default: [:]][String(key[key.index(after: dot)...])] = text
        }
        self.text = text
        branches = Dictionary(
            uniqueKeysWithValues: Set(texts.keys).union(groups.keys).map {
                ($0, MessageTree(text: texts[$0], flat: groups[$0] ?? [:]))
            })
    }

    func child(named name: String) -> Any? { branches[name] }
    var renderText: String { text ?? "" }
    var isNull: Bool { false }
}
