import Enrollment

/// Where a section comes from: a published document, or the province's template.
struct AuthorityReader {
    let season: SeasonYear
    /// `sample` is for a demonstration's overlay and for nothing else.
    let allowsSample: Bool

    /// Reads the `authority` key of a section, which must be there.
    func read(in section: Fields) -> Authority? {
        guard let value = section.optional("authority") else {
            section.report(
                "authority", "", "没有写依据 no authority",
                rule: "写 { kind: published, document: … } 或 { kind: template } say the published document or template")
            return nil
        }
        guard let fields = value.fields(subject: section.subject) else { return nil }
        defer { fields.finish() }
        let kind = fields.required("kind")?.choice(of: [Authority.Kind.published, .template, .sample])
        let document = fields.optional("document")?.text
        let number = fields.optional("number")?.text
        let year = fields.optional("year")?.integer(in: 1986...2999)
        let link = fields.optional("link")?.text
        let carriedOver = fields.optional("carried_over")?.flag ?? false
        guard let kind, check(kind, document, year, link, carriedOver, fields) else { return nil }
        return Authority(
            kind: kind, document: document, number: number, year: year, link: link, carriedOver: carriedOver)
    }

    private func check(
        _ kind: Authority.Kind, _ document: String?, _ year: Int?, _ link: String?, _ carriedOver: Bool,
        _ fields: Fields
    ) -> Bool {
        var sound = true
        func report(_ field: String, _ value: String, _ problem: String, _ rule: String) {
            fields.report(field, value, problem, rule: rule)
            sound = false
        }
        if kind == .sample, !allowsSample {
            report(
                "kind", kind.rawValue, "示例数据不能放在 Tenants/ sample data in Tenants/",
                "示例只放在演示季的目录里 samples belong into a demonstration's overlay")
            return false
        }
        switch kind {
        case .published where document == nil && fields.optional("document") == nil:
            report(
                "document", "", "发布的文件没有名称 a published section without its document",
                "写出文件名 name the document, or say template")
        case .template, .sample:
            for name in ["document", "number", "year", "link", "carried_over"] {
                guard let value = fields.optional(name) else { continue }
                report(
                    name, value.written, "模板没有文件 a template has no document",
                    "有文件就写 kind: published say published where a document stands behind it")
            }
        case .published: break
        }
        if kind != .sample, allowsSample {
            report(
                "kind", kind.rawValue, "演示目录里只有示例 an overlay holds samples only",
                "写 kind: sample")
        }
        if let year, year > season.value {
            report("year", "\(year)", "文件年份晚于本季 a later year than the season", "不晚于 at most \(season)")
        }
        if let year, year < season.value, !carriedOver {
            report(
                "carried_over", "false", "往年文件没有注明沿用 an earlier year's document that is not carried over",
                "仍然有效就写 carried_over: true write it where the text still serves")
        }
        if let link, !link.hasPrefix("https://"), !link.hasPrefix("http://") {
            report("link", link, "不是网址 not a web address", "以 https:// 开头 begins with https://")
        }
        return sound
    }
}
