import Hummingbird

/// Finds out who is signed in. A forged or expired token counts as nobody.
struct SessionReader: RouterMiddleware {
    typealias Context = ZoneContext
    let frame: ZoneFrame

    func handle(
        _ request: Request, context: ZoneContext, next: (Request, ZoneContext) async throws -> Response
    ) async throws -> Response {
        guard !Self.isAnonymous(request.uri.path), let token = request.cookies[ZoneCookies.session]?.value,
            !token.isEmpty
        else { return try await next(request, context) }
        var context = context
        do {
            context.viewer = try await frame.readSession(token)
        } catch {
            return ErrorAnswer(frame: frame).answer(error, request, context)
        }
        var response = try await next(request, context)
        if context.viewer == nil, response.headers[.setCookie] == nil {
            response.setCookie(ZoneCookies.removed(ZoneCookies.session, frame.settings))
        }
        return response
    }

    /// Addresses whose answer is the same for everybody need no look into the database.
    private static func isAnonymous(_ path: String) -> Bool {
        path.hasPrefix("/assets/") || path == "/healthz" || path == "/readyz"
    }
}
