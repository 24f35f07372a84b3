import Catchments
import Enrollment
import Tenancy

/// `/t/{code}`: what a tenant has published, in words, and where each part comes from.
struct TenantPage: Page {
    static let template = "public/tenant"
    static let frame = PageFrame.open

    struct SchoolLine: Sendable, Hashable {
        let name: String
        let stage: String
        let classes: String
        let seats: String
        /// The published words of its catchment, one a clause.
        let clauses: [String]
        let address: String?
    }

    struct CategoryLine: Sendable, Hashable {
        let title: String
        let conditions: [Condition]
        let school: String
    }

    struct Condition: Sendable, Hashable {
        let text: String
        /// A class of the style sheet: `depth-0` to `depth-3`.
        let depth: String
    }

    struct Day: Sendable, Hashable {
        let label: String
        let value: String
        let isNow: Bool
    }

    struct SourceLine: Sendable, Hashable {
        let section: String
        let source: String
        let carriedOver: String?
        let link: String?
    }

    struct Member: Sendable, Hashable {
        let href: String
        let name: String
    }

    let title: String
    let tenantName: String?
    let contact: ContactView?
    let isPublished: Bool
    let isOwnSystem: Bool
    /// A city whose counties enroll their own children.
    let members: [Member]
    let hasMembers: Bool
    let servesChildren: Bool
    let planSource: String
    let planCarriedOver: String?
    let window: String
    let windowTone: String
    let notPublishedNext: String
    let isClosed: Bool
    let schools: [SchoolLine]
    let hasSchools: Bool
    let totalSeats: String
    let lookup: CommunityLookup?
    let categories: [CategoryLine]
    let calendar: [Day]
    let ages: [String]
    let caps: [String]
    let credentials: [String]
    let sources: [SourceLine]
    let office: String
    let phone: String?
    let hours: String?
}

extension TenantPage {
    init(
        _ tenant: Tenant, registry: TenantRegistry, today: CivilDate, township: String, community: String, words: Words
    ) {
        let texts = TenantTexts(tenant: tenant, registry: registry, today: today, words: words)
        title = words(tenant.name)
        tenantName = words(tenant.name)
        contact = ContactView(
            office: words(tenant.contact.office), phone: tenant.contact.phone,
            hours: tenant.contact.hours.map { words($0) })
        isPublished = tenant.isPlanPublished
        isOwnSystem = tenant.mode == .verificationOnly
        members =
            tenant.kind == .city
            ? registry.tenants(inCity: tenant.code).map { Member(href: "/t/\($0.code)", name: words($0.name)) } : []
        hasMembers = !members.isEmpty
        servesChildren = !tenant.divisions.isEmpty
        planSource = AuthorityWords(words).source(tenant.planAuthority)
        planCarriedOver = tenant.planAuthority.carriedOver ? words("authority.carried_over") : nil
        (windowTone, window) = texts.window
        notPublishedNext = texts.notPublishedNext
        isClosed = tenant.policy.calendar.window(on: today) == .closed
        schools = texts.schools
        hasSchools = !schools.isEmpty
        totalSeats = Figures.grouped(tenant.schools.reduce(0) { $0 + $1.seats })
        lookup =
            tenant.catchments.isEmpty
            ? nil
            : CommunityLookup(
                tenant, gazetteer: registry.gazetteer, township: township, community: community, words: words)
        categories = texts.categories
        calendar = texts.calendar
        ages = texts.ages
        caps = texts.caps
        credentials = texts.credentials
        sources = texts.sources
        office = words(tenant.contact.office)
        phone = tenant.contact.phone
        hours = tenant.contact.hours.map { words($0) }
    }
}
