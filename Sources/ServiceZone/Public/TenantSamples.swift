extension TenantPage {
    static func samples(_ words: Words) -> [TenantPage] { [published(words), city(words)] }

    private static func published(_ words: Words) -> TenantPage {
        let match = CommunityLookup.Match(
            name: "近桃小学", clause: words("lookup.clause", ["n": "5", "text": "近桃社区、富民社区、资江路社区、金凤社区、团山社区"]))
        let option = { (value: String, label: String) in
            CommunityLookup.Option(value: value, label: label, isSelected: true)
        }
        return TenantPage(
            title: "桃江县", tenantName: "桃江县", contact: nil, isPublished: true, isOwnSystem: false, members: [],
            hasMembers: false, servesChildren: true,
            planSource: words("authority.published", ["document": "桃江县2024年县城小学招生计划"]),
            planCarriedOver: words("authority.carried_over"),
            window: words("tenant.window.open", ["opens": "7 月 1 日", "closes": "7 月 20 日"]), windowTone: "good",
            notPublishedNext: "", isClosed: false,
            schools: [
                SchoolLine(
                    name: "近桃小学", stage: words("stage_short.primary"),
                    classes: words("desk.classes", ["n": "10", "size": "45"]), seats: "450",
                    clauses: ["近桃社区、富民社区、资江路社区、金凤社区、团山社区"], address: "样例路 1 号")
            ], hasSchools: true, totalSeats: "450",
            lookup: CommunityLookup(
                action: "/t/430922", townships: [option("430922/桃花江镇", "桃花江镇")],
                communities: [option("430922/桃花江镇/近桃社区", "近桃社区")], hasCommunities: true, place: "桃花江镇 近桃社区",
                answers: [
                    .init(stage: words("stage.primary"), sentence: words("lookup.one"), tone: "good", schools: [match])
                ], hasAnswers: true, isUnknown: true),
            categories: [
                CategoryLine(
                    title: words("category.numbered", ["ordinal": words("ordinal.1"), "title": "房户一致"]),
                    conditions: [Condition(text: words("fact.home.owned.yes"), depth: "depth-0")],
                    school: words("tenant.category.coordination"))
            ], calendar: [Day(label: words("tenant.calendar.registration"), value: "7 月 1 日—7 月 20 日", isNow: true)],
            ages: [words("tenant.age", ["stage": words("stage.primary"), "years": "6", "day": "2026 年 8 月 31 日"])],
            caps: [words("tenant.cap", ["stage": words("stage_short.primary"), "n": "45"])],
            credentials: [words("tenant.credential", ["title": "户籍", "department": "公安"])],
            sources: [
                SourceLine(
                    section: words("tenant.section.schools"), source: words("authority.template"),
                    carriedOver: words("authority.carried_over"), link: "https://example.invalid/plan")
            ], office: "桃江县教育局", phone: "0000-0000000", hours: "9:00—17:00")
    }

    private static func city(_ words: Words) -> TenantPage {
        TenantPage(
            title: "益阳市", tenantName: "益阳市", contact: nil, isPublished: false, isOwnSystem: true,
            members: [Member(href: "/t/430922", name: "桃江县")], hasMembers: true, servesChildren: false,
            planSource: words("authority.template"), planCarriedOver: nil, window: "", windowTone: "plain",
            notPublishedNext: words("tenant.not_published_next.open"), isClosed: true, schools: [],
            hasSchools: false, totalSeats: "0", lookup: nil, categories: [], calendar: [], ages: [], caps: [],
            credentials: [], sources: [], office: "益阳市教育局", phone: nil, hours: nil)
    }
}
