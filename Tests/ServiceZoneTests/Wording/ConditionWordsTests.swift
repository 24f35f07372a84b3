import Enrollment
import Testing

@testable import ServiceZone

@Suite("A county's conditions in words")
struct ConditionWordsTests {
    private static let own = Condition.all([
        .compare(.householdInCounty, .equal, .flag(true)),
        .predicate("home_agrees", .same(.householdCommunity, .homeCommunity)),
        .any([.compare(.homeOwned, .equal, .flag(true)), .compare(.parentsOwnNoHome, .equal, .flag(true))]),
    ])

    private static func words(_ language: Language) throws -> Words {
        try PortalRenderer.shared.get().messages.words(language)
    }

    @Test("nested conditions become a sentence a grandmother can read, in both languages")
    func sentence() throws {
        #expect(
            ConditionWords(try Self.words(.zh)).sentence(Self.own)
                == "孩子的户口在本地，并且户口所在社区与住房所在社区一致，并且（住房是自家的，或者父母在本地没有住房）")
        #expect(
            ConditionWords(try Self.words(.en)).sentence(Self.own)
                == "the child is registered here, and Community of registration and Community of the home are the same, and (the home is the family’s own, or the parents own no home here)"
        )
    }

    @Test("months say the day from which they are counted back")
    func months() throws {
        let day = try #require(CivilDate("2026-08-01"))
        let words = ConditionWords(try Self.words(.zh), monthsFrom: day)
        #expect(
            words.sentence(.compare(.permitMonths, .atLeast, .integer(12)))
                == "居住证已连续持有至少 12 个月（从 2026 年 8 月 1 日往前算）")
        #expect(words.sentence(.compare(.insuranceMonths, .less, .integer(6))).hasPrefix("社会保险连续缴费不足 6 个月"))
        #expect(words.sentence(.compare(.insuranceMonths, .more, .integer(11))).contains("至少 12 个月"))
    }

    @Test("a negation is said of each part, never of the whole")
    func negation() throws {
        let words = ConditionWords(try Self.words(.zh))
        let neither = Condition.not(
            .any([
                .compare(.householdInCounty, .equal, .flag(true)), .same(.householdCommunity, .homeCommunity),
                .compare(.permitMonths, .atLeast, .integer(12)),
            ]))
        #expect(words.sentence(neither) == "孩子的户口不在本地，并且户口所在社区与住房所在社区不一致，并且居住证连续持有不足 12 个月")
    }

    @Test("lines show groups one step deeper, and a single group without a heading of its own")
    func lines() throws {
        let lines = ConditionWords(try Self.words(.zh)).lines(Self.own)
        #expect(lines.map(\.depth) == [0, 0, 0, 1, 1])
        #expect(lines[2].text == "以下满足一项即可")
        #expect(lines[1].facts == [.householdCommunity, .homeCommunity])
        #expect(lines.allSatisfy { $0.truth == nil })
    }

    @Test("a trace keeps its truth line by line, turned round where the rule says not")
    func traceTruth() throws {
        let at = Instant(milliseconds: 0)
        let day = try #require(CivilDate("2026-07-06"))
        let facts = FactSheet([
            Fact(
                key: .homeOwned, state: .known(.flag(true)), source: .check, credential: .realEstateTitle, asOf: day,
                fetchedAt: at)
        ])
        let condition = Condition.all([
            .not(.compare(.homeOwned, .equal, .flag(true))), .compare(.homeResidential, .equal, .flag(true)),
        ])
        let lines = ConditionWords(try Self.words(.zh)).lines(condition.evaluate(facts))
        #expect(lines.map(\.text) == ["住房不是自家的", "房屋用途是住宅"])
        #expect(lines.map(\.truth) == [.no, .unknown])
    }

    @Test("every fact has words for what it says, and a question for officers", arguments: Language.allCases)
    func vocabulary(language: Language) throws {
        let words = try Self.words(language)
        let facts = FactWords(words)
        for fact in FactVocabulary.all {
            let texts =
                fact.type == .flag
                ? [facts.clause(fact.key, true), facts.clause(fact.key, false)] : [facts.title(fact.key)]
            for text in texts + [facts.question(fact)] + fact.codes.map({ facts.code(fact.key, $0) }) {
                #expect(!text.contains("⟦"), "\(fact.key): \(text)")
            }
        }
    }
}
