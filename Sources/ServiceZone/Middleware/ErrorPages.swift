import Hummingbird

/// Turns whatever a handler throws into an answer with a request id and a next step.
struct ErrorPages: RouterMiddleware {
    typealias Context = ZoneContext
    let frame: ZoneFrame

    func handle(
        _ request: Request, context: ZoneContext, next: (Request, ZoneContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return ErrorAnswer(frame: frame).answer(error, request, context)
        }
    }
}
