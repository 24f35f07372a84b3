import Catchments
import Enrollment

/// Reads a condition: `all`, `any`, `not`, `same`, `predicate`, or a comparison written as a sentence of three words.
struct ConditionReader {
    let gazetteer: Gazetteer
    /// Predicates defined so far, by name.
    let predicates: [String: Condition]

    private static let forms = ["all", "any", "not", "same", "predicate"]

    func read(_ value: Value) -> Condition? {
        if value.isScalar { return comparison(value) }
        guard let fields = value.fields(subject: value.subject, isPath: true) else { return nil }
        guard fields.entries.count == 1, let entry = fields.entries.first, Self.forms.contains(entry.key) else {
            value.report(
                "不是条件 not a condition",
                rule: "一个键 one key of \(Self.forms.joined(separator: ", "))，或一句比较 or a comparison",
                value: fields.entries.map(\.key).joined(separator: ", "))
            return nil
        }
        switch entry.key {
        case "all": return parts(entry.value).map(Condition.all)
        case "any": return parts(entry.value).map(Condition.any)
        case "not": return read(entry.value).map(Condition.not)
        case "same": return same(entry.value)
        default: return predicate(entry.value)
        }
    }

    private func parts(_ value: Value) -> [Condition]? {
        guard let list = value.filledList else { return nil }
        let parts = list.map(read)
        let sound = parts.compactMap(\.self)
        return sound.count == parts.count ? sound : nil
    }

    private func predicate(_ value: Value) -> Condition? {
        guard let name = value.text else { return nil }
        guard let condition = predicates[name] else {
            value.report(
                "没有定义的谓词 unknown predicate",
                rule:
                    "先在 predicates 里定义 define it under predicates: \(predicates.keys.sorted().joined(separator: ", "))")
            return nil
        }
        return .predicate(name, condition)
    }

    private func same(_ value: Value) -> Condition? {
        guard let list = value.list else { return nil }
        let facts = list.compactMap { fact($0) }
        guard facts.count == list.count else { return nil }
        guard facts.count == 2, facts[0].key != facts[1].key else {
            value.report("same 要两个不同的事实 same needs two different facts", rule: "写 [a, b]")
            return nil
        }
        guard facts[0].type == facts[1].type, facts[0].codes == facts[1].codes else {
            value.report(
                "两个事实的类型不同 facts of two types", rule: "类型相同才能比较 only facts of one type can be the same",
                value: facts.map(\.key.rawValue).joined(separator: ", "))
            return nil
        }
        return .same(facts[0].key, facts[1].key)
    }

    /// The fact a value names, which must be in the vocabulary.
    func fact(_ value: Value) -> FactDescription? {
        guard let key = value.text else { return nil }
        return fact(named: key, value)
    }

    private func fact(named key: String, _ value: Value) -> FactDescription? {
        guard let description = FactVocabulary.description(of: FactKey(rawValue: key)) else {
            value.report(
                "未知的事实 unknown fact",
                rule: "可用的事实 facts: \(FactVocabulary.all.map(\.key.rawValue).joined(separator: ", "))", value: key)
            return nil
        }
        return description
    }

    private func comparison(_ value: Value) -> Condition? {
        let words = value.written.split(separator: " ").map(String.init)
        guard words.count == 3, let comparison = Comparison(rawValue: words[1]) else {
            value.report(
                "不是比较 not a comparison",
                rule:
                    "写成 事实 符号 值 fact, sign, value；符号 signs: \(Comparison.allCases.map(\.rawValue).joined(separator: " "))"
            )
            return nil
        }
        guard let fact = fact(named: words[0], value), let literal = literal(words[2], of: fact, value) else {
            return nil
        }
        let ordered = fact.type == .integer || fact.type == .date
        guard ordered || comparison == .equal || comparison == .notEqual else {
            value.report(
                "这类事实不能比大小 a fact of this type has no order",
                rule: "\(fact.key) 只能用 only == 或 or !=")
            return nil
        }
        return .compare(fact.key, comparison, literal)
    }

    private func literal(_ text: String, of fact: FactDescription, _ value: Value) -> FactValue? {
        switch fact.type {
        case .flag:
            if text == "true" || text == "false" { return .flag(text == "true") }
            return wrongType(value, "\(fact.key) 是 true 或 false is a flag")
        case .integer:
            if let number = Int(text), (0...1200).contains(number) { return .integer(number) }
            return wrongType(value, "\(fact.key) 是 0 到 1200 的整数 is a whole number of that range")
        case .date:
            if let date = CivilDate(text) { return .date(date) }
            return wrongType(value, "\(fact.key) 是日期 is a date YYYY-MM-DD")
        case .code where fact.codes.isEmpty:
            if let community = Community(canonical: text), gazetteer.contains(community) { return .code(text) }
            return wrongType(value, "\(fact.key) 是地名库里的社区 is a community of the gazetteer, 430922/桃花江镇/近桃社区")
        case .code:
            if fact.codes.contains(text) { return .code(text) }
            value.report(
                "未知的代码 unknown code", rule: "\(fact.key) 可以是 may be \(fact.codes.joined(separator: ", "))")
            return nil
        }
    }

    private func wrongType(_ value: Value, _ rule: String) -> FactValue? {
        value.report("值的类型不对 a value of the wrong type", rule: rule)
        return nil
    }
}
