import Catchments
import Enrollment

/// One community with its names in full, as departments write addresses.
struct SeasonPlace: Hashable, Sendable {
    let community: Community
    /// 湖南省益阳市桃江县桃花江镇近桃社区.
    let fullName: String
    /// 桃江县.
    let county: String
    /// Schools whose published list names the community, in the order of their codes.
    let schools: [SchoolCode]
    /// How many families live here, against the others.
    let weight: Int
}

/// Reads communities off the gazetteer as data: names and lists, no resolution.
struct SeasonMap: Sendable {
    let gazetteer: Gazetteer
    /// Codes of counties with communities, in order.
    let counties: [String]
    private let province: String

    init(_ gazetteer: Gazetteer) {
        self.gazetteer = gazetteer
        counties = (430_100..<433_200).map(String.init).filter {
            !$0.hasSuffix("00") && gazetteer.name(ofDivision: $0) != nil && !gazetteer.townships(in: $0).isEmpty
        }
        province = gazetteer.name(ofDivision: "430000") ?? "湖南省"
    }

    /// The communities of a division whose full address can be read in one way only: those a register's own text names
    /// without doubt.
    func communities(in division: String) -> [Community] {
        let townships = gazetteer.townships(in: division)
        return townships.flatMap { township in
            let communities = gazetteer.communities(in: division, township: township)
            return communities.filter { community in
                let text = township + community.name
                let clearTownship = !townships.contains { $0 != township && text.hasPrefix($0) }
                let clearName = !communities.contains {
                    $0.name != community.name
                        && ($0.name.hasPrefix(community.name) || community.name.hasPrefix($0.name))
                }
                return clearTownship && clearName
            }
        }
    }

    /// The community with its names; nil when a name of its county or city is not known.
    func place(_ community: Community, schools: [SchoolCode] = [], weight: Int = 1) -> SeasonPlace? {
        guard let county = gazetteer.name(ofDivision: community.division),
            let city = gazetteer.name(ofDivision: String(community.division.prefix(4)) + "00")
        else { return nil }
        return SeasonPlace(
            community: community, fullName: province + city + county + community.township + community.name,
            county: county, schools: schools, weight: weight)
    }
}
