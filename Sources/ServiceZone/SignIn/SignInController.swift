import Hummingbird
import Services

/// Sends browsers to the identity provider and takes them back.
struct SignInController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        let zone = zone
        let settings = zone.frame.settings
        router.get("/sign-in") { request, context -> Response in
            let family = ReturnPath.family.value
            let next = ReturnPath(request.uri.queryParameters.get("next") ?? family, fallback: family)
            if context.viewer != nil { return .seeOther(next.value) }
            if request.uri.queryParameters.get("ask") == "yes" {
                let page = ErrorPage(
                    ErrorKind(ZoneError.signInNeeded), requestID: context.requestID, words: zone.frame.words(context))
                return try zone.frame.respond(page, context)
            }
            let start = try await BeginSignIn(zone.platform)(returnTo: next.value)
            var response = Response.seeOther(start.address)
            response.setCookie(ZoneCookies.secret(ZoneCookies.signIn, start.cookie, settings, maxAge: 600))
            return response
        }
        router.get("/sign-in/callback") { request, _ -> Response in
            let query = request.uri.queryParameters
            guard let code = query.get("code"), let state = query.get("state"),
                let cookie = request.cookies[ZoneCookies.signIn]?.value
            else { throw ZoneError.signInFailed }
            let signedIn: SignedIn
            do {
                signedIn = try await CompleteSignIn(zone.platform)(code: code, state: state, cookie: cookie)
            } catch ServiceError.forbidden {
                throw ZoneError.signInFailed
            } catch  where ServiceError.overloaded(by: error) != nil {
                // The provider's code is used up: asked for again, this address could only fail.
                return .seeOther("/sign-in/later")
            }
            var response = Response.seeOther(ReturnPath(signedIn.returnTo).value)
            response.setCookie(ZoneCookies.secret(ZoneCookies.session, signedIn.token, settings))
            response.setCookie(ZoneCookies.removed(ZoneCookies.signIn, settings))
            return response
        }
        // Waits, as a page that may be asked for again, until there is a database to sign in to.
        router.get("/sign-in/later") { _, _ -> Response in
            guard await zone.frame.isReady() else { throw ServiceError.overloaded(retryAfterSeconds: 3) }
            return .seeOther("/sign-in?next=\(ReturnPath.family.value)")
        }
        router.post("/sign-out") { request, _ -> Response in
            if let token = request.cookies[ZoneCookies.session]?.value {
                try await SignOut(zone.platform)(token: token)
            }
            var response = Response.seeOther("/")
            response.setCookie(ZoneCookies.removed(ZoneCookies.session, settings))
            return response
        }
    }
}
