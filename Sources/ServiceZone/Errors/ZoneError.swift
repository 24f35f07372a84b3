/// Why the portal cannot be served, or a request cannot be answered as asked. Never carries personal data.
public enum ZoneError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Templates do not fit their pages or the messages; every problem is listed.
    case templates([String])
    case messages([String])
    /// A form came without the session's token, or with another one.
    case forgedForm
    /// Nobody is signed in.
    case signInNeeded
    /// The browser came back from the identity provider without what it left with.
    case signInFailed
    /// A form of a kind or shape that cannot be read.
    case unreadableForm

    public var code: String {
        switch self {
        case .templates: "zone.templates"
        case .messages: "zone.messages"
        case .forgedForm: "zone.forged_form"
        case .signInNeeded: "zone.sign_in_needed"
        case .signInFailed: "zone.sign_in_failed"
        case .unreadableForm: "zone.unreadable_form"
        }
    }

    public var description: String {
        switch self {
        case .templates(let problems), .messages(let problems): problems.joined(separator: "\n")
        default: code
        }
    }
}
