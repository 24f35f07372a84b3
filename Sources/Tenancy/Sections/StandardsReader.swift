import Enrollment

/// A stage as the province defines it.
struct StageStandard {
    let title: LocalizedText
    let minimumYears: Int
    let usualMaximumYears: Int
}

/// Reads the province's stages and every level's class sizes.
struct StandardsReader {
    let authority: AuthorityReader

    func stages(_ value: Value) -> [Stage: StageStandard]? {
        guard let section = value.fields(subject: "学段 stages") else { return nil }
        defer { section.finish() }
        var sound = authority.read(in: section) != nil
        var found: [Stage: StageStandard] = [:]
        for stage in Stage.allCases {
            guard let fields = section.required(stage.rawValue)?.fields(subject: "学段 stage \(stage.rawValue)") else {
                sound = false
                continue
            }
            let title = fields.required("title")?.localized
            let minimum = fields.required("minimum_years")?.integer(in: 5...16)
            let maximum = fields.required("usual_maximum_years")?.integer(in: 5...20)
            sound = fields.finish() && sound
            guard let title, let minimum, let maximum else {
                sound = false
                continue
            }
            if maximum < minimum {
                fields.report(
                    "usual_maximum_years", "\(maximum)", "小于最小年龄 less than the minimum",
                    rule: "不小于 at least \(minimum)")
                sound = false
            }
            found[stage] = StageStandard(title: title, minimumYears: minimum, usualMaximumYears: maximum)
        }
        return sound ? found : nil
    }

    /// The province's own limit, which no county may pass.
    func legalMaximum(_ value: Value) -> Int? {
        guard let section = value.fields(subject: "班额 class_size_cap") else { return nil }
        return section.required("legal_maximum")?.integer(in: 30...55)
    }

    /// - Parameter isProvince: whether the section is the province's, which alone states the legal maximum.
    func classSizeCap(_ value: Value, legalMaximum: Int, isProvince: Bool) -> [Stage: Int]? {
        guard let section = value.fields(subject: "班额 class_size_cap") else { return nil }
        defer { section.finish() }
        if isProvince { _ = section.optional("legal_maximum") }
        var sound = authority.read(in: section) != nil
        var caps: [Stage: Int] = [:]
        for stage in Stage.allCases {
            guard let value = section.required(stage.rawValue), let cap = value.integer(in: 1...100) else {
                sound = false
                continue
            }
            if cap > legalMaximum {
                value.report("超过法定班额 over the legal class size", rule: "不超过 at most \(legalMaximum)")
                sound = false
            }
            caps[stage] = cap
        }
        return sound ? caps : nil
    }
}
