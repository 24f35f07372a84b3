import Catchments
import Enrollment

/// A tenant's schools and catchments, which come together from one authority.
struct Plan {
    let schools: [School]
    let catchments: [Stage: CatchmentPlan]
    let authority: Authority
    let origins: [SectionOrigin]

    static let none = Plan(schools: [], catchments: [:], authority: Authority(kind: .template), origins: [])
}

/// Reads `schools.csv` and `catchments.yaml` of one folder and holds them against each other.
struct PlanReader {
    let gazetteer: Gazetteer
    let season: SeasonYear
    let isOverlay: Bool

    /// The plan, `Plan.none` where neither file is there, or nil where they are broken.
    func read(
        schools schoolsFile: String, catchments catchmentsFile: String, of tenant: TenantFile, caps: [Stage: Int],
        level: SectionOrigin.Level, in tree: SourceTree, _ log: ProblemLog
    ) -> Plan? {
        guard tree.exists(schoolsFile) || tree.exists(catchmentsFile) else { return Plan.none }
        let found = ProblemLog()
        defer { log.report(found.problems) }
        let schools = SchoolsReader(caps: caps, stages: tenant.stages).read(schoolsFile, in: tree, found)
        let unreadable = SchoolsReader.Schools(rows: [], brokenCodes: [], isReadable: false)
        let reader = CatchmentsReader(
            gazetteer: gazetteer, divisions: tenant.divisions, stages: tenant.stages, season: season,
            authority: AuthorityReader(season: season, allowsSample: isOverlay))
        let catchments = reader.read(catchmentsFile, schools: schools ?? unreadable, in: tree, found)
        // A clause that could not be read must not make its school look as if it had none.
        guard found.isEmpty, let schools, let catchments else { return nil }
        let covered = Set(catchments.plans.values.flatMap(\.clauses).map(\.school))
        for row in schools.rows where !covered.contains(row.school.code.rawValue) {
            found.report(
                .init(
                    file: schoolsFile, line: row.line, subject: "学校 school \(row.school.name.zh)", field: "code",
                    value: row.school.code.rawValue, problem: "没有学区的学校 a school in no clause",
                    rule: "每所学校至少有一条学区 every school has a clause in catchments.yaml"))
        }
        let origins = [("catchments", catchmentsFile, catchments.line), ("schools", schoolsFile, 1)].map {
            SectionOrigin(section: $0.0, file: $0.1, line: $0.2, level: level, authority: catchments.authority)
        }
        return Plan(
            schools: schools.rows.map(\.school), catchments: catchments.plans, authority: catchments.authority,
            origins: origins)
    }
}
