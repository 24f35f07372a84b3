import Enrollment

/// Holds every template against its page, the partials and the messages, because Mustache prints nothing for a name it
/// does not find. Pure; run at start and in a test.
struct TemplateChecker {
    let templates: TemplateStore
    let messages: Messages

    /// Every problem, one a line, with template and line.
    func problems(pages: [any Page.Type]) -> [String] {
        var problems = messages.problems
        var used: Set<String> = [TemplateStore.layout]
        for page in pages {
            used.insert(page.template)
            problems += check(page.template, scopes: [scope(of: page)], used: &used, depth: 0)
        }
        var document = LayoutValues.sample.dictionary
        document.merge(LayoutValues.documentSample) { _, new in new }
        problems += check(
            TemplateStore.layout, scopes: [.group(["layout": TemplateShape(document as Any)])], used: &used, depth: 0)
        problems += templates.texts.keys.filter { !used.contains($0) }.map { "\($0): no page uses this template" }
        return Array(Set(problems)).sorted()
    }

    private func scope(of page: any Page.Type) -> TemplateShape {
        let words = messages.words(.zh)
        let samples = page.samples(words).map { TemplateShape(PageValues.dictionary(of: $0) as Any) }
        return .group([
            "page": samples.reduce(.nothing) { $0.merged(with: $1) },
            "layout": TemplateShape(LayoutValues.sample.dictionary as Any),
        ])
    }

    private func check(_ name: String, scopes: [TemplateShape], used: inout Set<String>, depth: Int) -> [String] {
        guard let text = templates.texts[name] else { return ["there is no template \(name)"] }
        guard depth < 8 else { return ["\(name): partials stand in each other"] }
        var stack = scopes
        var pushed: [Bool] = []
        var problems: [String] = []
        for tag in TemplateTag.all(in: text) {
            let place = "\(name):\(tag.line): {{\(tag.name)}}"
            switch tag.kind {
            case .comment: continue
            case .forbidden(let character): problems.append("\(place): \(character) tags are not used here")
            case .partial:
                used.insert(tag.name)
                guard templates.texts[tag.name] != nil else {
                    problems.append("\(place): there is no such partial")
                    continue
                }
                problems += check(tag.name, scopes: stack, used: &used, depth: depth + 1)
            case .close:
                if pushed.popLast() == true { stack.removeLast() }
            case .print, .printUnescaped:
                if tag.kind == .printUnescaped, name != TemplateStore.layout {
                    problems.append("\(place): unescaped tags stand in the layout only")
                }
                if isMessage(tag.name) {
                    problems += missingLanguages(of: tag.name).map { "\(place): \($0)" }
                } else {
                    problems += printProblem(resolve(tag.name, stack, lenient: depth > 0), lenient: depth > 0)
                        .map { "\(place): \($0)" }
                }
            case .section, .inverted:
                let shape = resolve(tag.name, stack, lenient: depth > 0)
                if shape == nil { problems.append("\(place): the page has no such value") }
                if case .nothing? = shape, depth == 0 { problems.append("\(place): no sample of the page fills it") }
                guard tag.kind == .section, let inner = Self.inside(shape) else {
                    pushed.append(false)
                    continue
                }
                stack.append(inner)
                pushed.append(true)
            }
        }
        return problems
    }

    /// What stands innermost inside a section; nil where a flag adds nothing.
    private static func inside(_ shape: TemplateShape?) -> TemplateShape? {
        switch shape {
        case .list(let element)?: element
        case .flag?, nil: nil
        case .some(let shape): shape
        }
    }

    private func printProblem(_ shape: TemplateShape?, lenient: Bool) -> [String] {
        switch shape {
        case .text?: []
        case .nothing?: lenient ? [] : ["no sample of the page fills it"]
        case .flag?, .list?, .group?: ["only a text can be printed"]
        case nil: ["the page has no such value"]
        }
    }

    private func isMessage(_ name: String) -> Bool { name.hasPrefix("t.") }

    private func missingLanguages(of name: String) -> [String] {
        let key = String(name.dropFirst(2))
        return Language.allCases.filter { messages.texts[$0]?[key] == nil }.map { "no message in \($0.rawValue)" }
    }

    /// Finds a name as Mustache does: the first part outward through the scopes, the rest strictly below it.
    /// - Parameter lenient: inside a partial, what this page never fills may stay unknown: another page fills it.
    private func resolve(_ name: String, _ stack: [TemplateShape], lenient: Bool) -> TemplateShape? {
        if name == "." { return stack.last }
        let parts = name.split(separator: ".").map(String.init)
        guard let first = parts.first else { return nil }
        for scope in stack.reversed() {
            if case .nothing = scope, lenient { return .nothing }
            guard case .group(let members) = scope, var found = members[first] else { continue }
            for part in parts.dropFirst() {
                guard case .group(let inner) = found, let next = inner[part] else { return nil }
                found = next
            }
            return found
        }
        return nil
    }
}
