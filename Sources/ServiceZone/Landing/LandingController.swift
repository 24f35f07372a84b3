import Hummingbird
import Services

/// The first page.
struct LandingController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/") { _, context in
            let page = LandingPage(
                zone.platform.tenants(), isSignedIn: context.viewer != nil, words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
    }
}
