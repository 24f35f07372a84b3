import Enrollment
import Testing

@testable import ServiceZone

@Suite("Records, days and sources in words")
struct RecordWordsTests {
    private static func words(_ language: Language = .zh) throws -> Words {
        try PortalRenderer.shared.get().messages.words(language)
    }

    @Test("paid months are shown as spans, so that a gap is seen")
    func spans() throws {
        let months = RegisterValue.texts(["2025-11", "2025-12", "2026-01", "2026-03", "nonsense", "2025-12"])
        #expect(
            RecordWords(try Self.words()).lines(.paidMonths, months) == [
                "2025-11 至 2026-01（3 个月）", "2026-03（1 个月）",
            ])
    }

    @Test("household members are shown masked")
    func members() throws {
        let member = RegisterRecord([
            .personName: .text("林样例"), .personNumber: .text("430922201908010013"), .relationToHead: .text("子"),
        ])
        #expect(RecordWords(try Self.words()).lines(.members, .records([member])) == ["林** · 子"])
    }

    @Test("codes of departments are shown in words, unknown ones as they stand")
    func codes() throws {
        let words = RecordWords(try Self.words(.en))
        #expect(words.value(.use, "residential") == "residential")
        #expect(words.value(.certificateKind, "house_ownership_certificate") == "house ownership certificate (older)")
        #expect(words.value(.use, "something new") == "something new")
        #expect(words.value(.community, "430922/桃花江镇/近桃社区") == "桃花江镇 近桃社区")
    }

    @Test(
        "waiting is said in the largest unit that fits",
        arguments: [
            (0, "刚刚"), (59, "59 分钟"), (60, "1 小时"), (1439, "23 小时"), (1440, "1 天"), (4320, "3 天"), (-5, "刚刚"),
        ])
    func waiting(minutes: Int, text: String) throws {
        let start = Instant(milliseconds: 1_000_000_000)
        let now = Instant(milliseconds: 1_000_000_000 + Int64(minutes) * 60_000)
        #expect(DateWords(try Self.words()).waiting(since: start, now: now) == text)
    }

    @Test("a section says whether a document or the province's template stands behind it")
    func authority() throws {
        let words = AuthorityWords(try Self.words())
        #expect(words.source(Authority(kind: .template)) == "按省级通用办法")
        #expect(
            words.source(Authority(kind: .published, document: "招生方案", number: "湘教通〔2024〕90号", year: 2024))
                == "招生方案（湘教通〔2024〕90号）（2024 年）")
    }
}
