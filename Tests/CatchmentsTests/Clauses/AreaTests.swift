import Catchments
import Testing

@Suite struct AreaTests {
    private static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private static let fumin = Community(division: "430922", township: "桃花江镇", name: "富民社区")

    private func home(
        community: Community? = nil, township: String? = nil, village: String? = nil, group: String? = nil,
        road: String? = nil, number: Int? = nil, compound: String? = nil, building: String? = nil
    ) -> StandardAddress {
        StandardAddress(
            division: "430922", township: township ?? community?.township, community: community,
            naturalVillage: village,
            group: group, road: road, houseNumber: number.map { HouseNumber($0) }, compound: compound,
            building: building)
    }

    @Test("yes, no and cannot tell combine so that a doubt counts only where it could change the answer")
    func logic() {
        let (one, two) = (AreaAnswer.cannotTell([.roadUnknown]), AreaAnswer.cannotTell([.sentence]))
        #expect(AreaAnswer.no.and(one) == .no && one.and(.no) == .no && AreaAnswer.yes.and(one) == one)
        #expect(AreaAnswer.yes.or(one) == .yes && one.or(.yes) == .yes && AreaAnswer.no.or(one) == one)
        #expect(one.and(two) == .cannotTell([.roadUnknown, .sentence]) && one.opposite == one)
    }

    @Test("a canonical community: the same, another, another township, or not known")
    func community() {
        let area = Area.community(Self.jintao)
        #expect(area.covers(home(community: Self.jintao)) == .yes)
        #expect(area.covers(home(community: Self.fumin)) == .no)
        #expect(area.covers(home(township: "修山镇")) == .no)
        #expect(area.covers(home(township: "桃花江镇")) == .cannotTell([.communityUnknown]))
        #expect(area.covers(StandardAddress(division: "430923")) == .no)
    }

    @Test("a name that was never tied to one community matches nobody by itself")
    func name() {
        let area = Area.unit(.init(.community, "近桃社区"))
        #expect(area.covers(home(community: Self.jintao)) == .cannotTell([.placeNotCanonical]))
        #expect(area.covers(home(community: Self.fumin)) == .no)
        #expect(area.covers(home()) == .cannotTell([.communityUnknown]))
    }

    @Test("townships, natural villages and groups; a number and a name are not compared")
    func units() {
        #expect(Area.unit(.init(.township, "桃花江镇")).covers(home(township: "桃花江镇")) == .yes)
        #expect(Area.unit(.init(.township, "桃花江镇")).covers(home(township: "修山镇")) == .no)
        #expect(Area.unit(.init(.township, "桃花江镇")).covers(home()) == .cannotTell([.townshipUnknown]))
        let village = Area.unit(.init(.naturalVillage, "孟田自然村"))
        #expect(village.covers(home(village: "孟田")) == .yes && village.covers(home(village: "华甫")) == .no)
        #expect(village.covers(home()) == .cannotTell([.naturalVillageUnknown]))
        let group = Area.unit(.init(.group, "3"))
        #expect(group.covers(home(group: "3")) == .yes && group.covers(home(group: "4")) == .no)
        #expect(group.covers(home(group: "张家")) == .cannotTell([.notComparable]))
        #expect(group.covers(home()) == .cannotTell([.groupUnknown]))
        #expect(Area.unit(.init(.cooperative, "下境经济社")).covers(home(group: "下境")) == .yes)
    }

    @Test(
        "村 alone may be a committee, a natural village or an estate: one that agrees suffices, all must differ for no")
    func village() {
        let area = Area.unit(.init(.village, "曙光村"))
        #expect(area.covers(home(compound: "曙光村")) == .yes && area.covers(home(village: "曙光")) == .yes)
        #expect(area.covers(home(community: Self.jintao, compound: "锦华苑")) == .cannotTell([.placeNotCanonical]))
        #expect(area.covers(home(community: Self.jintao, village: "孟田", compound: "锦华苑")) == .no)
    }

    @Test("a road range needs the road and the number; another road needs neither")
    func road() {
        let area = Area.road(RoadStretch("港前路", WrittenNumbers([.init(1, 505, .odd)])))
        #expect(area.covers(home(road: "港前路", number: 505)) == .yes)
        #expect(area.covers(home(road: "港前路", number: 504)) == .no)
        #expect(area.covers(home(road: "港前路")) == .cannotTell([.houseNumberUnknown]))
        #expect(area.covers(home(community: Self.jintao)) == .cannotTell([.roadUnknown]))
        #expect(area.covers(home(road: "蟹山路")) == .no)
        #expect(Area.road(RoadStretch("港前路")).covers(home(road: "港前路")) == .yes)
    }

    @Test("former numbers are matched with former numbers")
    func former() {
        let stretch = RoadStretch("港前路", WrittenNumbers([.init(12, 12)]))
        let address = home(road: "港前路", number: 12)
        #expect(Area.formerNumber(stretch).covers(address) == .cannotTell([.formerNumberUnknown]))
        let was = HomeFacts(address, formerPlace: .init(road: "港前路", houseNumber: HouseNumber(14)))
        #expect(Area.formerNumber(stretch).covers(was) == .no)
        let renumbered = RoadStretch("港前路", WrittenNumbers([.init(46, 46)]), former: WrittenNumbers([.init(14, 14)]))
        #expect(Area.road(renumbered).covers(was) == .yes && Area.road(renumbered).covers(address) == .no)
    }

    @Test("a compound by any of its names, with or without the words that add nothing")
    func compound() {
        let area = Area.compound(Compound("狮山新苑", aliases: ["狮山花苑"]))
        for name in ["狮山新苑", "狮山新苑小区", "狮山花苑", "狮山新苑二期"] {
            #expect(area.covers(home(compound: name)) == .yes, "\(name)")
        }
        #expect(area.covers(home(compound: "锦华苑")) == .no)
        #expect(area.covers(home(road: "港前路", number: 9)) == .cannotTell([.compoundUnknown]))
        #expect(area.covers(HomeFacts(home(road: "港前路"), isOutsideCompounds: true)) == .no)
        let placed = Area.compound(Compound("狮山新苑", community: Self.jintao))
        #expect(placed.covers(home(community: Self.fumin)) == .no)
    }

    @Test("phases and buildings are told apart, and not guessed")
    func parts() {
        let phase = Area.compound(Compound("怡德苑", phases: ["一期"]))
        #expect(phase.covers(home(compound: "怡德苑1期")) == .yes && phase.covers(home(compound: "怡德苑二期")) == .no)
        #expect(phase.covers(home(compound: "怡德苑")) == .cannotTell([.phaseUnknown]))
        let buildings = Area.compound(Compound("怡德苑", buildings: ["3", "A5"]))
        #expect(buildings.covers(home(compound: "怡德苑", building: "A5")) == .yes)
        #expect(buildings.covers(home(compound: "怡德苑", building: "5")) == .no)
        #expect(buildings.covers(home(compound: "怡德苑")) == .cannotTell([.buildingUnknown]))
        let open = Area.compound(Compound("怡德苑", buildings: ["3"], isComplete: false))
        #expect(open.covers(home(compound: "怡德苑", building: "5")) == .cannotTell([.listIncomplete]))
    }

    @Test("a compound spelt out by numbers is where they are, named or not; a name against its number is contradictory")
    func places() {
        let area = Area.compound(Compound("机关村", places: [RoadStretch("港湾路", WrittenNumbers([.init(2, 326, .even)]))]))
        #expect(area.covers(home(road: "港湾路", number: 8)) == .yes)
        #expect(area.covers(home(road: "港湾路", number: 8, compound: "机关村")) == .yes)
        #expect(area.covers(home(road: "港湾路", number: 9, compound: "机关村")) == .no)
        #expect(area.covers(home(road: "港湾路", number: 9)) == .no && area.covers(home(road: "蟹山路")) == .no)
        #expect(area.covers(home(road: "港湾路", number: 8, compound: "锦华苑")) == .cannotTell([.contradictory]))
        #expect(area.covers(home(compound: "机关村")) == .cannotTell([.roadUnknown]))
    }

    @Test("areas within areas, without areas, and lists that break off")
    func combined() {
        let south = Area.within(.community(Self.jintao), .side(LineSide("广汕路", .south)))
        #expect(south.covers(home(community: Self.fumin)) == .no)
        #expect(south.covers(home(community: Self.jintao)) == .cannotTell([.sideUnknown]))
        let without = Area.except(.community(Self.jintao), .road(RoadStretch("港前路")))
        #expect(without.covers(home(community: Self.jintao, road: "蟹山路")) == .yes)
        #expect(without.covers(home(community: Self.jintao, road: "港前路")) == .no)
        #expect(without.covers(home(community: Self.jintao)) == .cannotTell([.roadUnknown]))
        let villages = [Area.unit(.init(.naturalVillage, "新围村"))]
        #expect(Area.anyOf(villages, isComplete: false).covers(home(village: "新围")) == .yes)
        #expect(Area.anyOf(villages, isComplete: false).covers(home(village: "旧围")) == .cannotTell([.listIncomplete]))
        #expect(Area.anyOf(villages, isComplete: true).covers(home(village: "旧围")) == .no)
    }

    @Test("housing, police stations, and what only a person or a map settles")
    func facts() {
        let housing = Area.residential(.community(Self.jintao))
        #expect(housing.covers(home(community: Self.jintao)) == .yes)
        #expect(housing.covers(HomeFacts(home(community: Self.jintao), isResidential: false)) == .no)
        let station = Area.policeStation("城关派出所")
        #expect(station.covers(home()) == .cannotTell([.policeStationUnknown]))
        #expect(station.covers(HomeFacts(home(), policeStation: "城关派出所")) == .yes)
        #expect(station.covers(HomeFacts(home(), policeStation: "修山派出所")) == .no)
        for area in [Area.sentence("较近的组"), .boundaries(FourBoundaries(east: "沿河路"))] {
            #expect(area.covers(HomeFacts(home(), settled: [area: true])) == .yes)
            #expect(area.covers(HomeFacts(home(), settled: [area: false])) == .no)
        }
        #expect(Area.sentence("较近的组").covers(home()) == .cannotTell([.sentence]))
        #expect(Area.boundaries(FourBoundaries()).covers(home()) == .cannotTell([.sideUnknown]))
        #expect(Area.areaOfSchool("P01").covers(home()) == .cannotTell([.otherSchoolsAreaUnknown]))
    }
}
