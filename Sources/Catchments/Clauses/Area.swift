/// What a clause covers, taken apart so that a machine can apply it; what defies a machine is a ``sentence(_:)``.
public indirect enum Area: Hashable, Sendable, Codable {
    case unit(AdministrativeUnit)
    case compound(Compound)
    /// A whole road or some of its numbers.
    case road(RoadStretch)
    case side(LineSide)
    case boundaries(FourBoundaries)
    /// Households on a police station's register.
    case policeStation(String)
    /// Houses by the number they had before: 原港前路12号.
    case formerNumber(RoadStretch)
    /// Families of an employer, where the family claims it.
    case employer(String)
    /// Pupils of another school, by its code or name.
    case feed(String)
    /// Another school's own area, by its code or name: 怡园小学地段.
    case areaOfSchool(String)
    /// Where both hold, the wider first: 镇龙行政村的下境经济社.
    case within(Area, Area)
    /// Where any holds. An incomplete list breaks off with … or 等.
    case anyOf([Area], isComplete: Bool)
    /// The first without the second.
    case except(Area, Area)
    /// Only homes that are housing: 枫树岸社区居民住宅.
    case residential(Area)
    /// Words only a person can apply.
    case sentence(String)

    /// A canonical community.
    public static func community(_ community: Community) -> Area { .unit(AdministrativeUnit(community)) }

    /// Whether the area covers an address, from the address alone.
    public func covers(_ address: StandardAddress) -> AreaAnswer { covers(HomeFacts(address)) }

    /// Whether the area covers a home. It never guesses: what text and facts leave open is ``AreaAnswer/cannotTell(_:)``.
    public func covers(_ home: HomeFacts) -> AreaAnswer {
        covers(home) { _ in .cannotTell([.otherSchoolsAreaUnknown]) }
    }

    /// The same, with the plan's answer for another school's area.
    func covers(_ home: HomeFacts, otherSchool: (String) -> AreaAnswer) -> AreaAnswer {
        if let settled = home.settled[self] { return settled ? .yes : .no }
        switch self {
        case .unit(let unit): return unit.covers(home)
        case .compound(let compound): return compound.covers(home)
        case .road(let stretch): return stretch.covers(home)
        case .side, .boundaries: return .cannotTell([.sideUnknown])
        case .policeStation(let station):
            guard let known = home.policeStation else { return .cannotTell([.policeStationUnknown]) }
            return known == station ? .yes : .no
        case .formerNumber(let stretch): return stretch.coversFormerPlace(of: home)
        case .employer(let employer): return home.employers.contains(employer) ? .yes : .no
        case .feed(let school): return home.attendedSchool == school ? .yes : .no
        case .areaOfSchool(let school): return otherSchool(school)
        case .within(let outer, let inner):
            return outer.covers(home, otherSchool: otherSchool).and(inner.covers(home, otherSchool: otherSchool))
        case .anyOf(let parts, let isComplete):
            let answer = parts.reduce(AreaAnswer.no) { $0.or($1.covers(home, otherSchool: otherSchool)) }
            return answer == .no && !isComplete ? .cannotTell([.listIncomplete]) : answer
        case .except(let whole, let hole):
            return whole.covers(home, otherSchool: otherSchool)
                .and(hole.covers(home, otherSchool: otherSchool).opposite)
        case .residential(let area):
            return home.isResidential ? area.covers(home, otherSchool: otherSchool) : .no
        case .sentence: return .cannotTell([.sentence])
        }
    }
}
