import Catchments
import Enrollment
import Tenancy

/// Where one tenant's families live: the communities that its schools list, those that none lists, and other counties.
struct SeasonGround: Sendable {
    let tenant: Tenant
    let schools: [SeasonManifest.School]
    let rules: SeasonRules
    /// Communities that some school lists.
    let listed: [SeasonPlace]
    /// Communities of the tenant's divisions that no school lists.
    let unlisted: [SeasonPlace]
    /// Communities of other counties.
    let elsewhere: [SeasonPlace]
    /// How well each school is liked, so that some are asked for more than they hold.
    let popularity: [Int]
    private let weights: [Int]

    init(
        tenant: Tenant, lists: [SchoolList], map: SeasonMap, elsewhere: [SeasonPlace], random: inout SeasonRandom
    ) throws {
        self.tenant = tenant
        guard let rules = SeasonRules(of: tenant) else { throw SandboxError.noGround(tenant: tenant.code.rawValue) }
        self.rules = rules
        schools = lists.map { SeasonManifest.School(code: $0.code, seats: $0.seats) }
        var byCommunity: [Community: [SchoolCode]] = [:]
        var seats: [Community: Int] = [:]
        for list in lists {
            for community in list.communities {
                byCommunity[community, default: []].append(list.code)
                seats[community, default: 0] += list.seats * 10 / max(1, list.communities.count)
            }
        }
        var listed: [SeasonPlace] = []
        var unlisted: [SeasonPlace] = []
        let judged = SchoolList.judgedByPeople(in: tenant)
        for division in tenant.divisions {
            for community in map.communities(in: division.rawValue) where !judged.contains(community) {
                let codes = (byCommunity[community] ?? []).sorted()
                // Between a little more than half and nearly twice as many families as there are seats.
                let weight = (seats[community] ?? 0) * random.number(in: 55...175)
                guard let place = map.place(community, schools: codes, weight: max(1, weight)) else { continue }
                if codes.isEmpty { unlisted.append(place) } else { listed.append(place) }
            }
        }
        guard listed.count > 1 else { throw SandboxError.noGround(tenant: tenant.code.rawValue) }
        self.listed = listed
        self.unlisted = unlisted
        self.elsewhere = elsewhere
        weights = listed.map(\.weight)
        popularity = lists.map { _ in random.below(60) }
    }

    /// A community that some school lists.
    func home(_ random: inout SeasonRandom) -> SeasonPlace { listed[random.weighted(weights)] }

    /// Another community that some school lists.
    func home(otherThan place: SeasonPlace, _ random: inout SeasonRandom) -> SeasonPlace {
        let others = listed.filter { $0.community != place.community }
        return others[random.weighted(others.map(\.weight))]
    }

    /// The schools as one family likes them.
    func preference(_ random: inout SeasonRandom) -> [SchoolCode] {
        schools.indices.map { (likes: popularity[$0] + random.below(100), index: $0) }
            .sorted { ($0.likes, $0.index) > ($1.likes, $1.index) }
            .map { schools[$0.index].code }
    }
}

/// One school's published list, or its sample: seats and communities.
struct SchoolList: Hashable, Sendable {
    let code: SchoolCode
    let name: String
    let classes: Int
    let classSize: Int
    let communities: [Community]

    var seats: Int { classes * classSize }
}

extension SchoolList {
    /// Communities of which a published sentence speaks that only a person can apply.
    static func judgedByPeople(in tenant: Tenant) -> Set<Community> {
        (tenant.catchments[.primary]?.clauses ?? []).reduce(into: []) { found, clause in
            if case .sentence(let community?) = clause.coverage { found.insert(community) }
        }
    }

    /// What a tenant has published for primary school; empty where it has published nothing.
    static func published(by tenant: Tenant) -> [SchoolList] {
        let clauses = tenant.catchments[.primary]?.clauses ?? []
        return tenant.schools.filter { $0.stage == .primary }.map { school in
            let communities = clauses.compactMap { clause -> Community? in
                guard clause.school == school.code.rawValue, case .community(let community) = clause.coverage else {
                    return nil
                }
                return community
            }
            return SchoolList(
                code: school.code, name: school.name.zh, classes: school.classes, classSize: school.classSize,
                communities: communities)
        }
    }
}
