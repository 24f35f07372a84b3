import Hummingbird
import Services

/// The first page, and the one that helps.
struct LandingController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/") { _, context in
            let page = LandingPage(
                zone.platform.tenants(), isSignedIn: context.viewer != nil, words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
        router.get("/help") { _, context in
            try zone.frame.respond(HelpPage(zone.frame.words(context)), context)
        }
    }
}
