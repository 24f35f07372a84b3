import Catchments
import Testing

@Suite struct CatchmentImportTests {
    private static let division = "430922"
    private static let communities = ["近桃社区", "富民社区", "桃花路社区", "创业村"].map {
        Community(division: division, township: "桃花江镇", name: $0)
    }
    private static let twins = ["桃花江镇", "修山镇"].map { Community(division: division, township: $0, name: "金凤社区") }
    private let county = CatchmentImport(
        gazetteer: Gazetteer(communities: communities + twins, divisionNames: [division: "桃江县"]), division: division)

    @Test("communities are tied to the gazetteer; short forms, ties and unknown names are shown to the officer")
    func gazetteer() {
        let read = county.read("近桃小学:近桃社区、富民、桃花路、金凤社区、团山社区")
        #expect(read.clauses.prefix(3).map(\.area) == Self.communities.prefix(3).map(Area.community))
        #expect(
            read.clauses.map(\.notes) == [
                [], [.shortForm("富民", Self.communities[1])], [.shortForm("桃花路", Self.communities[2])],
                [.severalCommunities("金凤社区", Self.twins.sorted())], [.notInGazetteer("团山社区")],
            ])
    }

    @Test("each clause belongs to the heading above it, and to nobody when the heading could not be read")
    func headings() {
        let read = CatchmentImport.read("甲小学:A苑。乙中学（暂定名）：B苑;C苑\n说明:D苑\n丙小学(招2个班,90人)\nE苑")
        #expect(read.clauses.map(\.school) == ["甲小学", "乙中学", "乙中学", nil, "丙小学"])
        #expect(read.headings.map(\.school) == ["甲小学", "乙中学", "丙小学"])
        #expect(read.headings.map(\.seats) == [nil, nil, 90])
        #expect(read.clauses.map(\.standing.hasProvisionalName) == [false, true, true, false, false])
        #expect(read.unread.map(\.reason) == [.heading])
        #expect(read.unread.map(\.stretch.text) == ["说明:"])
    }

    @Test("a label says nothing of its own, and the school before it stays")
    func labels() {
        let read = CatchmentImport.read("甲小学\n招生范围:A苑、B苑")
        #expect(read.clauses.map(\.school) == ["甲小学", "甲小学"] && read.unread.isEmpty)
    }

    @Test("boundaries stay one clause across commas, and one that is missing leaves them open")
    func boundaries() {
        let area = CatchmentImport.read("东至沿河路、南至资江,西至桃花路、北至创业路").clauses.map(\.area)
        #expect(area == [.boundaries(FourBoundaries(east: "沿河路", south: "资江", west: "桃花路", north: "创业路"))])
        let open = CatchmentImport.read("东至沿河路,南至资江").clauses.map(\.area)
        #expect(open == [.boundaries(FourBoundaries(east: "沿河路", south: "资江"))])
    }

    @Test(
        "the rest of the grammar",
        arguments: [
            ("城关派出所辖区", Area.policeStation("城关派出所")),
            ("原港前路12号", .formerNumber(RoadStretch("港前路", WrittenNumbers([.init(12, 12)])))),
            (
                "蟹山路46号(原50号)",
                .road(RoadStretch("蟹山路", WrittenNumbers([.init(46, 46)]), former: WrittenNumbers([.init(50, 50)])))
            ),
            ("怡德苑(一期、二期)", .compound(Compound("怡德苑", phases: ["一期", "二期"]))),
            ("怡德苑二期", .compound(Compound("怡德苑", phases: ["二期"]))),
            ("狮山苑1-3、A5栋", .compound(Compound("狮山苑", buildings: ["1", "2", "3", "A5"]))),
            ("狮山苑(1栋、3栋)", .compound(Compound("狮山苑", buildings: ["1", "3"]))),
            ("桃江一建公司职工子女", .employer("桃江一建公司")),
            ("近桃小学、桃花路小学毕业生", .anyOf([.feed("近桃小学"), .feed("桃花路小学")], isComplete: true)),
            ("三多路", .road(RoadStretch("三多路"))),
            ("桃花路46号之一", .road(RoadStretch("桃花路", WrittenNumbers([], subNumbers: [HouseNumber(46, sub: 1)])))),
            ("下境村第三村民小组", .within(.unit(.init(.village, "下境村")), .unit(.init(.group, "3")))),
            ("桃花江镇近桃社区", .within(.unit(.init(.township, "桃花江镇")), .unit(.init(.community, "近桃社区")))),
            (
                "近桃社区(创业路1-9号除外)",
                .except(
                    .unit(.init(.community, "近桃社区")),
                    .road(RoadStretch("创业路", WrittenNumbers([.init(1, 9)]))))
            ),
            (
                "近桃社区(含创业村)",
                .anyOf([.unit(.init(.community, "近桃社区")), .unit(.init(.village, "创业村"))], isComplete: true)
            ),
            ("资江以北", .side(LineSide("资江", .north))), ("三一高速东南侧", .side(LineSide("三一高速", .southEast))),
            ("新村路1、3、5号", .road(RoadStretch("新村路", WrittenNumbers([.init(1, 1), .init(3, 3), .init(5, 5)])))),
        ])
    func grammar(_ text: String, _ area: Area) {
        #expect(CatchmentImport.read(text).clauses.map(\.area) == [area])
    }

    @Test("slips in numbers are read as printed and pointed at")
    func slips() {
        #expect(CatchmentImport.read("港前路505-1号").clauses.first?.notes == [.numbers(.reversed(first: 505, last: 1))])
        #expect(
            CatchmentImport.read("港前路1-9号(单号)、蟹山路1-11号(46号除外)").clauses.last?.notes
                == [.numbers(.exceptionOutside(46))])
    }

    @Test(
        "what a machine cannot apply is a sentence for a person, in its own words",
        arguments: ["离校三公里以内的散居户", "由教育局统筹安排", "近桃社区(由村委会指定)", "近桃社区(老街一带)", "港前路(老街部分)", "A苑和B苑之间"])
    func forPerson(_ text: String) {
        let read = CatchmentImport.read(text)
        #expect(read.clauses.count == 1 && read.clauses[0].stretch.text == text)
        #expect(read.clauses[0].notes.contains { if case .forPerson = $0 { true } else { false } })
        let home = StandardAddress(
            division: "430922", township: "桃花江镇", road: "港前路", houseNumber: HouseNumber(1), compound: "A苑")
        #expect(read.clauses[0].area.covers(home) != .yes)
    }

    @Test("loose numbers and brackets without a partner are listed as unread")
    func unread() {
        #expect(CatchmentImport.read("近桃社区)、富民社区").unread.map(\.reason) == [.bracket])
        #expect(CatchmentImport.read("近桃社区、富民社区(东边").unread.map(\.stretch.text) == ["("])
        #expect(CatchmentImport.read("近桃社区、135").unread.map(\.reason) == [.looseNumber])
    }

    @Test("every character is in exactly one piece, whatever the text")
    func roundTrip() {
        let parts = [
            "近桃小学(招10个班,450人):", "近桃社区", "、", ";", "。", "\n", "\r\n", "…", "(", ")", "（", "）", "1.", "①", "港前路1-505号",
            "(单号)",
            "除外", "蟹山路46、48号", "531号大院", " ", "\u{3000}", ":", "：", ",", "，", "东至", "以南", "接受居住在", "的适龄儿童备选",
            "属县八中招生范围", "等",
            "共13栋", "的", "村", "组", "一", "十六冶", "(已拆迁)", "毕业生", "号", "-", "9", "999999999999999999999", "👨‍👩‍👧", "e\u{301}",
            "情况下,", "𠮷苑",
        ]
        var state: UInt64 = 9
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<200 {
            let text = (0..<draw(14)).map { _ in parts[draw(parts.count)] }.joined()
            let read = county.read(text)
            #expect(read.pieces.map(\.stretch.text).joined() == text)
            let ends = [0] + read.pieces.map(\.stretch.end)
            #expect(read.pieces.map(\.stretch.start) == Array(ends.dropLast()) && ends.last == text.count)
            for (kind, stretches) in [
                (ImportedParagraph.PieceKind.clause, read.clauses.map(\.stretch)),
                (.heading, read.headings.map(\.stretch)),
                (.unread, read.unread.map(\.stretch)),
            ] {
                #expect(read.pieces.filter { $0.kind == kind }.map(\.stretch) == stretches)
            }
            for piece in read.pieces where piece.kind == .separator {
                #expect(!piece.stretch.text.contains("社区") && !piece.stretch.text.contains("苑"))
            }
        }
    }
}
