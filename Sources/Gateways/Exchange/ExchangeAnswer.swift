/// What the exchange answered to a query that it accepted.
enum ExchangeAnswer: Hashable, Sendable {
    /// The whole envelope, `code` and `data` included.
    case envelope(JSONValue)
    case queued
    case notSupported

    /// Reads `{code, message, data}`. Codes come as numbers or texts: 200 or "0" good, 202 queued, 300 failed,
    /// 501 not supported, -1 and `E-…` refused. A code of the body says more than the HTTP status and is read first.
    init(_ reply: HTTPReply) throws(GatewayError) {
        let envelope: JSONValue?
        // A body that is not JSON is judged by the status below.
        do throws(GatewayError) { envelope = try JSONValue(parsing: reply.body) } catch { envelope = nil }
        let code = envelope?["code"]?.textOrNumber
        switch (code, reply.status) {
        case ("E-106", _): throw .notAuthorised
        case ("-1", _), (_, 401): throw .badSignature
        case (let code?, _) where code.hasPrefix("E-"): throw .badSignature
        case (_, 403): throw .notAuthorised
        case ("501", _): self = .notSupported
        case (_, 500...): throw .serverError(status: reply.status)
        case ("300", _): throw .serverError(status: 300)
        case ("202", 200..<300): self = .queued
        case ("200", 200), ("0", 200):
            guard let envelope else { throw .unreadable }
            self = .envelope(envelope)
        case (_, 400...): throw .serverError(status: reply.status)
        default: throw .unreadable
        }
    }
}
