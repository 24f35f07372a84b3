/// A header of a request or a reply.
public struct HTTPHeader: Hashable, Sendable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One HTTP request, complete in memory.
public struct HTTPRequest: Hashable, Sendable, CustomStringConvertible {
    public enum Method: String, Sendable, Codable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    public var method: Method
    /// An absolute http or https address, already percent-encoded.
    public var url: String
    public var headers: [HTTPHeader]
    /// Nil sends no body; a POST, PUT or PATCH without one has length 0.
    public var body: [UInt8]?
    /// From the call until the last byte of the reply, waiting for a connection included.
    public var deadlineMilliseconds: Int
    /// A larger reply is an error (``TransportError/tooLarge``).
    public var maxReplyBytes: Int
    /// How many redirects are followed; with 0 the caller gets the redirect itself.
    public var maxRedirects: Int

    public init(
        _ method: Method, _ url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
        deadlineMilliseconds: Int, maxReplyBytes: Int = 1 << 20, maxRedirects: Int = 0
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadlineMilliseconds = deadlineMilliseconds
        self.maxReplyBytes = maxReplyBytes
        self.maxRedirects = maxRedirects
    }

    /// Method and address without its query; headers and body may carry secrets and personal data.
    public var description: String { "\(method.rawValue) \(url.prefix { $0 != "?" && $0 != "#" })" }

    /// Whether nothing in the request could be read as another header or another request.
    var isWellFormed: Bool {
        let lowered = url.lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://"), deadlineMilliseconds > 0,
            url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { return false }
        return headers.allSatisfy { header in
            !header.name.isEmpty && header.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
                && header.value.utf8.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
        }
    }
}
