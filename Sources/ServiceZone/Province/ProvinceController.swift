import Enrollment
import Hummingbird
import Services
import Tenancy

/// The province's desk below `/province`: counts, and nothing that leads to a family.
struct ProvinceController {
    private struct Place: Hashable {
        let language: Language
        let city: TenantCode?
    }

    private struct Rendered: Sendable {
        let page: NumbersPage
        let body: String
    }

    private let zone: Zone
    /// What is the same for everybody who looks at the same numbers.
    private let rendered = Latest<Place, Rendered>()

    init(zone: Zone) { self.zone = zone }

    func addRoutes(to router: Router<ZoneContext>) {
        router.get("/province", use: province)
        router.get("/province/cities/:code", use: city)
    }

    @Sendable private func province(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try await answer(nil, context)
    }

    @Sendable private func city(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try await answer(context.tenantCode(), context)
    }

    private func answer(_ city: TenantCode?, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let numbers = try await ReadProvince(zone.platform)(viewer)
        let registry = zone.platform.tenants()
        if let city, !NumbersPage.cities(registry).contains(city) { throw ServiceError.notFound }
        let layout = zone.frame.layout(context)
        let made = try rendered(Place(language: context.language, city: city), of: numbers.asOf) {
            let page = NumbersPage(numbers, city: city, registry: registry, words: zone.frame.words(context))
            return Rendered(page: page, body: try zone.frame.renderer.body(page, layout))
        }
        return .html(try zone.frame.renderer.document(made.page, layout, body: made.body))
    }
}
