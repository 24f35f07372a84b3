public import Enrollment

/// Why a use case did not do what was asked. Carries codes and receipt numbers, never personal data.
public enum ServiceError: Error, Sendable, Equatable {
    /// There is no such thing, or it belongs to somebody else: the two are never told apart.
    case notFound
    /// The viewer lacks the role.
    case forbidden
    /// The form was filled in a way that cannot be taken; nothing was lost.
    case invalid([FormProblem])
    /// The registration window is not open yet, or closed.
    case windowClosed(Calendar.Window, Calendar)
    /// The child has a live application already; the receipt is given when it is the viewer's own.
    case childClaimed(ReceiptNumber?)
    /// The same submission key was used with another content.
    case submissionKeyReused
    /// The application has moved on; the page shows where it stands now.
    case stateChanged(ApplicationState)
    /// The same person may not sign twice.
    case sameReviewer
    /// The roster cannot freeze yet.
    case rosterNotReady(RosterProblem)
    /// A source the page itself needs does not answer now.
    case sourceUnavailable(CredentialID)
    /// More arrives than can be taken in now. Nothing was taken in; the same form may be sent again after so long.
    case overloaded(retryAfterSeconds: Int)
    /// This person has sent more forms than anybody can fill in.
    case tooMany(retryAfterSeconds: Int)
    /// The season is over: nothing of it changes any more.
    case seasonClosed
    /// The upload cannot be taken.
    case upload(UploadProblem)

    /// The stable code shown to operators and in interfaces.
    public var code: String {
        switch self {
        case .notFound: "service.not_found"
        case .forbidden: "service.forbidden"
        case .invalid: "service.invalid"
        case .windowClosed(.notOpen, _): "service.window_not_open"
        case .windowClosed: "service.window_closed"
        case .childClaimed: "service.child_claimed"
        case .submissionKeyReused: "service.submission_key_reused"
        case .stateChanged: "service.state_changed"
        case .sameReviewer: "service.same_reviewer"
        case .rosterNotReady: "service.roster_not_ready"
        case .sourceUnavailable: "service.source_unavailable"
        case .overloaded: "service.overloaded"
        case .tooMany: "service.too_many"
        case .seasonClosed: "service.season_closed"
        case .upload: "service.upload"
        }
    }
}

/// A field of a form and what is wrong with it.
public struct FormProblem: Hashable, Sendable, Codable {
    /// The field's name in the form, such as `certificate_number`.
    public let field: String
    /// A key of the message files, such as `id_number.check_digit`.
    public let code: String
    /// Values for the message, never personal data.
    public let values: [String: String]

    public init(_ field: String, _ code: String, _ values: [String: String] = [:]) {
        self.field = field
        self.code = code
        self.values = values
    }
}

/// Why an uploaded file is refused.
public enum UploadProblem: String, Sendable, Hashable {
    case tooLarge = "too_large", notAnImage = "not_an_image", tooMany = "too_many", damaged
}

/// Why a roster cannot be frozen now.
public enum RosterProblem: Sendable, Hashable {
    /// The day has not come.
    case beforeFreeze(CivilDate)
    /// Applications are unresolved and a source may still answer until then.
    case sourcesMayAnswer(applications: Int, until: Instant)
    /// Applications are unresolved; they may enter provisionally, and an officer has to say so.
    case unresolved([ApplicationState: Int])
    /// A run is finished and waits for its release.
    case runWaitsForRelease
    /// Nobody is qualified.
    case nobody
}
