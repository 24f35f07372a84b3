import Hummingbird

/// Keeps a visitor's language and size of type.
struct PreferencesController {
    let settings: ZoneSettings

    func addRoutes(to router: Router<ZoneContext>) {
        router.post("/preferences") { _, context -> Response in
            let form = context.form
            var response = Response.seeOther(ReturnPath(form["back"]).value)
            if ["zh", "en"].contains(form["language"]) {
                response.setCookie(ZoneCookies.preference(ZoneCookies.language, form["language"], settings))
            }
            if ["large", "normal"].contains(form["type"]) {
                response.setCookie(ZoneCookies.preference(ZoneCookies.type, form["type"], settings))
            }
            return response
        }
    }
}
