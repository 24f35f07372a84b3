import Catchments
import Enrollment

/// What `ruxue tenant show` and `ruxue tenant validate` print, Chinese first.
public enum TenantReport {
    /// The resolved tenant, with file and line of each section.
    public static func show(_ tenant: Tenant) -> String {
        (identity(tenant) + plan(tenant) + categories(tenant) + dates(tenant) + sections(tenant))
            .joined(separator: "\n")
    }

    /// Every problem, one a line, and a closing sentence.
    public static func validation(_ registry: TenantRegistry) -> String {
        let served = "\(registry.tenants.count) 个租户可用 tenants serve"
        guard !registry.problems.isEmpty else {
            return "没有问题。\(served)。No problem found."
        }
        let count = registry.problems.count
        let held = registry.quarantined.map { "\($0.code) \($0.name?.zh ?? "")" }.joined(separator: "、")
        let closing = held.isEmpty ? "" : "，\(registry.quarantined.count) 个隔离 quarantined: \(held)"
        return lines(registry.problems) + "\n\(count) 个问题 problems。\(served)\(closing)。"
    }

    /// The same for a `Tenants/` that refuses to load.
    public static func validation(_ error: TenancyError) -> String {
        guard !error.problems.isEmpty else { return "\(error)\n读不了目录，一个租户也不能用。No tenant can be served." }
        return lines(error.problems)
            + "\n\(error.problems.count) 个问题在全省共用的文件里，一个租户也不能用。"
            + "Problems in files that every tenant shares: none can be served."
    }

    private static func lines(_ problems: [TenantProblem]) -> String {
        problems.map(\.description).joined(separator: "\n")
    }

    private static func identity(_ tenant: Tenant) -> [String] {
        let kind = tenant.kind == .city ? "市 city" : "县 county"
        let mode = tenant.mode == .hosted ? "在本平台办理 hosted" : "只核验 verification only"
        let divisions = tenant.divisions.isEmpty ? "无 none" : tenant.divisions.map(\.rawValue).joined(separator: ", ")
        return [
            "\(tenant.name.zh) \(tenant.name.en ?? "") \(tenant.code)",
            "层级 kind: \(kind)，所属市 city \(tenant.city)，\(mode)",
            "服务区划 divisions: \(divisions)",
            "学段 stages: \(tenant.stages.map(\.rawValue).joined(separator: ", "))",
            "联系 contact: \([tenant.contact.office.zh, tenant.contact.phone, tenant.contact.hours?.zh].compactMap(\.self).joined(separator: "，"))",
            "核查凭证 credentials: \(tenant.credentials.map(\.rawValue).joined(separator: ", "))",
            "版本 version: \(tenant.versionHash)",
        ]
    }

    private static func plan(_ tenant: Tenant) -> [String] {
        let heading = "\n学校和学区 schools and catchments: \(words(tenant.planAuthority))"
        guard !tenant.schools.isEmpty else { return [heading, "  方案尚未发布 The plan is not published yet."] }
        let seats = tenant.schools.reduce(0) { $0 + $1.seats }
        let classes = tenant.schools.reduce(0) { $0 + $1.classes }
        return [heading]
            + tenant.schools.map { school -> String in
                let clauses = tenant.catchmentPlan(school.stage).clauses.filter { $0.school == school.code.rawValue }
                let places = clauses.map { clause -> String in
                    switch clause.coverage {
                    case .community(let community): return community.name
                    case .sentence: return "(人工判断 by a person) \(clause.text)"
                    case .area: return clause.text
                    }
                }
                return "  \(school.code) \(school.name.zh) \(school.stage.rawValue) "
                    + "\(school.classes) × \(school.classSize) = \(school.seats): \(places.joined(separator: "、"))"
            } + ["  共 total: \(tenant.schools.count) 所 schools, \(classes) 个班 classes, \(seats) 个学位 seats"]
    }

    private static func categories(_ tenant: Tenant) -> [String] {
        ["\n类别 categories: \(words(tenant.policy.categoriesAuthority))"]
            + tenant.policy.categories.enumerated().flatMap { offset, category in
                let seat = category.seat == .catchment ? "按学区 by catchment" : "统筹 by coordination"
                return [
                    "  \(offset + 1) \(category.title.zh) \(category.id)，\(seat)，地点 place \(category.place)",
                    "    \(words(category.condition, isInner: false))",
                ]
            }
    }

    private static func dates(_ tenant: Tenant) -> [String] {
        let calendar = tenant.policy.calendar
        let reference = tenant.policy.referenceDates
        let caps = tenant.classSizeCap.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }
        return [
            "\n日程 calendar: \(words(tenant.policy.calendarAuthority))",
            "  登记 registration \(calendar.opens) – \(calendar.closes)，冻结 freeze \(calendar.freezes)，"
                + "确认截止 offers until \(calendar.offersUntil)，报到 report \(calendar.reports)",
            "计算日期 reference dates: \(words(tenant.policy.referenceDatesAuthority))",
            "  年龄 age \(reference.age)，月数 months back from \(reference.months)",
            "班额 class size: \(caps.joined(separator: ", "))",
        ]
    }

    private static func sections(_ tenant: Tenant) -> [String] {
        ["\n出处 sections:"]
            + tenant.sections.map { origin in
                let authority = origin.authority.map { "，\(words($0))" } ?? ""
                return "  \(origin.section): \(origin.file):\(origin.line) (\(origin.level.rawValue)\(authority))"
            }
    }

    private static func words(_ authority: Authority) -> String {
        switch authority.kind {
        case .template: return "全省模板 template"
        case .sample: return "示例数据 sample"
        case .published:
            let year = authority.year.map { "\($0) 年" }
            let carried = authority.carriedOver ? "沿用 carried over" : nil
            let parts = [authority.document, authority.number, year, carried, authority.link].compactMap(\.self)
            return "已发布 published: \(parts.joined(separator: "，"))"
        }
    }

    private static func words(_ condition: Condition, isInner: Bool = true) -> String {
        func join(_ parts: [Condition], _ word: String) -> String {
            let text = parts.map { words($0) }.joined(separator: " \(word) ")
            return isInner && parts.count > 1 ? "(\(text))" : text
        }
        switch condition {
        case .all(let parts): return join(parts, "且 and")
        case .any(let parts): return join(parts, "或 or")
        case .not(let part): return "非 not \(words(part))"
        case .predicate(let name, _): return name
        case .same(let left, let right): return "\(left) == \(right)"
        case .compare(let key, let comparison, let value):
            switch value {
            case .flag(let flag): return "\(key) \(comparison.rawValue) \(flag)"
            case .integer(let number): return "\(key) \(comparison.rawValue) \(number)"
            case .code(let code): return "\(key) \(comparison.rawValue) \(code)"
            case .date(let date): return "\(key) \(comparison.rawValue) \(date)"
            }
        }
    }
}
