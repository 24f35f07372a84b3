import Catchments
import Enrollment
import Tenancy

/// The lists and sentences of a tenant's page.
struct TenantTexts: Sendable {
    let tenant: Tenant
    let registry: TenantRegistry
    let today: CivilDate
    let words: Words

    private var dates: DateWords { DateWords(words) }
    private var policy: Policy { tenant.policy }

    /// Tone and sentence of where today stands against the registration.
    var window: (tone: String, text: String) {
        let calendar = policy.calendar
        let values = ["opens": dates.day(calendar.opens), "closes": dates.day(calendar.closes)]
        return switch calendar.window(on: today) {
        case .notOpen: ("wait", words("tenant.window.not_open", values))
        case .open: ("good", words("tenant.window.open", values))
        case .closed: ("plain", words("tenant.window.closed", values))
        }
    }

    /// What to do while the plan is not published.
    var notPublishedNext: String { words("tenant.not_published_next.\(policy.calendar.window(on: today).rawValue)") }

    var schools: [TenantPage.SchoolLine] {
        tenant.schools.map { school in
            let clauses = tenant.catchmentPlan(school.stage).clauses.filter { $0.school == school.code.rawValue }
            var seen: Set<String> = []
            return TenantPage.SchoolLine(
                name: words(school.name), stage: words("stage_short.\(school.stage.rawValue)"),
                classes: words("desk.classes", ["n": "\(school.classes)", "size": "\(school.classSize)"]),
                seats: Figures.grouped(school.seats), clauses: clauses.map(\.text).filter { seen.insert($0).inserted },
                address: school.address)
        }
    }

    var categories: [TenantPage.CategoryLine] {
        let conditions = ConditionWords(words, monthsFrom: policy.referenceDates.months)
        return policy.categories.map { category in
            TenantPage.CategoryLine(
                title: CategoryWords(words).numbered(category, policy),
                conditions: conditions.lines(category.condition).map {
                    TenantPage.Condition(text: $0.text, depth: "depth-\(min($0.depth, 3))")
                },
                school: category.seat == .coordination
                    ? words("tenant.category.coordination")
                    : words("tenant.category.by_place", ["place": FactWords(words).title(category.place)]))
        }
    }

    var calendar: [TenantPage.Day] {
        let calendar = policy.calendar
        let span = words(
            "tenant.calendar.span", ["from": dates.shortDay(calendar.opens), "to": dates.shortDay(calendar.closes)])
        let day = { (key: String, value: String, isNow: Bool) in
            TenantPage.Day(label: words("tenant.calendar.\(key)"), value: value, isNow: isNow)
        }
        let isOpen = calendar.window(on: today) == .open
        return [
            day("registration", span, isOpen),
            day(
                "freeze", words("tenant.calendar.from", ["day": dates.shortDay(calendar.freezes)]),
                today >= calendar.freezes && today <= calendar.offersUntil),
            day("confirm", words("tenant.calendar.until", ["day": dates.shortDay(calendar.offersUntil)]), false),
            day("report", dates.shortDay(calendar.reports), today == calendar.reports),
        ]
    }

    var ages: [String] {
        tenant.stages.compactMap { stage in
            policy.entryAge[stage].map { age in
                words(
                    "tenant.age",
                    [
                        "stage": words("stage.\(stage.rawValue)"), "years": "\(age.minimumYears)",
                        "day": dates.day(age.referenceDay),
                    ])
            }
        }
    }

    var caps: [String] {
        tenant.stages.compactMap { stage in
            tenant.classSizeCap[stage].map {
                words("tenant.cap", ["stage": words("stage_short.\(stage.rawValue)"), "n": "\($0)"])
            }
        }
    }

    /// Credentials the rules can need, with the department: nothing of it is carried to a counter.
    var credentials: [String] {
        tenant.credentials.compactMap { credential in
            registry.connector(credential).map {
                words("tenant.credential", ["title": words($0.title), "department": words($0.department)])
            }
        }
    }

    var sources: [TenantPage.SourceLine] {
        let order = ["schools", "catchments", "categories", "predicates", "calendar", "reference_dates", "stages"]
        let place = { (section: SectionOrigin) in order.firstIndex(of: section.section) ?? order.count }
        return tenant.sections.sorted { place($0) < place($1) }.compactMap { section in
            guard let authority = section.authority, let name = words.optional("tenant.section.\(section.section)")
            else {
                return nil
            }
            return TenantPage.SourceLine(
                section: name, source: AuthorityWords(words).source(authority),
                carriedOver: authority.carriedOver ? words("authority.carried_over") : nil, link: authority.link)
        }
    }
}
