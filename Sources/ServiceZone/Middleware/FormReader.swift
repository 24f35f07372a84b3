import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Services

/// Reads the form of a POST within bounds and refuses one that does not carry the session's token.
struct FormReader: RouterMiddleware {
    typealias Context = ZoneContext
    let frame: ZoneFrame

    /// Most bytes of a form of texts.
    static let largestForm = 64 * 1024
    /// Most bytes of a photograph.
    static let largestPhoto = 8 * 1024 * 1024
    /// A form with a photograph: the file, its texts and the boundaries.
    static let largestUpload = largestPhoto + 2 * largestForm

    func handle(
        _ request: Request, context: ZoneContext, next: (Request, ZoneContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .post else { return try await next(request, context) }
        var context = context
        context.form = try await read(request)
        try Self.checkOrigin(request, context)
        if let viewer = context.viewer { try frame.countForm(viewer) }
        return try await next(request, context)
    }

    private func read(_ request: Request) async throws -> ReceivedForm {
        let contentType = request.headers[.contentType] ?? ""
        let boundary = MultipartForm.boundary(in: contentType)
        let limit = boundary == nil ? Self.largestForm : Self.largestUpload
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw HTTPError(.contentTooLarge)
        }
        let buffer = try await request.body.collect(upTo: limit)
        if let boundary { return try MultipartForm.read(Array(buffer.readableBytesView), boundary: boundary) }
        guard buffer.readableBytes == 0 || contentType.lowercased().hasPrefix("application/x-www-form-urlencoded")
        else {
            throw HTTPError(.unsupportedMediaType)
        }
        return try URLEncodedForm.read(buffer.readableBytesView)
    }

    /// Within a session the token decides. Without one there is nothing to forge but a preference; a browser that says
    /// the form comes from another site is believed.
    private static func checkOrigin(_ request: Request, _ context: ZoneContext) throws {
        if let viewer = context.viewer {
            guard ConstantTime.areEqual(context.form["csrf"], viewer.csrf) else { throw ZoneError.forgedForm }
            return
        }
        guard request.uri.path == "/preferences" else { throw ZoneError.signInNeeded }
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name], site == "cross-site" {
            throw ZoneError.forgedForm
        }
    }
}
