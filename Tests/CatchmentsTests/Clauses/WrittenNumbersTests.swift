import Catchments
import Testing

@Suite struct WrittenNumbersTests {
    private typealias Span = WrittenNumbers.Span

    @Test("ranges, one side of the road, lists and exceptions cover what they say, at both ends")
    func covers() {
        let odd = WrittenNumbers([Span(49, 67, .odd)])
        for (number, isCovered) in [(47, false), (49, true), (50, false), (66, false), (67, true), (69, false)] {
            #expect(odd.covers(HouseNumber(number)) == (isCovered ? .yes : .no), "\(number)")
        }
        let excepted = WrittenNumbers([Span(1, 115)], except: [Span(46, 46), Span(48, 48)])
        for (number, isCovered) in [
            (1, true), (45, true), (46, false), (47, true), (48, false), (115, true), (116, false),
        ] {
            #expect(excepted.covers(HouseNumber(number)) == (isCovered ? .yes : .no), "\(number)")
        }
        let list = WrittenNumbers([Span(135, 135), Span(139, 139)])
        #expect(list.covers(HouseNumber(137)) == .no && list.covers(HouseNumber(139)) == .yes)
    }

    @Test("a sub-number goes with its number, unless the text lists sub-numbers")
    func subNumbers() {
        #expect(WrittenNumbers([Span(46, 46)]).covers(HouseNumber(46, sub: 1)) == .yes)
        let listed = WrittenNumbers([], subNumbers: [HouseNumber(46, sub: 1)])
        #expect(listed.covers(HouseNumber(46, sub: 1)) == .yes)
        #expect(listed.covers(HouseNumber(46, sub: 2)) == .no)
        #expect(listed.covers(HouseNumber(46)) == .cannotTell([.subNumberUnknown]))
        #expect(listed.covers(HouseNumber(48)) == .no)
    }

    @Test("a list that breaks off gives no number away, and takes none back that it excepted")
    func incomplete() {
        let list = WrittenNumbers([Span(135, 135)], except: [Span(141, 141)], isComplete: false)
        #expect(list.covers(HouseNumber(135)) == .yes)
        #expect(list.covers(HouseNumber(137)) == .cannotTell([.listIncomplete]))
        #expect(list.covers(HouseNumber(141)) == .no)
    }

    @Test("a reversed range means nothing until a person has corrected it")
    func reversed() {
        let reversed = WrittenNumbers([Span(505, 1)])
        #expect(reversed.numbers.isEmpty)
        #expect(reversed.covers(HouseNumber(49)) == .cannotTell([.rangeReversed]))
        #expect(reversed.problems == [.reversed(first: 505, last: 1)])
    }

    @Test("an exception outside its range is a problem: beyond the end, or on the other side of the road")
    func exceptionOutside() {
        #expect(WrittenNumbers([Span(1, 115)], except: [Span(46, 46)]).problems.isEmpty)
        #expect(WrittenNumbers([Span(1, 115)], except: [Span(114, 118)]).problems == [.exceptionOutside(116)])
        #expect(WrittenNumbers([Span(1, 115, .odd)], except: [Span(46, 46)]).problems == [.exceptionOutside(46)])
    }
}
