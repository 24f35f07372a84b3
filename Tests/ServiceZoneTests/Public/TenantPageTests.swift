import Catchments
import Enrollment
import Tenancy
import Testing

@testable import ServiceZone

@Suite("Tenants' public pages")
struct TenantPageTests {
    private func page(
        _ code: TenantCode, _ sample: SampleCase, township: String = "", community: String = ""
    ) throws -> TenantPage {
        TenantPage(
            try #require(sample.registry.tenant(code)), registry: sample.registry, today: SampleCase.now.day,
            township: township, community: community, words: sample.words)
    }

    @Test("all 131 stand in the list, grouped by fourteen cities, each with a tile of its own")
    func everyTenant() throws {
        let sample = try SampleCase()
        let page = TenantsPage(sample.registry, words: sample.words)
        #expect(page.cities.count == 14)
        let entries = page.cities.flatMap(\.tenants)
        #expect(Set(entries.map(\.href)).count == 131)
        #expect(page.map.tiles.count == 131)
        #expect(Set(page.map.tiles.map { "\($0.x) \($0.y)" }).count == 131, "two tiles at one place")
        #expect(entries.filter(\.isPublished).map(\.href).contains("/t/430922"))
        #expect(try sample.html(page).utf8.count < 55_000)
    }

    @Test("桃江县 shows its six schools with classes, seats and the published words of each area")
    func published() throws {
        let sample = try SampleCase()
        let page = try page("430922", sample)
        #expect(page.isPublished && page.schools.count == 6 && page.totalSeats == "2,340")
        let school = try #require(page.schools.first { $0.name == "近桃小学" })
        #expect(school.classes == "10 个班，每班 45 人" && school.seats == "450")
        #expect(school.clauses == ["近桃社区、富民社区、资江路社区、金凤社区、团山社区"])
        #expect(page.categories.count == 4 && page.categories[0].conditions.contains { $0.text == "户口所在社区与住房所在社区一致" })
        #expect(page.sources.contains { $0.section == "学校和学位" && $0.carriedOver != nil })
        #expect(page.sources.contains { $0.section == "日程" && $0.source == "按省级通用办法" })
    }

    @Test("a community of three schools answers with all three and their clauses")
    func lookup() throws {
        let sample = try SampleCase()
        let lookup = try #require(
            page("430922", sample, township: "430922/桃花江镇", community: "430922/桃花江镇/桃花江社区").lookup)
        let answer = try #require(lookup.answers.first)
        #expect(answer.schools.map(\.name) == ["桃花江镇中心学校小学部", "桃花江小学", "桃花路小学"])
        #expect(answer.sentence == "可以选择 3 所学校，登记时由您排序：")
        #expect(answer.schools.allSatisfy { $0.clause.contains("桃花江") })
    }

    @Test(
        "a place outside every area, one of another county and nonsense each get a plain answer",
        arguments: [
            ("430922/桃花江镇", "430922/桃花江镇/<b>", true), ("", "430121/星沙街道/望仙桥社区", true), ("x", "", true), ("", "", false),
        ])
    func unknownPlace(township: String, community: String, isUnknown: Bool) throws {
        let sample = try SampleCase()
        let page = try page("430922", sample, township: township, community: community)
        #expect(page.lookup?.isUnknown == isUnknown && page.lookup?.hasAnswers == false)
        #expect(try !sample.html(page).contains("<b>\""))
    }

    @Test("a community the areas do not name says that the bureau decides")
    func outside() throws {
        let sample = try SampleCase()
        let place = try #require(sample.registry.gazetteer.townships(in: "430922").first { $0 != "桃花江镇" })
        let community = try #require(sample.registry.gazetteer.communities(in: "430922", township: place).first)
        let lookup = try page("430922", sample, township: "430922/\(place)", community: community.description).lookup
        #expect(lookup?.answers.first?.sentence == "公布的学区没有写到这个社区。可以登记，由教育局核定学校。")
    }

    @Test("a tenant without a plan says so and what to do; a city leads to its counties")
    func withoutPlan() throws {
        let sample = try SampleCase()
        let county = try sample.html(page("430923", sample))
        #expect(
            county.contains("本地招生方案尚未公布") && county.contains("href=\"/family\"") && !county.contains("id=\"lookup\""))
        let city = try sample.html(page("430900", sample))
        #expect(city.contains("href=\"/t/430922\"") && !city.contains("href=\"/family\""))
    }

    @Test("every tenant's page renders without a gap, in both languages and within 60 kB")
    func everyPage() throws {
        for language in Language.allCases {
            let sample = try SampleCase(language)
            for tenant in sample.registry.tenants {
                let html = try sample.html(page(tenant.code, sample))
                #expect(!html.contains("⟦"), "\(tenant.code)")
                #expect(html.utf8.count < 55_000, "\(tenant.code): \(html.utf8.count)")
            }
        }
    }
}
