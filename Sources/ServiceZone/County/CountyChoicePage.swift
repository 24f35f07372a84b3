import Enrollment
import Services
import Tenancy

/// `/county`: the desks this officer may open; one desk is opened at once.
struct CountyChoicePage: Page {
    static let template = "county/choice"
    static let frame = PageFrame.desk

    struct Desk: Sendable, Hashable {
        let href: String
        let name: String
        let roles: String
    }

    let title: String
    let desks: [Desk]
    let hasDesks: Bool
}

extension CountyChoicePage {
    init(viewer: Viewer, registry: TenantRegistry, words: Words) {
        title = words("county.title")
        let codes = Set(viewer.grants.map(\.tenant)).sorted()
        let province = registry.provinceCode.flatMap { code in
            viewer.isOfProvince(code)
                ? Desk(
                    href: "/province", name: words(registry.provinceName), roles: words("desk.role.province_officer"))
                : nil
        }
        desks =
            [province].compactMap(\.self)
            + codes.compactMap { code in
                guard let tenant = registry.tenant(code) else { return nil }
                return Desk(
                    href: "/county/\(code)", name: words(tenant.name),
                    roles: DeskFrame.roles(of: viewer, in: code, words))
            }
        hasDesks = !desks.isEmpty
    }
}
