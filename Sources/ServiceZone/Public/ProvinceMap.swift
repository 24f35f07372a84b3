import Enrollment

/// The province as tiles, one a tenant, grouped by city and laid out roughly as on a map; no boundary is drawn.
struct ProvinceMap: Sendable, Hashable {
    struct Tile: Sendable, Hashable {
        let x: String
        let y: String
        /// Name and status, read out and shown by the pointer.
        let title: String
        let href: String
        let isPublished: Bool
    }

    struct Label: Sendable, Hashable {
        let x: String
        let y: String
        let text: String
    }

    let width: String
    let height: String
    let tiles: [Tile]
    let labels: [Label]

    private static let tileStep = 22
    private static let columns = 5
    private static let cityWidth = 132
    private static let cityHeight = 104

    /// Column and row of each city, north at the top.
    private static let places: [TenantCode: (column: Int, row: Int)] = [
        "433100": (0, 0), "430800": (1, 0), "430700": (2, 0), "430600": (3, 0),
        "431200": (0, 1), "431300": (1, 1), "430900": (2, 1), "430100": (3, 1),
        "430500": (1, 2), "430300": (2, 2), "430200": (3, 2),
        "431100": (1, 3), "430400": (2, 3), "431000": (3, 3),
    ]

    init(_ cities: [TenantsPage.City]) {
        var tiles: [Tile] = []
        var labels: [Label] = []
        for (index, city) in cities.enumerated() {
            // A city this table does not know stands in a row below.
            let place = Self.places[TenantCode(rawValue: city.code)] ?? (index % 4, 4 + index / 4)
            let left = place.column * Self.cityWidth
            let top = place.row * Self.cityHeight
            labels.append(Label(x: "\(left)", y: "\(top + 14)", text: city.shortName))
            for (position, tenant) in city.tenants.enumerated() {
                tiles.append(
                    Tile(
                        x: "\(left + position % Self.columns * Self.tileStep)",
                        y: "\(top + 22 + position / Self.columns * Self.tileStep)",
                        title: "\(tenant.name) · \(tenant.status)", href: tenant.href, isPublished: tenant.isPublished))
            }
        }
        self.tiles = tiles
        self.labels = labels
        width = "\(4 * Self.cityWidth)"
        let rows = cities.enumerated().map { (Self.places[TenantCode(rawValue: $1.code)]?.row ?? 4 + $0 / 4) + 1 }.max()
        height = "\((rows ?? 1) * Self.cityHeight)"
    }
}
