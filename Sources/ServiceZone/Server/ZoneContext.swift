public import Enrollment
public import Hummingbird
import HummingbirdCore
public import Logging
public import Services

/// What is known of a request while it is answered.
public struct ZoneContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Shown on error pages and written to the log, so that a caller's complaint can be found.
    public let requestID: String
    public var language: Language = .zh
    public var isLargeType = false
    /// Nil where nobody is signed in.
    public var viewer: Viewer?
    /// The path of the request, without its query.
    public var path = "/"
    /// What a POST carried; its token has been checked.
    public var form = ReceivedForm()

    public init(source: ApplicationRequestContextSource) { self.init(logger: source.logger) }

    /// A context without a connection, for tests of the router.
    public init(logger: Logger) {
        coreContext = CoreRequestContextStorage(source: LoggerOnly(logger: logger))
        requestID = logger[metadataKey: "hb.request.id"]?.description ?? "none"
    }

    /// - Throws: ``ZoneError/signInNeeded``, which becomes a redirection to the sign-in.
    public func requireViewer() throws -> Viewer {
        guard let viewer else { throw ZoneError.signInNeeded }
        return viewer
    }

    private struct LoggerOnly: RequestContextSource {
        let logger: Logger
    }
}
