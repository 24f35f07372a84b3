import Catchments
import Testing

@Suite struct PlanFindingTests {
    private typealias Span = WrittenNumbers.Span

    private static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private static let fumin = Community(division: "430922", township: "桃花江镇", name: "富民社区")

    private func road(_ spans: [Span], except: [Span] = []) -> Area {
        .road(RoadStretch("港前路", WrittenNumbers(spans, except: except)))
    }

    /// Each area for a school of its own, unless a school is named.
    private func findings(_ areas: [Area], school: String? = nil, options: [String?] = []) -> [PlanFinding] {
        CatchmentPlan(
            clauses: areas.enumerated().map { offset, area in
                CatchmentClause(
                    number: offset + 1, school: school ?? "P\(offset)", coverage: .area(area), text: "样例",
                    option: options.indices.contains(offset) ? options[offset] : nil)
            }
        ).findings
    }

    @Test("two schools with a number in common are shown with the lowest such number")
    func overlap() {
        #expect(
            findings([road([Span(1, 505)]), road([Span(505, 583)])]) == [
                .overlap(first: 1, second: 2, road: "港前路", example: 505)
            ])
        #expect(findings([road([Span(1, 9)]), .road(RoadStretch("港前路"))]).count == 1)
        #expect(findings([road([Span(1, 505)]), road([Span(506, 583)])]).isEmpty)
        #expect(findings([road([Span(1, 99, .odd)]), road([Span(2, 98, .even)])]).isEmpty)
        #expect(findings([road([Span(1, 9)]), road([Span(3, 5)])], school: "P01").isEmpty)
    }

    @Test("the same road in two communities, or two options of one choice, do not overlap")
    func apart() {
        let here = Area.within(.community(Self.jintao), road([Span(1, 9)]))
        let there = Area.within(.community(Self.fumin), road([Span(1, 9)]))
        #expect(findings([here, there]).isEmpty)
        #expect(findings([here, here]).count == 1)
        #expect(findings([here, here], options: ["甲", "甲"]).isEmpty)
    }

    @Test("numbers that nobody has between those that somebody has")
    func gap() {
        #expect(
            findings([road([Span(1, 9)], except: [Span(4, 4)]), road([Span(12, 20)])]) == [
                .gap(road: "港前路", NumberSet([4, 10, 11]))
            ])
        #expect(
            findings([road([Span(1, 9, .odd)]), road([Span(13, 19, .odd)])]) == [.gap(road: "港前路", NumberSet([11]))])
        #expect(findings([road([Span(1, 9)], except: [Span(4, 4)]), road([Span(4, 4)])]).isEmpty)
    }

    @Test("reversed ranges and exceptions outside their range are shown with their clause")
    func numbers() {
        #expect(
            findings([road([Span(9, 1)])]) == [.numbers(clause: 1, road: "港前路", .reversed(first: 9, last: 1))])
        #expect(
            findings([road([Span(1, 9)], except: [Span(11, 11)])]) == [
                .numbers(clause: 1, road: "港前路", .exceptionOutside(11))
            ])
    }

    @Test("one compound in two clauses by any of its names, unless the clauses share no home")
    func compounds() {
        func pair(_ left: Compound, _ right: Compound) -> Int { findings([.compound(left), .compound(right)]).count }
        #expect(
            findings([.compound(Compound("怡德苑小区")), .compound(Compound("锦华苑", aliases: ["怡德苑"]))]) == [
                .compoundTwice(first: 1, second: 2, name: "锦华苑")
            ])
        #expect(pair(Compound("怡德苑一期"), Compound("怡德苑")) == 1)
        #expect(pair(Compound("怡德苑一期"), Compound("怡德苑二期")) == 0)
        #expect(pair(Compound("怡德苑", buildings: ["1"]), Compound("怡德苑", buildings: ["2"])) == 0)
        #expect(pair(Compound("怡德苑", community: Self.jintao), Compound("怡德苑", community: Self.fumin)) == 0)
        #expect(findings([.compound(Compound("怡德苑")), .compound(Compound("怡德苑"))], school: "P01").count == 1)
    }

    @Test("an option with nothing to choose, and boundaries that do not close")
    func others() {
        #expect(
            findings([.community(Self.jintao)], options: ["甲"]) == [.optionAlone(clause: 1, option: "甲")])
        #expect(findings([.boundaries(FourBoundaries(east: "沿河路"))]) == [.openBoundaries(clause: 1)])
        #expect(findings([.boundaries(FourBoundaries(east: "甲", south: "乙", west: "丙", north: "丁"))]).isEmpty)
    }
}
