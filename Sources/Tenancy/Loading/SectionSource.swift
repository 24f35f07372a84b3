import Enrollment

/// A section as written at one level, not read yet.
struct SectionSource {
    let name: SectionName
    let value: Value
    let line: Int
    let level: SectionOrigin.Level

    var file: String { value.file }
}

/// The sections of one level: of `province.yaml`, or of a city's or county's `policy.yaml`.
struct SectionLayer {
    let sections: [SectionName: SectionSource]
    /// False when the file could not be parsed or has keys nobody knows: what it meant to say cannot be told then.
    let isSound: Bool

    static var empty: SectionLayer { .init(sections: [:], isSound: true) }

    static func read(
        _ path: String, level: SectionOrigin.Level, season: SeasonYear, in tree: SourceTree, _ log: ProblemLog
    ) -> SectionLayer {
        guard let root = YAMLDocument.read(path, in: tree, log) else { return .init(sections: [:], isSound: false) }
        let fields = root.renamed(subject: "政策 policy")
        checkSeason(fields, season)
        let sections = take(SectionName.inPolicy, from: fields, level: level)
        return .init(sections: sections, isSound: fields.finish())
    }

    static func take(
        _ names: [SectionName], from fields: Fields, level: SectionOrigin.Level
    ) -> [SectionName: SectionSource] {
        var sections: [SectionName: SectionSource] = [:]
        for name in names {
            guard let value = fields.optional(name.rawValue) else { continue }
            sections[name] = SectionSource(
                name: name, value: value, line: fields.line(of: name.rawValue), level: level)
        }
        return sections
    }

    static func checkSeason(_ fields: Fields, _ season: SeasonYear) {
        if let year = fields.required("season")?.integer(in: 2000...2999), year != season.value {
            fields.report("season", "\(year)", "不是本季 another season", rule: "本季是 the season is \(season)")
        }
    }
}
