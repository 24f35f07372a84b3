import Enrollment

/// Loads a city and its counties; the problems of each stay with it.
struct TenantLoader {
    let shared: SharedFiles
    let season: SeasonYear
    let tree: SourceTree
    let overlay: SourceTree?
    private let divisions: [String: Division]

    init(shared: SharedFiles, season: SeasonYear, tree: SourceTree, overlay: SourceTree?) {
        self.shared = shared
        self.season = season
        self.tree = tree
        self.overlay = overlay
        divisions = Dictionary(shared.divisions.map { ($0.code, $0) }) { first, _ in first }
    }

    func load(city: TenantFolder, counties: [TenantFolder]) -> [TenantCandidate] {
        let cityLog = ProblemLog()
        let cityLayer = layer(of: city, level: .city, cityLog)
        // A city's policy that cannot be read might have said anything to its counties: they wait with it. Falling
        // back to the province in silence would decide their families by the wrong rules.
        let inherited = cityLayer.isSound ? [] : cityLog.problems
        let cityTenant = candidate(city, layers: [shared.province, cityLayer], level: .city, cityLog)
        return [cityTenant]
            + counties.map { county in
                let log = ProblemLog()
                log.report(inherited)
                let own = layer(of: county, level: .county, log)
                return candidate(county, layers: [shared.province, cityLayer, own], level: .county, log)
            }
    }

    private func layer(of folder: TenantFolder, level: SectionOrigin.Level, _ log: ProblemLog) -> SectionLayer {
        guard tree.exists(folder.policyFile) else { return .empty }
        return SectionLayer.read(folder.policyFile, level: level, season: season, in: tree, log)
    }

    private func candidate(
        _ folder: TenantFolder, layers: [SectionLayer], level: SectionOrigin.Level, _ log: ProblemLog
    ) -> TenantCandidate {
        FolderScan(tree: tree, season: season).checkNames(in: folder, log)
        let file = TenantFile.read(folder, divisions: divisions, in: tree, log)
        let resolved = shared.resolver.resolve(layers, log)
        guard let file, let resolved, let plan = plan(folder, file, resolved.caps, level, log) else {
            return TenantCandidate(folder: folder, file: file, tenant: nil, log: log)
        }
        let contact = SectionOrigin(
            section: "contact", file: folder.tenantFile, line: file.contactLine, level: level, authority: nil)
        let tenant = Tenant(
            code: file.code, name: file.name, kind: file.kind, city: folder.city, mode: file.mode,
            divisions: file.divisions, stages: file.stages, contact: file.contact, policy: resolved.policy,
            schools: plan.schools, catchments: plan.catchments, planAuthority: plan.authority,
            classSizeCap: resolved.caps,
            sections: (resolved.origins + plan.origins + [contact]).sorted { $0.section < $1.section })
        return TenantCandidate(folder: folder, file: file, tenant: tenant, log: log)
    }

    private func plan(
        _ folder: TenantFolder, _ file: TenantFile, _ caps: [Stage: Int], _ level: SectionOrigin.Level,
        _ log: ProblemLog
    ) -> Plan? {
        let reader = PlanReader(gazetteer: shared.gazetteer, season: season, isOverlay: false)
        let own = reader.read(
            schools: folder.schoolsFile, catchments: folder.catchmentsFile, of: file, caps: caps, level: level,
            in: tree, log)
        let code = folder.code.rawValue
        guard let own, let overlay, overlay.isDirectory(code) else { return own }
        guard own.authority.kind != .published else {
            log.report(
                .init(
                    file: code, line: 1, subject: "演示 overlay", field: "folder", value: code,
                    problem: "已有发布的方案 the tenant has published its plan",
                    rule: "示例只补没有方案的租户 samples stand in only where nothing is published"))
            return nil
        }
        return PlanReader(gazetteer: shared.gazetteer, season: season, isOverlay: true).read(
            schools: "\(code)/schools.csv", catchments: "\(code)/catchments.yaml", of: file, caps: caps,
            level: .overlay, in: overlay, log)
    }
}
