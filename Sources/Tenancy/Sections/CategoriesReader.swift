import Enrollment

/// Reads the ordered categories and the predicates they use.
struct CategoriesReader {
    let conditions: ConditionReader
    let authority: AuthorityReader
    /// Credentials for which there is a connector.
    let connected: Set<CredentialID>

    struct Categories {
        let rows: [Enrollment.Category]
        let authority: Authority
    }

    func read(_ value: Value) -> Categories? {
        guard let section = value.fields(subject: "类别 categories") else { return nil }
        defer { section.finish() }
        let authority = authority.read(in: section)
        guard let list = section.required("rows")?.filledList else { return nil }
        var rows: [Enrollment.Category] = []
        var ids: Set<String> = []
        for value in list {
            guard let fields = value.fields(subject: Self.subject(of: value)), let row = row(fields) else { continue }
            if !ids.insert(row.id.rawValue).inserted {
                fields.report("id", row.id.rawValue, "重复的类别 duplicate category", rule: "每个类别的 id 只用一次 each id once")
            }
            checkReach(row, after: rows, fields)
            rows.append(row)
        }
        guard let authority, rows.count == list.count else { return nil }
        return Categories(rows: rows, authority: authority)
    }

    private static func subject(of value: Value) -> String {
        "类别 category \(value.peek("id") ?? "?")"
    }

    private func row(_ fields: Fields) -> Enrollment.Category? {
        defer { fields.finish() }
        let id = fields.required("id").flatMap(identifier)
        let title = fields.required("title")?.localized
        let condition = fields.required("condition").flatMap(conditions.read)
        let place = fields.required("place").flatMap(place)
        var seat = Enrollment.Category.Seat?.some(.catchment)
        if let value = fields.optional("seat") { seat = value.choice(of: [.catchment, .coordination]) }
        let keys = fields.optional("rank_keys").map(rankKeys) ?? []
        let used = (condition?.facts ?? []).union([place].compactMap(\.self)).union((keys ?? []).map(\.fact))
        checkConnectors(used, fields)
        guard let id, let title, let condition, let place, let seat, let keys else { return nil }
        return Enrollment.Category(
            id: CategoryID(rawValue: id), title: title, condition: condition, place: place, seat: seat, rankKeys: keys)
    }

    private func identifier(_ value: Value) -> String? {
        guard let text = value.text else { return nil }
        guard text.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }) else {
            value.report("不是标识 not an identifier", rule: "小写字母、数字和下划线 lower-case letters, digits, underscores")
            return nil
        }
        return text
    }

    private func place(_ value: Value) -> FactKey? {
        guard let fact = conditions.fact(value) else { return nil }
        guard fact.isPlace else {
            let places = FactVocabulary.all.filter(\.isPlace).map(\.key.rawValue).joined(separator: ", ")
            value.report("不是地点 not a place", rule: "地点是 places: \(places)")
            return nil
        }
        return fact.key
    }

    private func rankKeys(_ value: Value) -> [RankKeyRule]? {
        guard let list = value.list else { return nil }
        let keys: [RankKeyRule] = list.compactMap { value in
            guard let fields = value.fields(subject: value.subject, isPath: true) else { return nil }
            defer { fields.finish() }
            let key = fields.required("fact")
            let fact = key.flatMap(conditions.fact)
            let order = fields.required("order")?.choice(of: [RankKeyRule.Order.ascending, .descending])
            if let fact, fact.type == .code {
                key?.report("代码没有先后 a code has no order", rule: "用日期、整数或是否 rank by a date, a number or a flag")
                return nil
            }
            guard let fact, let order else { return nil }
            return RankKeyRule(fact: fact.key, order: order)
        }
        return keys.count == list.count ? keys : nil
    }

    private func checkReach(_ row: Enrollment.Category, after rows: [Enrollment.Category], _ fields: Fields) {
        if row.condition.isNeverTrue {
            fields.report(
                "condition", row.id.rawValue, "条件永远不成立 a condition that never holds",
                rule: "去掉互相矛盾的条件 take out what contradicts")
        } else if let earlier = rows.first(where: { $0.condition.isImplied(by: row.condition) }) {
            fields.report(
                "condition", row.id.rawValue, "到不了的类别 unreachable category",
                rule: "前面的 \(earlier.id) 已经包括它 an earlier row already takes every family of this one")
        }
    }

    /// A rule that no register can answer would leave every family waiting.
    private func checkConnectors(_ keys: Set<FactKey>, _ fields: Fields) {
        for key in keys.sorted() {
            for credential in FactVocabulary.description(of: key)?.credentials ?? []
            where !connected.contains(credential) {
                fields.report(
                    "condition", credential.rawValue, "没有连接器 no connector",
                    rule: "\(key) 要查 \(credential)，先写 credentials/\(credential).yaml the rule needs that register")
            }
        }
    }
}

extension FactDescription {
    /// Whether it names a community.
    var isPlace: Bool { type == .code && codes.isEmpty }
}
