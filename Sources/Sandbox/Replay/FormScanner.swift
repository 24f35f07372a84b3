/// Finds the forms and links of a page: a small, tolerant reader of tags that never fails and never guesses across tags.
///
/// It knows comments, quoted and bare attributes, and character references; scripts and styles are passed over.
struct FormScanner {
    private let page: [UInt8]
    private var position = 0
    private var forms: [PageForm] = []
    private var links: [PageLink] = []
    private var lastLinkEnd = 0
    /// Whether a form is open; fields outside are nobody's.
    private var isOpen = false
    private var lastEnd = 0

    static func forms(in page: [UInt8]) -> [PageForm] {
        var scanner = FormScanner(page)
        scanner.run()
        return scanner.forms
    }

    static func links(in page: [UInt8]) -> [PageLink] {
        var scanner = FormScanner(page)
        scanner.run()
        return scanner.links
    }

    private init(_ page: [UInt8]) { self.page = page }

    private mutating func run() {
        while let tag = nextTag() {
            switch tag.name {
            case "form":
                forms.append(
                    PageForm(
                        action: tag["action"] ?? "", method: (tag["method"] ?? "get").lowercased(),
                        isMultipart: tag["enctype"]?.lowercased() == "multipart/form-data",
                        surroundings: lastEnd..<page.count))
                isOpen = true
            case "/form": close()
            case "a":
                guard let target = tag["href"] else { continue }
                links.append(PageLink(target: target, surroundings: max(lastEnd, lastLinkEnd)..<position))
                lastLinkEnd = position
            case "input": input(tag)
            case "select": select(tag)
            case "textarea":
                let text = textUpTo("/textarea")
                add(tag, .text, value: text.first == "\n" ? String(text.dropFirst()) : text)
            case "button":
                if isOpen, let name = tag["name"] {
                    let choice = PageForm.Choice(value: tag["value"] ?? "", text: name, isChosen: false)
                    forms[forms.count - 1].buttons.append(choice)
                }
            case "script", "style": _ = textUpTo("/" + tag.name)
            default: break
            }
        }
        if isOpen { close() }
    }

    private mutating func close() {
        guard isOpen, let start = forms.last?.surroundings.lowerBound else { return }
        forms[forms.count - 1].surroundings = start..<position
        lastEnd = position
        isOpen = false
    }

    private mutating func input(_ tag: Tag) {
        switch tag["type"]?.lowercased() ?? "text" {
        case "hidden": add(tag, .hidden, value: tag["value"] ?? "")
        case "checkbox": add(tag, .checkbox, value: tag["value"] ?? "on")
        case "radio": add(tag, .radio, value: tag["value"] ?? "on")
        case "file": add(tag, .file, value: "")
        case "submit", "button", "image", "reset": break
        default: add(tag, .text, value: tag["value"] ?? "")
        }
    }

    private mutating func select(_ tag: Tag) {
        var choices: [PageForm.Choice] = []
        while let inner = nextTag(), inner.name != "/select" {
            guard inner.name == "option" else { continue }
            let text = FormScanner.collapsed(textToNextTag())
            choices.append(
                PageForm.Choice(value: inner["value"] ?? text, text: text, isChosen: inner["selected"] != nil))
        }
        add(tag, .select, value: "", choices: choices)
    }

    private mutating func add(
        _ tag: Tag, _ kind: PageForm.Field.Kind, value: String, choices: [PageForm.Choice] = []
    ) {
        guard isOpen, let name = tag["name"], !name.isEmpty, tag["disabled"] == nil else { return }
        forms[forms.count - 1].fields.append(
            PageForm.Field(
                name: name, kind: kind, value: value, isChosen: tag["checked"] != nil, choices: choices))
    }

    // MARK: Tags

    private struct Tag {
        let name: String
        let attributes: [(name: String, value: String)]
        subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    private static let wanted: Set<String> = [
        "a", "form", "/form", "input", "select", "/select", "option", "textarea", "/textarea", "button", "script",
        "style",
        "/script", "/style",
    ]

    /// The next tag of a kind that matters.
    private mutating func nextTag() -> Tag? {
        while position < page.count {
            guard let open = page[position...].firstIndex(of: UInt8(ascii: "<")) else {
                position = page.count
                return nil
            }
            position = open + 1
            if starts(with: "!--") {
                skip(past: "-->")
                continue
            }
            let start = position
            while position < page.count, Self.isNamePart(page[position]) { position += 1 }
            guard position > start else { continue }
            let name = String(decoding: page[start..<position], as: UTF8.self).lowercased()
            let isWanted = Self.wanted.contains(name)
            let attributes = attributes(keeping: isWanted)
            if isWanted { return Tag(name: name, attributes: attributes) }
        }
        return nil
    }

    /// Reads to the end of the tag; quotes may hold a `>`.
    private mutating func attributes(keeping: Bool) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        while position < page.count {
            let byte = page[position]
            if byte == UInt8(ascii: ">") {
                position += 1
                break
            }
            if Self.isBlank(byte) || byte == UInt8(ascii: "/") {
                position += 1
                continue
            }
            let start = position
            while position < page.count, !Self.endsName(page[position]) { position += 1 }
            if position == start { position += 1 }
            let name = start..<position
            while position < page.count, Self.isBlank(page[position]) { position += 1 }
            var value = position..<position
            if position < page.count, page[position] == UInt8(ascii: "=") {
                position += 1
                value = attributeValue()
            }
            if keeping {
                found.append(
                    (
                        String(decoding: page[name], as: UTF8.self).lowercased(),
                        CharacterReferences.decoded(String(decoding: page[value], as: UTF8.self))
                    ))
            }
        }
        return found
    }

    private mutating func attributeValue() -> Range<Int> {
        while position < page.count, Self.isBlank(page[position]) { position += 1 }
        guard position < page.count else { return position..<position }
        let quote = page[position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let start = position
            while position < page.count, !Self.isBlank(page[position]), page[position] != UInt8(ascii: ">") {
                position += 1
            }
            return start..<position
        }
        let start = position + 1
        let end = page[start...].firstIndex(of: quote) ?? page.count
        position = min(page.count, end + 1)
        return start..<end
    }

    // MARK: Text

    private mutating func textToNextTag() -> String {
        let end = page[position...].firstIndex(of: UInt8(ascii: "<")) ?? page.count
        defer { position = end }
        return CharacterReferences.decoded(String(decoding: page[position..<end], as: UTF8.self))
    }

    /// The text before an end tag; the end tag is passed over.
    private mutating func textUpTo(_ endTag: String) -> String {
        let start = position
        while position < page.count {
            let end = page[position...].firstIndex(of: UInt8(ascii: "<")) ?? page.count
            position = min(page.count, end + 1)
            if starts(with: endTag) {
                skip(past: ">")
                return CharacterReferences.decoded(String(decoding: page[start..<end], as: UTF8.self))
            }
        }
        return CharacterReferences.decoded(String(decoding: page[start...], as: UTF8.self))
    }

    private func starts(with text: String) -> Bool {
        var index = position
        for byte in text.utf8 {
            guard index < page.count, page[index] | 0x20 == byte | 0x20 else { return false }
            index += 1
        }
        return true
    }

    private mutating func skip(past text: String) {
        let bytes = Array(text.utf8)
        while position < page.count {
            if page[position] == bytes[0], starts(with: text) {
                position += bytes.count
                return
            }
            position += 1
        }
    }

    /// Blanks made one, as a page shows them.
    static func collapsed(_ text: String) -> String {
        text.split { $0.isWhitespace }.joined(separator: " ")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    private static func isNamePart(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "-")
    }
    private static func endsName(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }
}
