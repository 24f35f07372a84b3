import Catchments
import Foundation
import Testing

@Suite struct PlanAnswerTests {
    private static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private static let fumin = Community(division: "430922", township: "桃花江镇", name: "富民社区")
    private static let rest = Area.road(RoadStretch("创业路"))

    private static func numbers(_ road: String, _ first: Int, _ last: Int, _ parity: NumberSet.Parity? = nil) -> Area {
        .road(RoadStretch(road, WrittenNumbers([.init(first, last, parity)])))
    }

    private static func clause(
        _ number: Int, _ school: String, _ area: Area, _ standing: ClauseStanding = .permanent, option: String? = nil
    ) -> CatchmentClause {
        CatchmentClause(
            number: number, school: school, coverage: .area(area), text: "样例第\(number)条", standing: standing,
            option: option)
    }

    private static func home(
        _ road: String? = nil, _ number: Int? = nil, compound: String? = nil, building: String? = nil,
        in community: Community? = jintao
    ) -> StandardAddress {
        StandardAddress(
            division: "430922", township: "桃花江镇", community: community, road: road,
            houseNumber: number.map { HouseNumber($0) }, compound: compound, building: building)
    }

    private let plan = CatchmentPlan(clauses: [
        clause(1, "P01", numbers("港前路", 1, 505)), clause(2, "P02", numbers("港前路", 507, 583)),
        clause(3, "P03", numbers("港前路", 400, 420, .even)), clause(4, "P04", .community(fumin)),
    ])

    @Test("none, one and many, each by its clause")
    func answers() {
        #expect(plan.resolve(Self.home("蟹山路", 9)) == .none)
        #expect(plan.resolve(Self.home("港前路", 49)) == .one(plan.clauses[0]))
        #expect(plan.resolve(Self.home("港前路", 401)) == .one(plan.clauses[0]))
        #expect(plan.resolve(Self.home("港前路", 402)) == .many([plan.clauses[0], plan.clauses[2]]))
        #expect(plan.resolve(Self.home("港前路", 509, in: Self.fumin)).schools == ["P02", "P04"])
        #expect(CatchmentPlan(clauses: []).resolve(Self.home("港前路", 49)) == .needsPerson(.planNotPublished))
    }

    @Test("a missing house number is for a person, with every clause it could be and what is missing")
    func missingNumber() {
        let undecided = plan.clauses[0...2].map { UndecidedClause($0, [.houseNumberUnknown]) }
        #expect(plan.resolve(Self.home("港前路")) == .needsPerson(.undecided(undecided)))
        #expect(plan.resolve(Self.home("港前路")).clauses.map(\.number) == [1, 2, 3])
        #expect(plan.resolve(Self.jintao) == plan.resolve(Self.home()))
    }

    @Test("what cannot be told stops the answer only where it could give a further school")
    func furtherSchool() {
        let own = CatchmentPlan(clauses: [
            Self.clause(1, "P01", .community(Self.jintao)), Self.clause(2, "P01", .side(LineSide("东方路", .south))),
        ])
        #expect(own.resolve(Self.home()) == .one(own.clauses[0]))
        let other = CatchmentPlan(clauses: [own.clauses[0], Self.clause(2, "P02", .side(LineSide("东方路", .south)))])
        #expect(
            other.resolve(Self.home()) == .needsPerson(.undecided([UndecidedClause(other.clauses[1], [.sideUnknown])])))
    }

    @Test("a ruling for a place, and what is settled for one home, decide a side of the road")
    func rulings() {
        let (south, north) = (Area.side(LineSide("东方路", .south)), Area.side(LineSide("东方路", .north)))
        let plan = CatchmentPlan(
            clauses: [Self.clause(1, "P01", south), Self.clause(2, "P02", north)],
            rulings: [
                AreaRuling(south, coversHomesOf: .community(Self.jintao), true),
                AreaRuling(north, coversHomesOf: .community(Self.jintao), false),
            ])
        #expect(plan.resolve(Self.home()) == .one(plan.clauses[0]))
        #expect(plan.resolve(Self.home(in: Self.fumin)).schools.isEmpty)
        #expect(plan.resolve(HomeFacts(Self.home(), settled: [south: false, north: true])) == .one(plan.clauses[1]))
    }

    @Test("options are one group of which the family must choose; others are ranked freely")
    func options() {
        let plan = CatchmentPlan(clauses: [
            Self.clause(1, "P01", .community(Self.jintao), option: "近桃"),
            Self.clause(2, "P02", .community(Self.jintao)),
            Self.clause(3, "P03", .community(Self.jintao), option: "近桃"),
        ])
        let answer = plan.resolve(Self.home())
        #expect(answer.schools == ["P01", "P02", "P03"])
        #expect(answer.exclusiveOptions == [[plan.clauses[0], plan.clauses[2]]])
        #expect(self.plan.resolve(Self.home("港前路", 402)).exclusiveOptions.isEmpty)
    }

    @Test("a reserve gives no school beside one by right; alone it is for a person")
    func reserves() {
        let reserve = Self.clause(2, "P02", .community(Self.jintao), ClauseStanding(isReserve: true))
        let both = CatchmentPlan(clauses: [Self.clause(1, "P01", .community(Self.jintao)), reserve])
        #expect(both.resolve(Self.home()) == .one(both.clauses[0]))
        #expect(both.reserves(HomeFacts(Self.home())) == [reserve])
        let alone = CatchmentPlan(clauses: [reserve])
        #expect(alone.resolve(Self.home()) == .needsPerson(.reserveOnly([reserve])))
        #expect(alone.resolve(Self.home(in: Self.fumin)) == .none)
    }

    @Test("another school's area is what its own lasting clauses say; two that name each other say nothing")
    func otherSchool() {
        let temporary = ClauseStanding(term: .temporary(year: 2026))
        let plan = CatchmentPlan(clauses: [
            Self.clause(1, "P01", .community(Self.jintao)), Self.clause(2, "P02", .areaOfSchool("P01"), temporary),
        ])
        #expect(plan.resolve(Self.home()).schools == ["P01", "P02"])
        #expect(plan.resolve(Self.home(in: Self.fumin)) == .none)
        // What the first school takes in for a year is not handed on.
        let guest = Self.clause(3, "P01", .community(Self.fumin), temporary)
        #expect(CatchmentPlan(clauses: plan.clauses + [guest]).resolve(Self.home(in: Self.fumin)) == .one(guest))
        let circle = CatchmentPlan(clauses: [
            Self.clause(1, "P01", .areaOfSchool("P02")), Self.clause(2, "P02", .areaOfSchool("P01")),
        ])
        let answer = circle.resolve(Self.home())
        #expect(answer.schools.isEmpty && answer.clauses.map(\.number) == [1, 2])
    }

    @Test("feeds and employers hold for who claims them")
    func claims() {
        let plan = CatchmentPlan(clauses: [
            Self.clause(1, "J01", .feed("P01")), Self.clause(2, "J02", .employer("桃江一建公司")),
        ])
        #expect(plan.resolve(Self.home()) == .none)
        #expect(plan.resolve(HomeFacts(Self.home(), attendedSchool: "P01")).schools == ["J01"])
        #expect(plan.resolve(HomeFacts(Self.home(), employers: ["桃江一建公司"])).schools == ["J02"])
    }

    @Test("places that tie give their common answer, and a question when they differ")
    func ties() {
        let places = [Self.home("港前路", 49), Self.home("港前路", 51)]
        #expect(plan.resolve(places: places) == .one(plan.clauses[0]))
        let differing = [Self.home("港前路", 49), Self.home("港前路", 509)]
        #expect(plan.resolve(places: differing) == .needsPerson(.severalPlaces(differing)))
        #expect(plan.resolve(places: []) == .needsPerson(.placeNotCanonical))
    }

    @Test("a plan is read back, and one written before standings and options existed still is")
    func coding() throws {
        let rich = CatchmentPlan(
            clauses: plan.clauses + [Self.clause(5, "P05", Self.rest, ClauseStanding(isReserve: true), option: "甲")],
            rulings: [AreaRuling(.side(LineSide("东方路", .south)), coversHomesOf: Self.rest, true)])
        #expect(try JSONDecoder().decode(CatchmentPlan.self, from: JSONEncoder().encode(rich)) == rich)
        let old = """
            {"clauses":[{"number":1,"school":"P01","text":"近桃","coverage":{"community":{"_0":{"division":"430922",\
            "township":"桃花江镇","name":"近桃社区"}}}}]}
            """
        let read = try JSONDecoder().decode(CatchmentPlan.self, from: Data(old.utf8))
        #expect(read.resolve(Self.jintao).schools == ["P01"])
        let written = try #require(String(data: JSONEncoder().encode(read), encoding: .utf8))
        #expect(!written.contains("standing") && !written.contains("rulings"))
    }

    @Test("the index leaves out no clause that a reading of the whole plan would find")
    func index() {
        let areas: [Area] = [
            .community(Self.jintao), .community(Self.fumin), Self.numbers("港前路", 1, 9),
            Self.numbers("蟹山路", 5, 20, .odd),
            .compound(Compound("怡德苑小区", aliases: ["锦华苑"])), .compound(Compound("怡德苑一期")),
            .compound(Compound("狮山苑", buildings: ["3"], community: Self.fumin)),
            .compound(Compound("机关村", places: [RoadStretch("港前路", WrittenNumbers([.init(3, 5)]))])),
            .within(.community(Self.fumin), .side(LineSide("东方路", .north))), .side(LineSide("东方路", .south)),
            .anyOf([Self.numbers("港前路", 2, 3), .compound(Compound("锦华苑"))], isComplete: true),
            .except(.community(Self.jintao), Self.numbers("蟹山路", 1, 50)), .residential(.community(Self.fumin)),
            .unit(.init(.village, "近桃村")), .within(.unit(.init(.community, "近桃社区")), Self.numbers("港前路", 1, 99)),
            .road(RoadStretch("蟹山路", WrittenNumbers([.init(70, 70)]), former: WrittenNumbers([.init(7, 7)]))),
        ]
        for community in [Self.jintao, Self.fumin, nil] {
            for road in ["港前路", "蟹山路", nil] {
                for number in [3, 7, nil] {
                    for compound in ["怡德苑", "怡德苑一期", "怡德苑二期", "狮山苑", "机关村", nil] {
                        var home = HomeFacts(
                            Self.home(road, number, compound: compound, building: "3", in: community))
                        home.formerPlace = .init(road: "蟹山路", houseNumber: HouseNumber(7))
                        for area in areas {
                            let plan = CatchmentPlan(clauses: [Self.clause(1, "P01", area)])
                            let expected: CatchmentResolution =
                                switch area.covers(home) {
                                case .yes: .one(plan.clauses[0])
                                case .no: .none
                                case .cannotTell(let doubts):
                                    .needsPerson(.undecided([UndecidedClause(plan.clauses[0], doubts)]))
                                }
                            #expect(plan.resolve(home) == expected, "\(area) \(home.address)")
                        }
                    }
                }
            }
        }
    }

    @Test("a look-up in a plan of thousands of clauses reads few of them")
    func speed() {
        let many = CatchmentPlan(
            clauses: (0..<20_000).map { Self.clause($0 + 1, "P\($0)", Self.numbers("第\($0)路", 1, 99)) })
        let start = ContinuousClock.now
        for road in 0..<2_000 {
            #expect(many.resolve(Self.home("第\(road)路", 9, compound: "怡德苑")).schools == ["P\(road)"])
        }
        // Reading every clause would take forty million matches, more than a minute here.
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
