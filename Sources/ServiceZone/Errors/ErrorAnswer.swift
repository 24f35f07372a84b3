import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Writes an error for its reader: a redirection to the sign-in, RFC 9457 below `/api`, a page everywhere else.
struct ErrorAnswer {
    let frame: ZoneFrame

    func answer(_ error: any Error, _ request: Request, _ context: ZoneContext) -> Response {
        let kind = ErrorKind(error)
        if kind.status.code >= 500 { log(error, kind, context) }
        let isInterface = request.uri.path.hasPrefix("/api/")
        if kind.status == .unauthorized, !isInterface { return Response.seeOther(Self.signInAddress(request)) }
        var response = isInterface ? problem(kind, context) : page(kind, context)
        if let seconds = kind.retryAfterSeconds { response.headers[.retryAfter] = "\(seconds)" }
        if let error = error as? HTTPError { response.headers.append(contentsOf: error.headers) }
        return response
    }

    /// A page asked for comes back after the sign-in; a form cannot. A form also must not be led on to another site, which
    /// `form-action 'self'` forbids, so that the sign-in asks first.
    private static func signInAddress(_ request: Request) -> String {
        request.method == .get || request.method == .head
            ? "/sign-in?next=" + ReturnPath(request.uri.path).value : "/sign-in?next=/family&ask=yes"
    }

    private func page(_ kind: ErrorKind, _ context: ZoneContext) -> Response {
        let page = ErrorPage(kind, requestID: context.requestID, words: frame.words(context))
        do {
            return try frame.respond(page, context, status: kind.status)
        } catch {
            log(error, kind, context)
            return .text("\(page.title)\n\(context.requestID)\n", status: kind.status)
        }
    }

    private func problem(_ kind: ErrorKind, _ context: ZoneContext) -> Response {
        let words = frame.words(context)
        let details = ProblemDetails(
            type: "about:blank", title: words("error.\(kind.words).title", kind.values), status: kind.status.code,
            detail: words("error.\(kind.words).text", kind.values), code: kind.code, requestID: context.requestID)
        return details.response
    }

    /// Errors of this product carry codes and ids only; of others nothing but the type is written.
    private func log(_ error: any Error, _ kind: ErrorKind, _ context: ZoneContext) {
        let type = String(reflecting: Swift.type(of: error))
        let isOwn = ["Storage.", "StorageDrivers.", "Services.", "ServiceZone.", "Enrollment.", "Gateways."]
            .contains { type.hasPrefix($0) }
        context.logger.error(
            "request failed",
            metadata: [
                "code": "\(kind.code)", "type": "\(type)",
                "error": "\(isOwn ? String(describing: error) : "not shown")",
                "route": "\(context.endpointPath ?? "none")",
            ])
    }
}
