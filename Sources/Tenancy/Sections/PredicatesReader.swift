import Enrollment

/// Reads the predicates a county defines, such as 房户一致; a later one may use an earlier one.
struct PredicatesReader {
    let conditions: ConditionReader
    let authority: AuthorityReader

    func read(_ value: Value) -> [String: Condition]? {
        guard let section = value.fields(subject: "谓词 predicates") else { return nil }
        _ = section.optional("authority")
        let authority = authority.read(in: section)
        var found: [String: Condition] = [:]
        var sound = authority != nil
        for entry in section.entries where entry.key != "authority" {
            let reader = ConditionReader(gazetteer: conditions.gazetteer, predicates: found)
            if let condition = reader.read(entry.value) { found[entry.key] = condition } else { sound = false }
        }
        return sound ? found : nil
    }
}
