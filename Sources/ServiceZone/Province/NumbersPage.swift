import Enrollment
import Services
import Tenancy

/// `/province` and `/province/cities/{code}`: how many applications stand where, by state, by category and by place.
struct NumbersPage: Page {
    static let template = "province/numbers"
    static let frame = PageFrame.desk

    /// A count with its share of the whole as a bar.
    struct Line: Sendable, Hashable {
        let label: String
        let count: String
        /// Width of the bar from 0 to 100.
        let width: String
    }

    struct Figure: Sendable, Hashable {
        let label: String
        let count: String
    }

    /// A city or a tenant.
    struct Place: Sendable, Hashable {
        /// Nil where there is nothing below it.
        let href: String?
        let name: String
        let total: String
        let officers: String
        let family: String
        let departments: String
        let settled: String
        let withdrawn: String
    }

    let title: String
    let asOf: String
    /// This page again.
    let again: String
    /// The page above; nil on the province's own.
    let up: String?
    let hasNumbers: Bool
    let figures: [Figure]
    let states: [Line]
    let categories: [Line]
    let placesTitle: String
    let places: [Place]
}

extension NumbersPage {
    /// - Parameter city: the city whose tenants are listed; nil lists the cities.
    init(_ numbers: ProvinceNumbers, city: TenantCode?, registry: TenantRegistry, words: Words) {
        let states = numbers.counts(city == nil ? .state : .stateByCity)
        let ofState = { (state: ApplicationState) in states[.init(state: state, city: city)] ?? 0 }
        let total = ApplicationState.allCases.reduce(0) { $0 + ofState($1) }
        let name = city.map { Self.name($0, registry, words) } ?? words(registry.provinceName)
        title = words("province.heading", ["place": name, "n": Figures.grouped(total)])
        asOf = words("province.as_of", ["moment": Self.toTheSecond(numbers.businessAsOf)])
        again = city.map { "/province/cities/\($0)" } ?? "/province"
        up = city == nil ? nil : "/province"
        hasNumbers = total > 0
        figures = Turn.allCases.map { turn in
            Figure(
                label: words("province.turn.\(turn.rawValue)"),
                count: Figures.grouped(turn.states.reduce(0) { $0 + ofState($1) }))
        }
        let largest = ApplicationState.allCases.map(ofState).max() ?? 0
        self.states = ApplicationState.allCases.map {
            Line(words("desk.state.\($0.rawValue)"), ofState($0), of: largest)
        }
        let byCategory = numbers.counts(city == nil ? .category : .categoryByCity)
        let categories = Self.categories(registry, words).map { id, title in
            (title: title, count: byCategory[.init(category: id, city: city)] ?? 0)
        }
        let most = categories.map(\.count).max() ?? 0
        self.categories = categories.map { Line($0.title, $0.count, of: most) }
        placesTitle = words(city == nil ? "province.by_city" : "province.by_tenant")
        if let city {
            let counts = numbers.counts(.stateByTenant)
            places = Self.members(of: city, registry).map { tenant in
                Place(Self.name(tenant, registry, words), href: nil) { counts[.init(state: $0, tenant: tenant)] ?? 0 }
            }
        } else {
            let counts = numbers.counts(.stateByCity)
            places = Self.cities(registry).map { city in
                Place(Self.name(city, registry, words), href: "/province/cities/\(city)") {
                    counts[.init(state: $0, city: city)] ?? 0
                }
            }
        }
    }

    /// Whose turn it is.
    enum Turn: String, CaseIterable {
        case officers, family, departments, settled, withdrawn

        var states: [ApplicationState] {
            switch self {
            case .officers: [.firstReview, .secondReview]
            case .family: [.needsRepair, .supplementRequested, .offered]
            case .departments: [.verifying, .waitingForSource]
            case .settled: [.qualified, .coordination, .accepted, .released]
            case .withdrawn: [.withdrawn]
            }
        }
    }

    /// `2026-07-06 09:02:05`: a moment that is about seconds.
    private static func toTheSecond(_ instant: Instant) -> String {
        let second = instant.milliseconds / 1000 % 60
        return "\(instant.text):\(second < 10 ? "0" : "")\(second)"
    }

    static func cities(_ registry: TenantRegistry) -> [TenantCode] { Set(registry.listings.map(\.city)).sorted() }

    /// A city's own tenant first, then its counties.
    private static func members(of city: TenantCode, _ registry: TenantRegistry) -> [TenantCode] {
        registry.listings.filter { $0.city == city }.sorted { left, right in
            (left.kind == .city ? 0 : 1, left.code) < (right.kind == .city ? 0 : 1, right.code)
        }.map(\.code)
    }

    private static func name(_ code: TenantCode, _ registry: TenantRegistry, _ words: Words) -> String {
        registry.tenant(code).map { words($0.name) } ?? registry.listings.first { $0.code == code }?.name
            ?? code.rawValue
    }

    /// Every category of any tenant, in the order in which policies name them, and those that have none yet.
    private static func categories(_ registry: TenantRegistry, _ words: Words) -> [(id: CategoryID, title: String)] {
        var seen: Set<CategoryID> = []
        var found: [(id: CategoryID, title: String)] = []
        for tenant in registry.tenants {
            for category in tenant.policy.categories where seen.insert(category.id).inserted {
                found.append((category.id, words(category.title)))
            }
        }
        return found + [(ProvinceNumbers.Key.unsettled, words("province.unsettled"))]
    }
}

extension NumbersPage.Line {
    init(_ label: String, _ count: Int, of largest: Int) {
        self.label = label
        self.count = Figures.grouped(count)
        width = "\(largest == 0 ? 0 : count * 100 / largest)"
    }
}

extension NumbersPage.Place {
    init(_ name: String, href: String?, _ count: @escaping (ApplicationState) -> Int) {
        self.href = href
        self.name = name
        let turn = { (turn: NumbersPage.Turn) in turn.states.reduce(0) { $0 + count($1) } }
        total = Figures.grouped(ApplicationState.allCases.reduce(0) { $0 + count($1) })
        officers = Figures.grouped(turn(.officers))
        family = Figures.grouped(turn(.family))
        departments = Figures.grouped(turn(.departments))
        settled = Figures.grouped(turn(.settled))
        withdrawn = Figures.grouped(turn(.withdrawn))
    }
}
