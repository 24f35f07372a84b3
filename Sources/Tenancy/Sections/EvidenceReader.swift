import Enrollment

/// Checks the list of evidence a county says it asks for. What is asked is derived from the rules, so the list changes
/// nothing: it is there to be held against them.
struct EvidenceReader {
    let authority: AuthorityReader

    /// What may not be asked for before a child is admitted, by the name a county would write and why.
    static let forbidden: [String: String] = [
        "kindergarten_history": "不得要求学前教育证明 preschool must not be proven",
        "family_planning": "不得要求计划生育证明 family planning must not be proven",
        "over_age_proof": "不得要求超龄入学证明 being over age must not be proven",
        "vaccination": "预防接种证明在入学后补交 vaccination is collected after the start",
    ]

    /// - Parameter used: credentials that some rule uses.
    func check(_ value: Value, used: Set<CredentialID>) {
        guard let section = value.fields(subject: "材料 evidence") else { return }
        defer { section.finish() }
        _ = authority.read(in: section)
        guard let list = section.required("credentials")?.list else { return }
        var seen: Set<String> = []
        for value in list {
            guard let name = value.text else { continue }
            if !seen.insert(name).inserted {
                value.report("重复的材料 evidence named twice", rule: "每种只写一次 each once")
            } else if let reason = Self.forbidden[name] {
                value.report("法律禁止索要 evidence the law forbids asking for", rule: reason)
            } else if !CredentialID.principal.contains(CredentialID(rawValue: name)) {
                let known = CredentialID.principal.map(\.rawValue).joined(separator: ", ")
                value.report("未知的材料 unknown credential", rule: "允许 allowed: \(known)")
            } else if !used.contains(CredentialID(rawValue: name)) {
                value.report(
                    "没有规则用到 evidence that no rule uses",
                    rule: "不索要规则不需要的材料 nothing is asked for that the rules do not need")
            }
        }
    }
}
