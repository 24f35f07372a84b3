import Catchments
import Enrollment

/// A policy after inheritance, with where each of its sections was written.
struct ResolvedPolicy {
    let policy: Policy
    let caps: [Stage: Int]
    let origins: [SectionOrigin]
}

/// Puts province, city and county together, section by whole section, and reads the result.
///
/// Tenants that inherit the same sections share one reading, and so one copy in memory.
final class PolicyResolver {
    private let season: SeasonYear
    private let gazetteer: Gazetteer
    private let connected: Set<CredentialID>
    private var readings: [String: (ResolvedPolicy?, [TenantProblem])] = [:]

    init(season: SeasonYear, gazetteer: Gazetteer, connectors: [Connector]) {
        self.season = season
        self.gazetteer = gazetteer
        connected = Set(connectors.map(\.credential))
    }

    /// - Parameter layers: from the province down; a later layer's section stands in place of an earlier one's.
    func resolve(_ layers: [SectionLayer], _ log: ProblemLog) -> ResolvedPolicy? {
        let sources = layers.reduce(into: [SectionName: SectionSource]()) { sources, layer in
            sources.merge(layer.sections) { _, nearer in nearer }
        }
        let key = SectionName.allCases.map { name in sources[name].map { "\($0.file):\($0.line)" } ?? "-" }
            .joined(separator: " ")
        let (resolved, problems) = readings[key] ?? read(sources, province: layers.first ?? .empty)
        readings[key] = (resolved, problems)
        log.report(problems)
        return resolved
    }

    private func read(
        _ sources: [SectionName: SectionSource], province: SectionLayer
    ) -> (ResolvedPolicy?, [TenantProblem]) {
        let log = ProblemLog()
        func value(_ name: SectionName) -> Value? { sources[name]?.value.logging(to: log) }
        let authority = AuthorityReader(season: season, allowsSample: false)
        let standards = StandardsReader(authority: authority)
        let dates = DatesReader(season: season, authority: authority)

        let stages = value(.stages).flatMap(standards.stages)
        let legalMaximum = province.sections[.classSizeCap].flatMap {
            standards.legalMaximum($0.value.logging(to: log))
        }
        let caps = value(.classSizeCap).flatMap { value in
            standards.classSizeCap(
                value, legalMaximum: legalMaximum ?? 55, isProvince: sources[.classSizeCap]?.level == .province)
        }
        let calendar = value(.calendar).flatMap(dates.calendar)
        let referenceDates = value(.referenceDates).flatMap(dates.referenceDates)
        let noPredicates = ConditionReader(gazetteer: gazetteer, predicates: [:])
        let predicates =
            value(.predicates)
            .map { PredicatesReader(conditions: noPredicates, authority: authority).read($0) } ?? [:]
        // Broken predicates would make every category that uses one look broken too.
        let categories = predicates.flatMap { predicates in
            value(.categories).flatMap { value in
                CategoriesReader(
                    conditions: ConditionReader(gazetteer: gazetteer, predicates: predicates), authority: authority,
                    connected: connected
                ).read(value)
            }
        }
        guard let stages, let caps, let calendar, let referenceDates, let categories else {
            return (nil, log.problems)
        }
        let policy = Policy(
            categories: categories.rows, categoriesAuthority: categories.authority, calendar: calendar.0,
            calendarAuthority: calendar.1, referenceDates: referenceDates.0, referenceDatesAuthority: referenceDates.1,
            entryAge: stages.mapValues {
                EntryAge(
                    minimumYears: $0.minimumYears, usualMaximumYears: $0.usualMaximumYears,
                    referenceDay: referenceDates.0.age)
            })
        if let evidence = value(.evidence) {
            EvidenceReader(authority: authority).check(evidence, used: policy.credentialsUsed)
        }
        let resolved = ResolvedPolicy(policy: policy, caps: caps, origins: origins(sources, authority))
        return (resolved, log.problems)
    }

    private func origins(_ sources: [SectionName: SectionSource], _ authority: AuthorityReader) -> [SectionOrigin] {
        sources.values.map { source in
            // Problems of the authority have been told where the section was read.
            let fields = source.value.logging(to: ProblemLog()).fields(subject: "")
            return SectionOrigin(
                section: source.name.rawValue, file: source.file, line: source.line, level: source.level,
                authority: fields.flatMap(authority.read))
        }
    }
}
