import Enrollment
import HTTPTypes
import Hummingbird
import Logging

/// The outermost layer: preferences, headers that every answer carries, and one line in the access log.
///
/// The line names the route, never the path, so that no receipt number or key of a draft gets into it.
struct RequestFrame: RouterMiddleware {
    typealias Context = ZoneContext

    func handle(
        _ request: Request, context: ZoneContext, next: (Request, ZoneContext) async throws -> Response
    ) async throws -> Response {
        let started = ContinuousClock.now
        var context = context
        let cookies = request.cookies
        context.language = cookies[ZoneCookies.language].flatMap { Language(rawValue: $0.value) } ?? .zh
        context.isLargeType = cookies[ZoneCookies.type]?.value == "large"
        context.path = request.uri.path
        var response = try await next(request, context)
        SecurityHeaders.add(to: &response, requestID: context.requestID)
        let duration = started.duration(to: .now)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)",
                "milliseconds": "\(duration / .milliseconds(1))",
            ])
        return response
    }
}

/// Headers against framing, sniffing, injected scripts and shared caches.
enum SecurityHeaders {
    static let policy =
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

    static func add(to response: inout Response, requestID: String) {
        set(&response, "X-Request-Id", requestID)
        set(&response, "X-Content-Type-Options", "nosniff")
        set(&response, "Referrer-Policy", "same-origin")
        set(&response, "Content-Security-Policy", policy)
        set(&response, "Cache-Control", "no-store")
        set(&response, "Cross-Origin-Opener-Policy", "same-origin")
    }

    /// A handler that has set a header itself knows better: a stricter policy for an attachment, a cache for a style.
    private static func set(_ response: inout Response, _ name: String, _ value: String) {
        guard let field = HTTPField.Name(name), response.headers[field] == nil else { return }
        response.headers[field] = value
    }
}
