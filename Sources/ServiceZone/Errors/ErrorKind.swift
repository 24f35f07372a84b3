import Enrollment
import HTTPTypes
import Hummingbird
import Services

/// An error as a family or a client program meets it: the one place where errors become statuses.
struct ErrorKind: Equatable {
    let status: HTTPResponse.Status
    /// The stable code of interfaces.
    let code: String
    /// Key of the words below `error.`.
    let words: String
    /// Values for the words.
    var values: [String: String] = [:]
    /// Where the page's button leads; nil for the first page.
    var nextStep: String?
    /// After how long the same request may be made again.
    var retryAfterSeconds: Int?

    init(
        _ status: HTTPResponse.Status, _ code: String, _ words: String, values: [String: String] = [:],
        nextStep: String? = nil, retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.words = words
        self.values = values
        self.nextStep = nextStep
        self.retryAfterSeconds = retryAfterSeconds
    }

    init(_ error: any Error) {
        switch error {
        case let error as ServiceError: self = Self.service(error)
        case let error as ZoneError: self = Self.zone(error)
        case let error as any HTTPResponseError: self = Self.http(error.status)
        default:
            guard let refusal = ServiceError.refusal(by: error) else {
                self.init(.internalServerError, "zone.internal", "internal")
                return
            }
            self = Self.service(refusal)
        }
    }

    private static func service(_ error: ServiceError) -> ErrorKind {
        switch error {
        case .notFound: ErrorKind(.notFound, error.code, "not_found")
        case .forbidden: ErrorKind(.forbidden, error.code, "forbidden")
        case .invalid, .upload: ErrorKind(.unprocessableContent, error.code, "invalid")
        case .windowClosed(.notOpen, let calendar):
            ErrorKind(
                .unprocessableContent, error.code, "window_not_open",
                values: ["opens": "\(calendar.opens)", "closes": "\(calendar.closes)"], nextStep: "/family")
        case .windowClosed(_, let calendar):
            ErrorKind(
                .unprocessableContent, error.code, "window_closed",
                values: ["opens": "\(calendar.opens)", "closes": "\(calendar.closes)"], nextStep: "/family")
        case .seasonClosed: ErrorKind(.unprocessableContent, error.code, "season_closed", nextStep: "/help")
        case .childClaimed(let receipt?):
            ErrorKind(
                .conflict, error.code, "child_claimed_own", values: ["receipt": receipt.rawValue],
                nextStep: "/family/applications/\(receipt)")
        case .childClaimed: ErrorKind(.conflict, error.code, "child_claimed", nextStep: "/help")
        case .submissionKeyReused: ErrorKind(.conflict, error.code, "submission_key_reused", nextStep: "/family")
        case .stateChanged: ErrorKind(.conflict, error.code, "state_changed", nextStep: "/family")
        case .sameReviewer: ErrorKind(.unprocessableContent, error.code, "same_reviewer", nextStep: "/county")
        case .rosterNotReady: ErrorKind(.unprocessableContent, error.code, "roster_not_ready", nextStep: "/county")
        case .tooMany(let seconds):
            ErrorKind(
                .tooManyRequests, error.code, "too_many", values: ["seconds": "\(seconds)"], nextStep: "/family",
                retryAfterSeconds: seconds)
        case .overloaded(let seconds):
            ErrorKind(
                .serviceUnavailable, error.code, "overloaded", values: ["seconds": "\(seconds)"],
                retryAfterSeconds: seconds)
        case .sourceUnavailable: ErrorKind(.serviceUnavailable, error.code, "source_unavailable", nextStep: "/family")
        }
    }

    private static func zone(_ error: ZoneError) -> ErrorKind {
        switch error {
        case .forgedForm: ErrorKind(.forbidden, error.code, "forged_form")
        case .signInNeeded: ErrorKind(.unauthorized, error.code, "sign_in_needed", nextStep: "/sign-in?next=/family")
        case .signInFailed: ErrorKind(.forbidden, error.code, "sign_in_failed", nextStep: "/sign-in?next=/family")
        case .unreadableForm: ErrorKind(.badRequest, error.code, "unreadable_form")
        case .templates, .messages: ErrorKind(.internalServerError, error.code, "internal")
        }
    }

    private static func http(_ status: HTTPResponse.Status) -> ErrorKind {
        switch status {
        case .notFound: ErrorKind(status, "zone.not_found", "not_found")
        case .methodNotAllowed: ErrorKind(status, "zone.method_not_allowed", "method_not_allowed")
        case .contentTooLarge: ErrorKind(status, "zone.too_large", "too_large")
        case .unsupportedMediaType: ErrorKind(status, "zone.unsupported_media_type", "unreadable_form")
        default:
            status.code < 500
                ? ErrorKind(status, "zone.bad_request", "unreadable_form")
                : ErrorKind(status, "zone.internal", "internal")
        }
    }
}
