import Catchments
import Testing

/// The thirteen clauses that DOMAIN.md prints, each as an officer should meet it.
@Suite struct PrintedClauseTests {
    private typealias Span = WrittenNumbers.Span

    private static func road(_ name: String, _ spans: [Span], except: [Span] = [], isComplete: Bool = true)
        -> RoadStretch
    {
        RoadStretch(name, WrittenNumbers(spans, except: except, isComplete: isComplete))
    }

    private static func unit(_ kind: AdministrativeUnit.Kind, _ name: String) -> Area {
        .unit(AdministrativeUnit(kind, name))
    }

    private func areas(_ text: String) -> [Area] { CatchmentImport.read(text).clauses.map(\.area) }

    @Test("1: two sides of a road, each with its own school")
    func sides() {
        let read = CatchmentImport.read("东方路以南属城关中心学校招生范围,东方路以北属县八中招生范围")
        #expect(read.clauses.map(\.area) == [.side(LineSide("东方路", .south)), .side(LineSide("东方路", .north))])
        #expect(read.clauses.map(\.school) == ["城关中心学校", "县八中"])
        #expect(read.clauses.map(\.stretch.text) == ["东方路以南属城关中心学校招生范围", "东方路以北属县八中招生范围"])
        #expect(read.clauses[0].notes == [.forPerson("东方路以南")])
    }

    @Test("2: communities, and housing only")
    func residential() {
        #expect(
            areas("1.麻园湾社区、小林子冲社区、枫树岸社区居民住宅 2.地质家园住宅") == [
                Self.unit(.community, "麻园湾社区"), Self.unit(.community, "小林子冲社区"),
                .residential(Self.unit(.community, "枫树岸社区")), .residential(.compound(Compound("地质家园"))),
            ])
    }

    @Test("3: a heading with classes and seats, in either punctuation")
    func heading() {
        for text in ["近桃小学(招10个班,450人):近桃社区、富民社区、资江路社区、金凤社区、团山社区", "近桃小学（招１０个班，４５０人）：近桃社区、富民社区、资江路社区、金凤社区、团山社区"] {
            let read = CatchmentImport.read(text)
            #expect(read.headings.map(\.school) == ["近桃小学"])
            #expect(read.headings.first?.classes == 10 && read.headings.first?.seats == 450)
            #expect(read.clauses.map(\.stretch.text) == ["近桃社区", "富民社区", "资江路社区", "金凤社区", "团山社区"])
            #expect(read.clauses.allSatisfy { $0.school == "近桃小学" } && read.unread.isEmpty)
        }
    }

    @Test("4: one side's numbers, a range, and exceptions that name the road again")
    func numbers() {
        #expect(
            areas("港湾路西一街49-67号(单号)、港前路1-505号、蟹山路1-115号(蟹山路46、48号除外)") == [
                .road(Self.road("港湾路西一街", [Span(49, 67, .odd)])), .road(Self.road("港前路", [Span(1, 505)])),
                .road(Self.road("蟹山路", [Span(1, 115)], except: [Span(46, 46), Span(48, 48)])),
            ])
    }

    @Test("5: a place spelt out by numbers, the last belonging to the road before it")
    func speltOut() {
        let places = [
            Self.road("港湾路", [Span(2, 326, .even)]), Self.road("港湾路", [Span(1, 289, .odd)]),
            Self.road("港前路", [Span(509, 583)]), Self.road("港前路", [Span(531, 531)]),
        ]
        #expect(
            areas("机关村(港湾路2-326号双号、港湾路1-289号单号、港前路509-583号、531号大院)") == [.compound(Compound("机关村", places: places))])
    }

    @Test("6: a list that breaks off, and a count that it does not reach")
    func breaksOff() {
        let read = CatchmentImport.read("怡德苑住宅小区(三多路135、139、…179共13栋)")
        let place = Self.road("三多路", [Span(135, 135), Span(139, 139), Span(179, 179)], isComplete: false)
        #expect(read.clauses.map(\.area) == [.compound(Compound("怡德苑住宅小区", places: [place]))])
        #expect(read.clauses.first?.notes == [.listBreaksOff, .countDiffers(written: 13, listed: 3)])
    }

    @Test("7: a demolished place keeps its clause; a yard is at its number")
    func demolished() {
        let read = CatchmentImport.read("十六冶(已拆迁)、黄埔东路633号大院")
        #expect(
            read.clauses.map(\.area) == [
                .compound(Compound("十六冶")),
                .compound(Compound("633号大院", places: [Self.road("黄埔东路", [Span(633, 633)])])),
            ])
        #expect(read.clauses.map(\.standing.isDemolished) == [true, false])
        #expect(read.clauses[0].notes == [.kindNotWritten("十六冶")])
    }

    @Test("8: a side of a road within a cooperative within a village")
    func withinWithin() {
        #expect(
            areas("镇龙行政村的下境经济社广汕路以南") == [
                .within(
                    Self.unit(.community, "镇龙行政村"),
                    .within(Self.unit(.cooperative, "下境经济社"), .side(LineSide("广汕路", .south))))
            ])
    }

    @Test("9: parts of a community in a list that breaks off, and natural villages")
    func parts() {
        let villages = ["新围村", "旧围村", "合庆围村"].map { Self.unit(.naturalVillage, $0) }
        #expect(
            areas("姬堂社区(新围村、旧围村、合庆围村…);孟田自然村、华甫自然村") == [
                .within(Self.unit(.community, "姬堂社区"), .anyOf(villages, isComplete: false)),
                Self.unit(.naturalVillage, "孟田自然村"), Self.unit(.naturalVillage, "华甫自然村"),
            ])
    }

    @Test("10: a reserve, its list of estates broken off")
    func reserve() {
        let read = CatchmentImport.read("学位有余量的情况下接受居住在保利香雪山住宅小区…符合政策的适龄儿童备选")
        #expect(read.clauses.map(\.area) == [.anyOf([.compound(Compound("保利香雪山住宅小区"))], isComplete: false)])
        #expect(read.clauses.first?.standing == ClauseStanding(isReserve: true))
        #expect(read.clauses.first?.stretch.text == read.text)
    }

    @Test("11: another school's area, for this year")
    func temporary() {
        let read = CatchmentImport.read("本年度临时接纳怡园小学(东校区)地段符合政策的适龄儿童")
        #expect(read.clauses.map(\.area) == [.areaOfSchool("怡园小学(东校区)")])
        #expect(read.clauses.first?.standing == ClauseStanding(term: .temporary(year: nil)))
    }

    @Test("12: a compound with the estates counted into it, an omission listed as unread, and a village")
    func aliases() {
        let read = CatchmentImport.read("狮山新苑(含狮山花苑、阳光公寓)、锦华苑、… 曙光村")
        #expect(
            read.clauses.map(\.area) == [
                .compound(Compound("狮山新苑", aliases: ["狮山花苑", "阳光公寓"])), .compound(Compound("锦华苑")),
                Self.unit(.village, "曙光村"),
            ])
        #expect(read.unread.map(\.reason) == [.omission])
        #expect(read.unread.first?.stretch.start == 21)
    }

    @Test("13: words only a person can apply stay with their community")
    func sentence() {
        let read = CatchmentImport.read("黄石社区(距离北校区较近的组)")
        #expect(read.clauses.map(\.area) == [.within(Self.unit(.community, "黄石社区"), .sentence("距离北校区较近的组"))])
        #expect(read.clauses.first?.notes == [.forPerson("距离北校区较近的组")])
    }
}
