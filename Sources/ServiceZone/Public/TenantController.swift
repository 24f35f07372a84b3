import Enrollment
import Hummingbird
import Services
import Tenancy

/// What every tenant has published, for everybody.
struct TenantController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        router.get("/tenants", use: all)
        router.get("/t/:code", use: one)
    }

    @Sendable private func all(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try zone.frame.respond(
            TenantsPage(zone.platform.tenants(), words: zone.frame.words(context)), context)
    }

    @Sendable private func one(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let registry = zone.platform.tenants()
        guard let tenant = registry.tenant(try context.tenantCode()) else { throw ServiceError.notFound }
        let query = request.uri.queryParameters
        let page = TenantPage(
            tenant, registry: registry, today: zone.platform.clock.business().day,
            township: query.get("township") ?? "", community: query.get("community") ?? "",
            words: zone.frame.words(context))
        return try zone.frame.respond(page, context)
    }
}
