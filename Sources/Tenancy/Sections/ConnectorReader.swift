import Enrollment

/// Reads `credentials/<credential>.yaml`: how one department is asked and how its reply is read.
struct ConnectorReader {
    /// Names a reply's fields may be given; a name nothing reads would be a silent mistake.
    private static let knownFields: Set<FieldName> = [
        .personName, .personNumber, .relationToHead, .birthDate, .householdNumber, .householdKind, .registeredSince,
        .address, .community, .members, .certificateKind, .certificateNumber, .unitNumber, .ownerName, .ownerNumber,
        .use, .coOwnership, .share, .contractNumber, .filedOn, .contractState, .permitNumber, .heldSince, .validUntil,
        .insuranceKind, .paidMonths,
    ]

    static func read(_ path: String, in tree: SourceTree, _ log: ProblemLog) -> Connector? {
        guard let root = YAMLDocument.read(path, in: tree, log) else { return nil }
        let credential = root.required("credential").flatMap { self.credential($0, path) }
        let fields = root.renamed(subject: "连接器 connector \(credential?.rawValue ?? "?")")
        _ = fields.optional("credential")
        defer { fields.finish() }
        let title = fields.required("title")?.localized
        let department = fields.required("department")?.localized
        let purpose = fields.required("purpose")?.localized
        let service = fields.required("service")?.text
        let address = fields.required("path").flatMap(self.path)
        let headers = fields.required("headers")?.choice(of: [Connector.HeaderFamily.gjgxjhpt, .gjzwfwpt])
        let request = fields.required("request").flatMap(request)
        let rows = fields.required("rows").flatMap(dottedPath)
        let readings = fields.required("fields").flatMap(readings)
        let deadline = fields.required("deadline_milliseconds")?.integer(in: 100...120_000)
        let answer = fields.required("answer_hours")?.integer(in: 1...720)
        let valid = fields.required("valid_hours")?.integer(in: 1...8760)
        guard let credential, let title, let department, let purpose, let service, let address, let headers,
            let request, let rows, let readings, let deadline, let answer, let valid
        else { return nil }
        return Connector(
            credential: credential, title: title, department: department, purpose: purpose, service: service,
            path: address, headers: headers, request: request, rows: rows, fields: readings,
            deadlineMilliseconds: deadline, answerHours: answer, validHours: valid)
    }

    private static func credential(_ value: Value, _ path: String) -> CredentialID? {
        guard let credential = value.choice(of: CredentialID.principal) else { return nil }
        guard path.hasSuffix("/\(credential).yaml") else {
            value.report("和文件名不一致 not the file's name", rule: "文件名是 the file is \(credential).yaml")
            return nil
        }
        return credential
    }

    private static func path(_ value: Value) -> String? {
        guard let text = value.text else { return nil }
        guard text.hasPrefix("/"), !text.contains(where: { " ?#".contains($0) }) else {
            value.report("不是路径 not a path", rule: "以 / 开头，没有 ? 和 # begins with a slash, without ? or #")
            return nil
        }
        return text
    }

    private static func dottedPath(_ value: Value) -> String? {
        guard let text = value.text else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
            value.report("不是路径 not a dotted path", rule: "写成 a.b write a.b")
            return nil
        }
        return text
    }

    private static func request(_ value: Value) -> [String: Connector.RequestSource]? {
        guard let fields = value.fields(subject: value.subject, isPath: true) else { return nil }
        var request: [String: Connector.RequestSource] = [:]
        for entry in fields.entries {
            request[entry.key] = entry.value.choice(of: Connector.RequestSource.allCases)
        }
        guard request.values.contains(.subjectNumber) else {
            value.report(
                "没有问谁 nobody is asked about", rule: "要有 subject_number the request carries the subject's number")
            return nil
        }
        return request.count == fields.entries.count ? request : nil
    }

    private static func readings(_ value: Value) -> [Connector.FieldReading]? {
        guard let fields = value.fields(subject: value.subject, isPath: true) else { return nil }
        let readings = fields.entries.map { entry -> Connector.FieldReading? in
            let name = FieldName(rawValue: entry.key)
            guard knownFields.contains(name) else {
                fields.report(
                    entry.key, entry.key, "未知的字段 unknown field",
                    rule: "允许 allowed: \(knownFields.map(\.rawValue).sorted().joined(separator: ", "))")
                return nil
            }
            return reading(entry.value, of: name)
        }
        let sound = readings.compactMap(\.self)
        guard !sound.isEmpty else {
            value.report("没有字段 no field", rule: "至少读一个字段 at least one field is read")
            return nil
        }
        return sound.count == readings.count ? sound : nil
    }

    private static func reading(_ value: Value, of name: FieldName) -> Connector.FieldReading? {
        guard let fields = value.fields(subject: value.subject, isPath: true) else { return nil }
        defer { fields.finish() }
        guard let wire = fields.required("from")?.text else { return nil }
        let form = fields.optional("as")
        let codes = fields.optional("codes")
        let records = fields.optional("records")
        guard [form, codes, records].compactMap(\.self).count <= 1 else {
            value.report(
                "读法不止一种 more than one way of reading", rule: "as、codes、records 只写一个 one of as, codes, records",
                value: name.rawValue)
            return nil
        }
        var reading = Connector.Reading?.some(.text)
        if let form {
            switch form.written {
            case "date": reading = .date
            case "months": reading = .months
            default:
                form.report("不在允许的值里 not an allowed value", rule: "允许 allowed: date, months")
                reading = nil
            }
        } else if let codes {
            reading = translation(codes)
        } else if let records {
            reading = readings(records).map(Connector.Reading.records)
        }
        return reading.map { Connector.FieldReading(field: name, wireName: wire, reading: $0) }
    }

    private static func translation(_ value: Value) -> Connector.Reading? {
        guard let fields = value.fields(subject: value.subject, isPath: true) else { return nil }
        let pairs = fields.entries.compactMap { entry in entry.value.text.map { (entry.key, $0) } }
        guard !pairs.isEmpty, pairs.count == fields.entries.count else {
            value.report("没有对照 no translation", rule: "写成 部门的词: 平台的代码 the department's word: the platform's code")
            return nil
        }
        return .code(Dictionary(pairs) { first, _ in first })
    }
}
