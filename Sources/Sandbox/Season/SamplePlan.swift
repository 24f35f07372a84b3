import Catchments
import Enrollment
import Tenancy

/// Obviously-sample schools for a tenant that has published none; they stand in the season's own overlay and never in
/// `Tenants/`.
struct SamplePlan: Sendable {
    let lists: [SchoolList]
    let year: SeasonYear

    private static let ordinals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    /// Communities that each school has to itself; one more is shared with the next school.
    private static let ownCommunities = 4

    /// As many schools as the families need, with some seats to spare.
    /// - Throws: ``SandboxError/noGround(tenant:)``.
    init(tenant: Tenant, families: Int, map: SeasonMap, year: SeasonYear) throws {
        let communities = Self.town(of: tenant, map: map)
        let most = min(Self.ordinals.count, communities.count / (Self.ownCommunities + 1))
        let count = max(min(2, communities.count), min(most, (families + 199) / 200))
        guard communities.count >= 3 else { throw SandboxError.noGround(tenant: tenant.code.rawValue) }
        let size = min(45, tenant.classSizeCap[.primary] ?? 45)
        let classes = max(1, (families * 23 / 20 / count + size - 1) / size)
        let own = max(1, min(Self.ownCommunities, communities.count / count))
        lists = (0..<count).map { index in
            var named = Array(communities[(index * own)..<((index + 1) * own)])
            named.append(communities[(index + 1) % count * own])
            return SchoolList(
                code: SchoolCode(rawValue: "demo-\(index + 1)"), name: "示例学校·\(Self.ordinals[index])(演示)",
                classes: min(100, classes), classSize: size, communities: named)
        }
        self.year = year
    }

    /// The communities of the divisions' largest townships first.
    private static func town(of tenant: Tenant, map: SeasonMap) -> [Community] {
        tenant.divisions.flatMap { division -> [Community] in
            let byTownship = Dictionary(grouping: map.communities(in: division.rawValue), by: \.township)
            return byTownship.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.flatMap {
                $0.value.sorted()
            }
        }
    }

    /// The overlay's files by their path.
    func files(of tenant: TenantCode) -> [String: String] {
        var schools = "code,name,name_en,stage,classes,class_size,address\n"
        var catchments = """
            # Sample data of a generated demonstration season. No real school stands behind it.
            season: \(year)
            authority: { kind: sample }
            primary:

            """
        for (index, list) in lists.enumerated() {
            schools += "\(list.code),\(list.name),Sample School \(index + 1) (demonstration),primary,"
            schools += "\(list.classes),\(list.classSize),\n"
            catchments +=
                "  - school: \(list.code)\n    text: \(list.name):\(list.communities.map(\.name).joined(separator: "、"))\n"
            catchments += "    communities:\n"
            for community in list.communities { catchments += "      - \(community)\n" }
        }
        return ["\(tenant)/schools.csv": schools, "\(tenant)/catchments.yaml": catchments]
    }
}
