import Enrollment
import Hummingbird
import Services
import Tenancy

/// Lists, seats and children left, as `/county` shows them.
struct CountyController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        router.get("/county", use: choose)
        router.get("/county/:code", use: list)
        router.get("/county/:code/seats", use: seats)
        router.get("/county/:code/left", use: left)
    }

    /// One desk is opened at once; several are listed.
    @Sendable private func choose(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let page = CountyChoicePage(
            viewer: viewer, registry: zone.platform.tenants(), words: zone.frame.words(context))
        if page.desks.count == 1 { return .seeOther(page.desks[0].href) }
        return try zone.frame.respond(page, context, status: page.hasDesks ? .ok : .forbidden)
    }

    @Sendable private func list(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let code = try context.tenantCode()
        let query = request.uri.queryParameters
        let words = zone.frame.words(context)
        let list = try await ReadDesk(zone.platform)(
            viewer, code, state: Self.state(query.get("state"), viewer.roles(in: code)),
            after: query.get("after").flatMap { ReceiptNumber(reading: $0) })
        let page = DeskPage(
            list, viewer: viewer, connectors: zone.platform.tenants().connectors, now: zone.platform.clock.business(),
            notice: DeskNotice.text(request, words), words: words)
        return try zone.frame.respond(page, context)
    }

    @Sendable private func seats(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let view = try await ReadAdmission(zone.platform)(viewer, context.tenantCode())
        return try zone.frame.respond(
            SeatsPage(view, viewer: viewer, words: zone.frame.words(context)), context)
    }

    @Sendable private func left(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let code = try context.tenantCode()
        let lines = try await ReadLeft(zone.platform)(viewer, code)
        guard let tenant = zone.platform.tenants().tenant(code) else { throw ServiceError.notFound }
        return try zone.frame.respond(
            LeftPage(lines, tenant: tenant, viewer: viewer, words: zone.frame.words(context)), context)
    }

    /// The list asked for; without one, what this officer's role has to do.
    static func state(_ text: String?, _ roles: Set<StaffRole>) -> ApplicationState? {
        if let text { return ApplicationState(rawValue: text) }
        if roles.contains(.firstReviewer) { return .firstReview }
        return roles.contains(.secondReviewer) ? .secondReview : nil
    }
}

extension ZoneContext {
    /// The tenant in the address.
    func tenantCode() throws -> TenantCode {
        guard let code = parameters.get("code") else { throw ServiceError.notFound }
        return TenantCode(rawValue: code)
    }
}
