/// A form as it stands on a page, with what a browser would send for it.
struct PageForm: Sendable {
    struct Choice: Sendable, Hashable {
        let value: String
        let text: String
        let isChosen: Bool
    }

    struct Field: Sendable {
        enum Kind: Sendable { case text, hidden, file, checkbox, radio, select }

        let name: String
        var kind: Kind
        /// What stands in it; a checkbox's or radio button's is what it sends when it is chosen.
        var value: String
        var isChosen = false
        var choices: [Choice] = []
    }

    /// As written; empty means the page's own address.
    var action: String
    var method: String
    var isMultipart: Bool
    var fields: [Field] = []
    /// Named buttons with their values; a browser sends the one that was pressed.
    var buttons: [Choice] = []
    /// The page's bytes from the end of the form before to the end of this one: what stands beside the form.
    var surroundings: Range<Int> = 0..<0

    /// Whether some field has this name.
    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// What a person could choose for a name: options of a list, or values of radio buttons.
    func choices(_ name: String) -> [Choice] {
        fields.filter { $0.name == name }.flatMap { field in
            switch field.kind {
            case .select: field.choices
            case .radio, .checkbox: [Choice(value: field.value, text: "", isChosen: field.isChosen)]
            default: [Choice]()
            }
        }
    }

    /// The fields as a browser sends them after a person changed some.
    /// - Parameter changes: name to value; a name that the form does not have is sent as well, at the end.
    func sent(_ changes: [String: String]) -> [(name: String, value: String)] {
        var sent: [(name: String, value: String)] = []
        var done: Set<String> = []
        for field in fields where field.kind != .file {
            if let change = changes[field.name] {
                if done.insert(field.name).inserted { sent.append((field.name, change)) }
                continue
            }
            switch field.kind {
            case .text, .hidden: sent.append((field.name, field.value))
            case .checkbox, .radio: if field.isChosen { sent.append((field.name, field.value)) }
            case .select:
                if let choice = field.choices.first(where: \.isChosen) ?? field.choices.first {
                    sent.append((field.name, choice.value))
                }
            case .file: break
            }
        }
        for (name, value) in changes.sorted(by: { $0.key < $1.key }) where !done.contains(name) {
            sent.append((name, value))
        }
        return sent
    }
}

/// A link as it stands on a page.
struct PageLink: Sendable {
    /// As written.
    let target: String
    /// The page's bytes from the end of the link or form before to this one: what stands beside it.
    let surroundings: Range<Int>
}
