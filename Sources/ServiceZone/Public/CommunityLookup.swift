import Catchments
import Enrollment
import Tenancy

/// The look-up on a tenant's page: which school or schools a community belongs to, with the published words.
struct CommunityLookup: Sendable, Hashable {
    struct Option: Sendable, Hashable {
        let value: String
        let label: String
        let isSelected: Bool
    }

    struct Answer: Sendable, Hashable {
        /// 小学一年级.
        let stage: String
        /// One school, several, none, or a person has to judge.
        let sentence: String
        let tone: String
        let schools: [Match]
    }

    struct Match: Sendable, Hashable {
        let name: String
        /// 第 3 条: 近桃社区、富民社区….
        let clause: String
    }

    let action: String
    let townships: [Option]
    /// Empty until a township is chosen.
    let communities: [Option]
    let hasCommunities: Bool
    /// 桃花江镇 近桃社区.
    let place: String?
    let answers: [Answer]
    let hasAnswers: Bool
    /// Typed into the address and not in the gazetteer.
    let isUnknown: Bool
}

extension CommunityLookup {
    /// - Parameters:
    ///   - township: `430922/桃花江镇`, because a city may serve two divisions with a township of the same name.
    ///   - community: the canonical text of a community.
    init(_ tenant: Tenant, gazetteer: Gazetteer, township: String, community: String, words: Words) {
        action = "/t/\(tenant.code)"
        let divisions = tenant.divisions.map(\.rawValue)
        let chosen = Community(canonical: community).flatMap { gazetteer.contains($0) ? $0 : nil }
            .flatMap { divisions.contains($0.division) ? $0 : nil }
        // The township's list decides which communities are offered, even when an earlier choice lies elsewhere.
        let parts = township.split(separator: "/", maxSplits: 1).map(String.init)
        let area: (division: String, township: String)? =
            parts.count == 2 && divisions.contains(parts[0])
            ? (parts[0], parts[1]) : chosen.map { ($0.division, $0.township) }
        townships = divisions.flatMap { division in
            gazetteer.townships(in: division).map { name in
                Option(
                    value: "\(division)/\(name)",
                    label: divisions.count > 1 ? "\(gazetteer.name(ofDivision: division) ?? division) \(name)" : name,
                    isSelected: area?.division == division && area?.township == name)
            }
        }
        let known = area.map { gazetteer.communities(in: $0.division, township: $0.township) } ?? []
        let place = chosen.flatMap { known.contains($0) ? $0 : nil }
        communities = known.map {
            Option(value: $0.description, label: $0.name, isSelected: $0 == place)
        }
        hasCommunities = !known.isEmpty
        self.place = place.map { "\($0.township) \($0.name)" }
        isUnknown = !community.isEmpty && chosen == nil || !township.isEmpty && known.isEmpty
        answers =
            place.map { home in
                tenant.stages.filter { tenant.catchments[$0] != nil }.map { Answer($0, home, tenant, words) }
            } ?? []
        hasAnswers = !answers.isEmpty
    }
}

extension CommunityLookup.Answer {
    fileprivate init(_ stage: Stage, _ home: Community, _ tenant: Tenant, _ words: Words) {
        self.stage = words("stage.\(stage.rawValue)")
        let resolution = tenant.catchmentPlan(stage).resolve(home)
        schools = resolution.clauses.map { clause in
            CommunityLookup.Match(
                name: tenant.school(SchoolCode(rawValue: clause.school)).map { words($0.name) } ?? clause.school,
                clause: words("lookup.clause", ["n": "\(clause.number)", "text": clause.text]))
        }
        switch resolution {
        case .one: (tone, sentence) = ("good", words("lookup.one"))
        case .many(let clauses): (tone, sentence) = ("good", words("lookup.many", ["n": "\(clauses.count)"]))
        case .none: (tone, sentence) = ("wait", words("lookup.none"))
        case .needsPerson: (tone, sentence) = ("wait", words("lookup.person"))
        }
    }
}
