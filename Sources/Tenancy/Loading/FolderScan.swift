import Enrollment

/// Finds the tenants' folders, and whatever lies among them that nobody would ever read.
struct FolderScan {
    let tree: SourceTree
    let season: SeasonYear

    private static let shared: Set<String> = [
        SharedFiles.provincePath, SharedFiles.credentialsPath, "gazetteer", "README.md",
    ]
    private static let seasonFiles: Set<String> = [
        "policy.yaml", "schools.csv", "catchments.yaml", "catchments.geojson", "cases.yaml",
    ]

    func cities(_ log: ProblemLog) -> [(folder: TenantFolder, counties: [TenantFolder])] {
        tree.names(in: "").filter { !Self.shared.contains($0) }.compactMap { name in
            guard tree.isDirectory(name), let code = TenantFolder.code(of: name) else {
                log.report(stray(name, name))
                return nil
            }
            let city = TenantFolder(path: name, code: code, city: code, season: season)
            let counties = tree.names(in: name).compactMap { child -> TenantFolder? in
                guard tree.isDirectory("\(name)/\(child)"), let county = TenantFolder.code(of: child) else {
                    return nil
                }
                return TenantFolder(path: "\(name)/\(child)", code: county, city: code, season: season)
            }
            return (city, counties)
        }
    }

    /// Reports names in a tenant's folder that mean nothing: a mistyped `polcy.yaml` would otherwise be no policy.
    func checkNames(in folder: TenantFolder, _ log: ProblemLog) {
        for name in tree.names(in: folder.path) {
            let path = "\(folder.path)/\(name)"
            let isCounty = folder.kind == .city && TenantFolder.code(of: name) != nil
            let isSeason = name.utf8.count == 4 && Int(name) != nil
            guard tree.isDirectory(path) ? isCounty || isSeason : name == "tenant.yaml" else {
                log.report(stray(path, name))
                continue
            }
        }
        for name in tree.names(in: folder.seasonFolder) where !Self.seasonFiles.contains(name) {
            log.report(stray("\(folder.seasonFolder)/\(name)", name))
        }
    }

    private func stray(_ path: String, _ name: String) -> TenantProblem {
        .init(
            file: path, line: 1, subject: "文件 file", field: "name", value: name,
            problem: "不认识的文件 unknown file or folder",
            rule: "文件和文件夹的名字见 province.yaml 开头 names are written down at the head of province.yaml")
    }
}
