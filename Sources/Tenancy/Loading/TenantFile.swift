import Enrollment

/// What `tenant.yaml` says: who the tenant is.
struct TenantFile {
    let code: TenantCode
    let name: LocalizedText
    let kind: TenantKind
    let mode: TenantMode
    let divisions: [DivisionCode]
    let divisionsLine: Int
    let stages: [Stage]
    let contact: Contact
    let contactLine: Int

    /// - Parameter folder: where the tenant lies, which fixes its code, kind and city.
    static func read(
        _ folder: TenantFolder, divisions known: [String: Division], in tree: SourceTree, _ log: ProblemLog
    ) -> TenantFile? {
        guard let root = YAMLDocument.read(folder.tenantFile, in: tree, log) else { return nil }
        let fields = root.renamed(subject: "租户 tenant \(folder.code)")
        defer { fields.finish() }
        if let value = fields.required("code"), value.written != folder.code.rawValue {
            value.report("和文件夹不一致 not the folder's code", rule: "文件夹是 the folder is \(folder.code)")
        }
        let name = fields.required("name")?.localized
        let division = known[folder.code.rawValue]
        if division == nil {
            fields.report(
                "code", folder.code.rawValue, "没有这个区划 unknown division", rule: "见 gazetteer/divisions.csv")
        } else if let name, let division, name.zh != division.name {
            fields.report(
                "name", name.zh, "和区划名称不一致 not the division's name",
                rule: "区划名称是 the division is called \(division.name)")
        }
        let kind = fields.required("kind")?.choice(of: TenantKind.allCases)
        if let kind, kind != folder.kind {
            fields.report(
                "kind", kind.rawValue, "和文件夹的层级不一致 not the folder's level", rule: "应是 \(folder.kind.rawValue)")
        }
        if let value = fields.required("city"), value.written != folder.city.rawValue {
            value.report("和文件夹不一致 not the folder's city", rule: "应是 \(folder.city)")
        }
        if let division, folder.kind == .county, division.parent != folder.city.rawValue {
            fields.report(
                "city", folder.city.rawValue, "区划不属于这个市 the division lies in another city",
                rule: "应是 \(division.parent)")
        }
        let mode = fields.required("mode")?.choice(of: TenantMode.allCases)
        let divisions = fields.required("divisions").flatMap { served($0, known) }
        let stages = fields.required("stages").flatMap(stages)
        let contact = fields.required("contact").flatMap(contact)
        guard let name, let kind, let mode, let divisions, let stages, let contact else { return nil }
        return TenantFile(
            code: folder.code, name: name, kind: kind, mode: mode, divisions: divisions,
            divisionsLine: fields.line(of: "divisions"), stages: stages, contact: contact,
            contactLine: fields.line(of: "contact"))
    }

    private static func served(_ value: Value, _ known: [String: Division]) -> [DivisionCode]? {
        guard let list = value.list else { return nil }
        var found: [DivisionCode] = []
        for value in list {
            guard let code = value.text else { continue }
            if known[code]?.level.isCountyLevel != true {
                value.report(
                    "没有这个县级区划 unknown division", rule: "见 gazetteer/divisions.csv 的县级区划 county-level divisions")
            } else if found.contains(DivisionCode(rawValue: code)) {
                value.report("重复的区划 division named twice", rule: "每个区划只写一次 each once")
            } else {
                found.append(DivisionCode(rawValue: code))
            }
        }
        return found.count == list.count ? found : nil
    }

    private static func stages(_ value: Value) -> [Stage]? {
        guard let list = value.filledList else { return nil }
        let found = list.compactMap { $0.choice(of: Stage.allCases) }
        guard Set(found).count == found.count else {
            value.report("重复的学段 stage named twice", rule: "每个学段只写一次 each once")
            return nil
        }
        return found.count == list.count ? found.sorted() : nil
    }

    private static func contact(_ value: Value) -> Contact? {
        guard let fields = value.fields(subject: "联系方式 contact") else { return nil }
        defer { fields.finish() }
        let office = fields.required("office")?.localized
        let phone = fields.optional("phone")?.text
        let hours = fields.optional("hours")?.localized
        return office.map { Contact(office: $0, phone: phone, hours: hours) }
    }
}

/// A tenant's folder, `430900-yiyang/430922-taojiang`, from whose place code, kind and city follow.
struct TenantFolder {
    let path: String
    let code: TenantCode
    let city: TenantCode
    let season: SeasonYear

    var kind: TenantKind { code == city ? .city : .county }
    var tenantFile: String { "\(path)/tenant.yaml" }
    var seasonFolder: String { "\(path)/\(season)" }
    var policyFile: String { "\(seasonFolder)/policy.yaml" }
    var schoolsFile: String { "\(seasonFolder)/schools.csv" }
    var catchmentsFile: String { "\(seasonFolder)/catchments.yaml" }

    /// The code at the head of a folder's name; nil for any other folder.
    static func code(of name: String) -> TenantCode? {
        let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 6, Int(parts[0]) != nil, !parts[1].isEmpty,
            parts[1].allSatisfy({ $0.isASCII && ($0.isLowercase || $0 == "-") })
        else { return nil }
        return TenantCode(rawValue: String(parts[0]))
    }
}
