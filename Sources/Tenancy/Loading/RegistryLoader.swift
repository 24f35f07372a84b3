import Catchments
import Enrollment

/// Loads a registry: first what all tenants share, then city by city, then who serves which division.
struct RegistryLoader {
    let directory: String
    let season: SeasonYear
    let overlay: String?

    func load() throws(TenancyError) -> TenantRegistry {
        let tree = SourceTree(directory)
        guard tree.isDirectory("") else { throw .directoryUnreadable(directory) }
        let overlayTree = overlay.map(SourceTree.init)
        if let overlay, overlayTree?.isDirectory("") == false { throw .directoryUnreadable(overlay) }
        let shared = try SharedFiles.read(in: tree, season: season)
        let stray = ProblemLog()
        let cities = FolderScan(tree: tree, season: season).cities(stray)
        let loader = TenantLoader(shared: shared, season: season, tree: tree, overlay: overlayTree)
        let candidates = cities.flatMap { city in loader.load(city: city.folder, counties: city.counties) }
        if let overlayTree { checkOverlay(overlayTree, candidates, stray) }
        AuthorityCheck(divisions: shared.divisions).apply(to: candidates, stray)
        return registry(candidates, stray, shared)
    }

    private func registry(
        _ candidates: [TenantCandidate], _ stray: ProblemLog, _ shared: SharedFiles
    ) -> TenantRegistry {
        let problems = ProblemLog()
        problems.report(stray.problems)
        for candidate in candidates { problems.report(candidate.log.problems) }
        return TenantRegistry(
            season: season, provinceName: shared.provinceName,
            tenants: candidates.compactMap { $0.log.isEmpty ? $0.tenant : nil },
            quarantined: candidates.filter { !$0.log.isEmpty || $0.tenant == nil }.map { candidate in
                let divisionName = shared.gazetteer.name(ofDivision: candidate.folder.code.rawValue)
                return QuarantinedTenant(
                    code: candidate.folder.code,
                    name: candidate.file?.name ?? divisionName.map { LocalizedText(zh: $0) },
                    kind: candidate.folder.kind,
                    city: candidate.folder.city, divisions: candidate.file?.divisions ?? [],
                    problems: candidate.log.sorted)
            },
            problems: problems.sorted, gazetteer: shared.gazetteer, connectors: shared.connectors)
    }

    private func checkOverlay(_ overlay: SourceTree, _ candidates: [TenantCandidate], _ log: ProblemLog) {
        let known = Set(candidates.map(\.folder.code.rawValue))
        for name in overlay.names(in: "") where overlay.isDirectory(name) && !known.contains(name) {
            log.report(
                .init(
                    file: name, line: 1, subject: "演示 overlay", field: "folder", value: name,
                    problem: "没有这个租户 unknown tenant", rule: "文件夹是租户代码 a folder is named by a tenant's code"))
        }
    }
}

/// A tenant on its way into the registry; it gets there with an empty log.
struct TenantCandidate {
    let folder: TenantFolder
    let file: TenantFile?
    let tenant: Tenant?
    let log: ProblemLog
}
