import HTTPTypes
public import Hummingbird

/// The order of the middleware. Routes are added by areas; ``closeMethods(of:)`` comes last.
func framedRouter(_ frame: ZoneFrame) -> Router<ZoneContext> {
    let router = Router(context: ZoneContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestFrame())
    router.add(middleware: SessionReader(frame: frame))
    router.add(middleware: ErrorPages(frame: frame))
    router.add(middleware: FormReader(frame: frame))
    return router
}

/// Answers 405 with `Allow` for the methods that a known path does not take; the router alone would say 404.
func closeMethods(of router: Router<ZoneContext>) {
    var known: [String: (path: RouterPath, methods: Set<HTTPRequest.Method>)] = [:]
    for route in router.routes {
        known[route.path.description, default: (route.path, [])].methods.insert(route.method)
    }
    for (path, methods) in known.values {
        let allowed = methods.union(methods.contains(.get) ? [.head] : []).map(\.rawValue).sorted()
            .joined(separator: ", ")
        for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch] where !methods.contains(method) {
            router.on(path, method: method) { _, _ -> Response in
                throw HTTPError(.methodNotAllowed, headers: [.allow: allowed])
            }
        }
    }
}

/// Every route of the portal, in one table.
public func serviceZoneRouter(_ zone: Zone) -> Router<ZoneContext> {
    let router = framedRouter(zone.frame)
    AssetController(assets: zone.frame.renderer.assets).addRoutes(to: router)
    HealthController(frame: zone.frame).addRoutes(to: router)
    PreferencesController(settings: zone.frame.settings).addRoutes(to: router)
    SignInController(zone: zone).addRoutes(to: router)
    LandingController(zone: zone).addRoutes(to: router)
    FamilyController(zone: zone).addRoutes(to: router)
    DraftController(zone: zone).addRoutes(to: router)
    ApplicationController(zone: zone).addRoutes(to: router)
    EventsController(zone: zone).addRoutes(to: router)
    RepairController(zone: zone).addRoutes(to: router)
    TenantController(zone: zone).addRoutes(to: router)
    CountyController(zone: zone).addRoutes(to: router)
    CaseController(zone: zone).addRoutes(to: router)
    AdmissionController(zone: zone).addRoutes(to: router)
    ProvinceController(zone: zone).addRoutes(to: router)
    InterfaceController(zone: zone).addRoutes(to: router)
    closeMethods(of: router)
    return router
}
