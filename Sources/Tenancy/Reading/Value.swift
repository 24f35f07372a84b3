import Enrollment
import Yams

/// A YAML node with the words a problem about it needs.
struct Value {
    let node: Node
    let file: String
    let subject: String
    let field: String
    let log: ProblemLog
    /// The line of the key it stands under; nil in a list.
    var keyLine: Int?

    var line: Int { node.mark?.line ?? 1 }

    /// The same value with problems going to another log: a shared section is read once for each tenant it serves.
    func logging(to log: ProblemLog) -> Value {
        Value(node: node, file: file, subject: subject, field: field, log: log, keyLine: keyLine)
    }

    func report(_ problem: String, rule: String, value: String? = nil) {
        log.report(
            .init(
                file: file, line: line, subject: subject, field: field, value: value ?? written, problem: problem,
                rule: rule))
    }

    /// The scalar as written; empty for lists and mappings.
    var written: String { node.scalar?.string ?? "" }

    /// A field of a mapping before it is read, to name the mapping by it in problems.
    func peek(_ key: String) -> String? { node.mapping?[key]?.scalar?.string }

    var isScalar: Bool { node.scalar != nil }

    /// Text that is there and not blank.
    var text: String? {
        guard let scalar = node.scalar else {
            report("要写文字 must be a text", rule: "这里是一个词或一句话 one word or sentence stands here")
            return nil
        }
        let text = scalar.string
        guard text.contains(where: { !$0.isWhitespace }), text.first?.isWhitespace != true,
            text.last?.isWhitespace != true
        else {
            report("空白 is blank or has blanks around it", rule: "要写文字 a text stands here")
            return nil
        }
        return text
    }

    func integer(in range: ClosedRange<Int>) -> Int? {
        guard isScalar, let number = Int(written), range.contains(number) else {
            report(
                "不是允许的整数 not an allowed whole number",
                rule: "整数，\(range.lowerBound) 到 \(range.upperBound) a whole number in that range")
            return nil
        }
        return number
    }

    var flag: Bool? {
        switch written {
        case "true": return true
        case "false": return false
        default:
            report("不是 true 或 false not a flag", rule: "只写 true 或 false write true or false")
            return nil
        }
    }

    var date: CivilDate? {
        guard let date = CivilDate(written) else {
            report("不是存在的日期 not a date that exists", rule: "写成 YYYY-MM-DD")
            return nil
        }
        return date
    }

    func choice<Choice: RawRepresentable<String>>(of choices: [Choice]) -> Choice? {
        guard isScalar, let choice = choices.first(where: { $0.rawValue == written }) else {
            let allowed = choices.map(\.rawValue).joined(separator: ", ")
            report("不在允许的值里 not an allowed value", rule: "允许 allowed: \(allowed)")
            return nil
        }
        return choice
    }

    /// Words in Chinese, or in both languages: `桃江县` or `{ zh: 桃江县, en: Taojiang County }`.
    var localized: LocalizedText? {
        if isScalar { return text.map { LocalizedText(zh: $0) } }
        guard let fields = fields(subject: subject) else { return nil }
        defer { fields.finish() }
        let en = fields.optional("en")
        let english = en?.text
        guard let zh = fields.required("zh")?.text, en == nil || english != nil else { return nil }
        return LocalizedText(zh: zh, en: english)
    }

    /// The entries of a list, each under the same field name.
    var list: [Value]? {
        guard let sequence = node.sequence else {
            report("要写成列表 must be a list", rule: "写成 [a, b] 或每行一个 - write [a, b] or one dash a line")
            return nil
        }
        return sequence.map { Value(node: $0, file: file, subject: subject, field: field, log: log) }
    }

    /// A list with at least one entry.
    var filledList: [Value]? {
        guard let list else { return nil }
        if list.isEmpty {
            report("空列表 is an empty list", rule: "至少写一个 at least one entry")
            return nil
        }
        return list
    }

    /// The fields of a mapping, whose problems will name `subject`, and where they lie deep the path to them.
    func fields(subject: String, isPath: Bool = false) -> Fields? {
        guard let mapping = node.mapping else {
            report("要写成键和值 must be a mapping", rule: "写成 键: 值 write key: value")
            return nil
        }
        return Fields(
            mapping, file: file, line: keyLine ?? line, subject: subject, path: isPath ? "\(field)." : "", log: log)
    }
}
