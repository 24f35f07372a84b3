/// Why an HTTP exchange gave no reply.
public enum TransportError: String, Error, Hashable, Sendable, Codable {
    /// The deadline passed.
    case timeout
    /// Nothing came back: name not found, connection refused or lost, TLS failed.
    case connection
    /// What came back is not HTTP, or ended too early.
    case badReply = "bad_reply"
    /// The reply is larger than the request allows.
    case tooLarge = "too_large"
    /// The asking task was cancelled.
    case cancelled
    /// The transport has been shut down.
    case shutDown = "shut_down"
    /// The request cannot be sent: not an http or https address, or control characters where none may be.
    case malformedRequest = "malformed_request"

    /// A stable name for logs, metrics and tests.
    public var code: String { "gateways.\(rawValue)" }
}
