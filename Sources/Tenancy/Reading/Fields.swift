import Yams

/// The fields of a mapping: hands them out by name and reports what is missing and, at the end, what nobody asked for.
final class Fields {
    struct Entry {
        let key: String
        let keyLine: Int
        let value: Value
    }

    let file: String
    let line: Int
    let subject: String
    let log: ProblemLog
    /// Stands before a field's name in problems: `condition.` for what lies in a condition.
    private let path: String
    /// In the order written.
    let entries: [Entry]
    private var asked: Set<String> = []

    init(_ mapping: Node.Mapping, file: String, line: Int, subject: String, path: String, log: ProblemLog) {
        self.file = file
        self.line = line
        self.subject = subject
        self.path = path
        self.log = log
        entries = mapping.compactMap { key, node in
            guard let name = key.scalar?.string else {
                log.report(
                    .init(
                        file: file, line: key.mark?.line ?? line, subject: subject, field: "key", value: "",
                        problem: "键不是文字 a key that is not a text", rule: "键是一个词 a key is one word"))
                return nil
            }
            let keyLine = key.mark?.line ?? line
            let value = Value(
                node: node, file: file, subject: subject, field: path + name, log: log, keyLine: keyLine)
            return Entry(key: name, keyLine: keyLine, value: value)
        }
    }

    private init(_ other: Fields, subject: String) {
        file = other.file
        line = other.line
        self.subject = subject
        path = other.path
        log = other.log
        entries = other.entries.map { entry in
            let value = Value(
                node: entry.value.node, file: entry.value.file, subject: subject, field: entry.value.field,
                log: entry.value.log, keyLine: entry.keyLine)
            return Entry(key: entry.key, keyLine: entry.keyLine, value: value)
        }
    }

    /// The same fields, whose problems will name another subject.
    func renamed(subject: String) -> Fields { Fields(self, subject: subject) }

    func optional(_ key: String) -> Value? {
        asked.insert(key)
        return entries.first { $0.key == key }?.value
    }

    func required(_ key: String) -> Value? {
        if let value = optional(key) { return value }
        report(key, "", "缺少 is missing", rule: "这个键必须写 the key is required")
        return nil
    }

    /// The line of a key, or of the mapping where it is absent.
    func line(of key: String) -> Int { entries.first { $0.key == key }?.keyLine ?? line }

    func report(_ field: String, _ value: String, _ problem: String, rule: String) {
        log.report(
            .init(
                file: file, line: line(of: field), subject: subject, field: path + field, value: value,
                problem: problem, rule: rule))
    }

    /// Reports every key that was not asked for; returns whether there was none.
    @discardableResult
    func finish() -> Bool {
        let unknown = entries.filter { !asked.contains($0.key) }
        for entry in unknown {
            report(
                entry.key, entry.key, "未知的键 unknown key",
                rule: "允许 allowed: \(asked.sorted().joined(separator: ", "))")
        }
        return unknown.isEmpty
    }
}
