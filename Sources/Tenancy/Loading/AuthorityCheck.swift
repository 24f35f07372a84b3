import Enrollment

/// Every county-level division is served, in every stage, by exactly one tenant.
struct AuthorityCheck {
    let divisions: [Division]

    func apply(to candidates: [TenantCandidate], _ log: ProblemLog) {
        var served: [String: [Stage: [TenantCandidate]]] = [:]
        // What a quarantined tenant serves is not unserved for good: its own problem is the one to mend.
        var unreadable: Set<String> = []
        for candidate in candidates {
            guard let file = candidate.file else {
                unreadable.insert(candidate.folder.code.rawValue)
                continue
            }
            for division in file.divisions {
                for stage in file.stages {
                    served[division.rawValue, default: [:]][stage, default: []].append(candidate)
                }
            }
        }
        let missingCities = Set(
            candidates.filter { $0.file == nil && $0.folder.kind == .city }.map(\.folder.city.rawValue))
        for division in divisions where division.level.isCountyLevel {
            let stages = served[division.code] ?? [:]
            for stage in Stage.allCases {
                let tenants = stages[stage] ?? []
                if tenants.count > 1 { reportTwice(division, stage, tenants) }
                if tenants.isEmpty, !unreadable.contains(division.code), !missingCities.contains(division.parent) {
                    log.report(
                        .init(
                            file: GazetteerFile.divisionsPath, line: division.line,
                            subject: "区划 division \(division.name)",
                            field: stage.rawValue, value: division.code, problem: "没有租户服务 served by no tenant",
                            rule: "每个区划每个学段有一个租户 one tenant for each division and stage"))
                }
            }
        }
    }

    /// The tenant of the division's own code is in the right; without one, all of them are asked.
    private func reportTwice(_ division: Division, _ stage: Stage, _ tenants: [TenantCandidate]) {
        let owner = tenants.first { $0.folder.code.rawValue == division.code }
        for tenant in tenants where owner == nil || tenant.folder.code != owner?.folder.code {
            let others = tenants.map(\.folder.code).filter { $0 != tenant.folder.code }
            tenant.log.report(
                .init(
                    file: tenant.folder.tenantFile, line: tenant.file?.divisionsLine ?? 1,
                    subject: "租户 tenant \(tenant.folder.code)", field: "divisions", value: division.code,
                    problem: "两个租户服务同一区划 a division served by two tenants (\(stage.rawValue))",
                    rule: "另一个是 the other is \(others.map(\.rawValue).joined(separator: ", "))"))
        }
    }
}
