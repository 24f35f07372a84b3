import Catchments
import Enrollment

/// Reads `catchments.yaml`: for each stage the published clauses, school by school, and the sentences only a person can
/// apply.
struct CatchmentsReader {
    let gazetteer: Gazetteer
    let divisions: [DivisionCode]
    let stages: [Stage]
    let season: SeasonYear
    let authority: AuthorityReader

    struct Catchments {
        let plans: [Stage: CatchmentPlan]
        let authority: Authority
        let line: Int
    }

    func read(_ path: String, schools: SchoolsReader.Schools, in tree: SourceTree, _ log: ProblemLog) -> Catchments? {
        guard let root = YAMLDocument.read(path, in: tree, log) else { return nil }
        let scope = root.renamed(subject: "学区 catchments")
        if let year = scope.required("season")?.integer(in: 2000...2999), year != season.value {
            scope.report("season", "\(year)", "不是本季 another season", rule: "本季是 the season is \(season)")
        }
        let authority = authority.read(in: scope)
        var clauses: [Stage: [CatchmentClause]] = [:]
        for stage in stages {
            guard let list = scope.optional(stage.rawValue)?.filledList else { continue }
            for (offset, value) in list.enumerated() {
                guard let entry = value.fields(subject: "学区 catchment \(value.peek("school") ?? "?")") else { continue }
                clauses[stage, default: []] += communities(entry, number: offset + 1, stage: stage, schools)
            }
        }
        for value in scope.optional("sentences")?.list ?? [] {
            guard let entry = value.fields(subject: "学区 sentence \(value.peek("school") ?? "?")") else { continue }
            guard let (stage, clause) = sentence(entry, after: clauses, schools) else { continue }
            clauses[stage, default: []].append(clause)
        }
        scope.finish()
        guard let authority else { return nil }
        return Catchments(
            plans: clauses.mapValues(CatchmentPlan.init), authority: authority, line: scope.line(of: "authority"))
    }

    private func communities(
        _ entry: Fields, number: Int, stage: Stage, _ schools: SchoolsReader.Schools
    ) -> [CatchmentClause] {
        defer { entry.finish() }
        let school = entry.required("school").flatMap { self.school($0, stage, schools) }
        let text = entry.required("text")?.text
        guard let list = entry.required("communities")?.filledList else { return [] }
        var seen: Set<Community> = []
        let found = list.compactMap { value -> Community? in
            guard let community = community(value) else { return nil }
            if seen.insert(community).inserted { return community }
            value.report("重复的社区 community named twice", rule: "每所学校的社区只写一次 once a school")
            return nil
        }
        guard let school, let text else { return [] }
        return found.map { CatchmentClause(number: number, school: school, coverage: .community($0), text: text) }
    }

    private func sentence(
        _ entry: Fields, after clauses: [Stage: [CatchmentClause]], _ schools: SchoolsReader.Schools
    ) -> (Stage, CatchmentClause)? {
        defer { entry.finish() }
        let stage = entry.required("stage")?.choice(of: stages)
        let school = stage.flatMap { stage in entry.required("school").flatMap { self.school($0, stage, schools) } }
        let within = entry.optional("within")
        let community = within.flatMap(self.community)
        let text = entry.required("text")?.text
        guard let stage, let school, let text, within == nil || community != nil else { return nil }
        let number = (clauses[stage]?.last?.number ?? 0) + 1
        return (
            stage, CatchmentClause(number: number, school: school, coverage: .sentence(within: community), text: text)
        )
    }

    private func school(_ value: Value, _ stage: Stage, _ schools: SchoolsReader.Schools) -> String? {
        guard let code = value.text else { return nil }
        let isKnown = schools.rows.contains { $0.school.code.rawValue == code && $0.school.stage == stage }
        guard isKnown || !schools.isReadable || schools.brokenCodes.contains(code) else {
            value.report(
                "没有这所学校 unknown school",
                rule: "schools.csv 里 \(stage.rawValue) 的代码 a code of that stage in schools.csv")
            return nil
        }
        return code
    }

    /// A community by its full name, with its township where the name alone is not enough.
    private func community(_ value: Value) -> Community? {
        guard let written = value.text else { return nil }
        let parts = written.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let matches = divisions.flatMap { division -> [Community] in
            switch parts.count {
            case 1: gazetteer.communities(named: written, in: division.rawValue)
            case 2: gazetteer.communities(named: parts[1], in: division.rawValue, township: parts[0])
            default: Community(canonical: written).map { $0.division == division.rawValue ? [$0] : [] } ?? []
            }
        }
        // Short forms are for what people type: a file writes the full name.
        let exact = matches.filter { $0.name == parts.last && gazetteer.contains($0) }
        switch exact.count {
        case 1: return exact[0]
        case 0:
            let near = matches.isEmpty ? "" : "；是否指 perhaps \(matches.map(\.description).joined(separator: ", "))"
            value.report("地名库里没有的社区 community not in the gazetteer", rule: "写全名 write the full name\(near)")
        default:
            value.report(
                "不止一个社区叫这个名字 several communities of that name",
                rule: "写明乡镇 name the township: \(exact.map { "\($0.township)/\($0.name)" }.joined(separator: ", "))")
        }
        return nil
    }
}
