import Catchments
import Enrollment

/// What every tenant shares: the gazetteer, the credentials, the province's standards.
struct SharedFiles {
    static let provincePath = "province.yaml"
    static let credentialsPath = "credentials"

    let divisions: [Division]
    let gazetteer: Gazetteer
    let connectors: [Connector]
    let provinceName: LocalizedText
    let province: SectionLayer
    let resolver: PolicyResolver

    /// Throws with every problem of every shared file.
    static func read(in tree: SourceTree, season: SeasonYear) throws(TenancyError) -> SharedFiles {
        let log = ProblemLog()
        let places = GazetteerFile.read(in: tree, log)
        let connectors = readConnectors(in: tree, log)
        let province = readProvince(in: tree, season: season, log)
        guard let places, let province else { throw .sharedFilesBroken(log.sorted) }
        let resolver = PolicyResolver(season: season, gazetteer: places.gazetteer, connectors: connectors)
        let isWhole = resolver.resolve([province.layer], log) != nil
        guard isWhole, log.isEmpty else { throw .sharedFilesBroken(log.sorted) }
        return SharedFiles(
            divisions: places.divisions, gazetteer: places.gazetteer, connectors: connectors,
            provinceName: province.name, province: province.layer, resolver: resolver)
    }

    private static func readConnectors(in tree: SourceTree, _ log: ProblemLog) -> [Connector] {
        let connectors = tree.names(in: credentialsPath).compactMap { name -> Connector? in
            let path = "\(credentialsPath)/\(name)"
            guard name.hasSuffix(".yaml") else {
                log.report(
                    .init(
                        file: path, line: 1, subject: "文件 file", field: "name", value: name,
                        problem: "不认识的文件 unknown file", rule: "这里只放 only <credential>.yaml stands here"))
                return nil
            }
            return ConnectorReader.read(path, in: tree, log)
        }
        let order = CredentialID.principal
        return connectors.sorted {
            (order.firstIndex(of: $0.credential) ?? .max) < (order.firstIndex(of: $1.credential) ?? .max)
        }
    }

    private static func readProvince(
        in tree: SourceTree, season: SeasonYear, _ log: ProblemLog
    ) -> (name: LocalizedText, layer: SectionLayer)? {
        guard let root = YAMLDocument.read(provincePath, in: tree, log) else { return nil }
        let fields = root.renamed(subject: "省 province")
        SectionLayer.checkSeason(fields, season)
        let name = fields.required("name")?.localized
        let sections = SectionLayer.take(SectionName.allCases, from: fields, level: .province)
        // Counties may leave any section out because the province has it.
        for name in SectionName.allCases where name != .evidence { _ = fields.required(name.rawValue) }
        fields.finish()
        return name.map { ($0, SectionLayer(sections: sections, isSound: log.isEmpty)) }
    }
}
