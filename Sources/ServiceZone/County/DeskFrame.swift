import Enrollment
import Services
import Tenancy

/// What stands beside every page of a county's desk: whose desk it is, its lists with their counts, its other pages.
struct DeskFrame: Sendable, Hashable {
    struct Item: Sendable, Hashable {
        let href: String
        let label: String
        /// Nil where nothing is counted.
        let count: String?
        let isCurrent: Bool
        /// Nothing in it now.
        let isEmpty: Bool
    }

    struct Group: Sendable, Hashable {
        /// Nil above the first group, which speaks for itself.
        let title: String?
        let items: [Item]
    }

    /// A page of the desk that is no list.
    enum Place: String, Sendable, CaseIterable { case seats, admission, left }

    let code: String
    let tenantName: String
    /// 初审、复审.
    let roles: String
    let groups: [Group]

    /// States by whose turn it is: the desk's, the family's, the departments', nobody's.
    static let order: [(key: String, states: [ApplicationState])] = [
        ("yours", [.firstReview, .secondReview]),
        ("family", [.needsRepair, .supplementRequested, .offered]),
        ("departments", [.verifying, .waitingForSource]),
        ("settled", [.qualified, .coordination, .accepted, .released, .withdrawn]),
    ]
}

extension DeskFrame {
    /// - Parameter counts: applications by state; nil on pages that do not count them.
    init(
        tenant: Tenant, counts: [ApplicationState: Int]?, state: ApplicationState?, place: Place?, viewer: Viewer,
        words: Words
    ) {
        let base = "/county/\(tenant.code)"
        code = tenant.code.rawValue
        tenantName = words(tenant.name)
        roles = Self.roles(of: viewer, in: tenant.code, words)
        let isList = place == nil
        let lists = Self.order.map { group in
            Group(
                title: words("desk.group.\(group.key)"),
                items: group.states.map { each in
                    Item(
                        href: "\(base)?state=\(each.rawValue)", label: words("desk.state.\(each.rawValue)"),
                        count: counts.map { Figures.grouped($0[each] ?? 0) },
                        isCurrent: isList && state == each, isEmpty: counts.map { ($0[each] ?? 0) == 0 } ?? false)
                })
        }
        let places = Group(
            title: words("desk.group.places"),
            items: Place.allCases.map {
                Item(
                    href: "\(base)/\($0.rawValue)", label: words("desk.place.\($0.rawValue)"), count: nil,
                    isCurrent: place == $0, isEmpty: false)
            } + [
                Item(
                    href: "/t/\(tenant.code)", label: words("desk.place.rules"), count: nil, isCurrent: false,
                    isEmpty: false)
            ])
        let all = Item(
            href: "\(base)?state=all", label: words("desk.state.all"),
            count: counts.map { Figures.grouped($0.values.reduce(0, +)) }, isCurrent: isList && state == nil,
            isEmpty: false)
        groups = [Group(title: nil, items: [all])] + lists + [places]
    }

    /// The roles a person holds, in the order of the work: 初审、复审.
    static func roles(of viewer: Viewer, in tenant: TenantCode, _ words: Words) -> String {
        words.list(
            StaffRole.allCases.filter(viewer.roles(in: tenant).contains).map { words("desk.role.\($0.rawValue)") })
    }
}
