/// One HTTP request that a replayed browser makes. The client that carries it follows no redirect and keeps no cookie.
public struct ReplayRequest: Sendable {
    public let method: String
    /// Absolute, percent-encoded.
    public let address: String
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(method: String, address: String, headers: [(name: String, value: String)], body: [UInt8]) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
    }
}

/// What came back, whatever its status.
public struct ReplayReply: Sendable {
    public let status: Int
    /// In the order in which they came; `Set-Cookie` may stand several times.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header; names are compared without case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Carries one request. Throws only when there was no reply at all.
public typealias ReplayExchange = @Sendable (ReplayRequest) async throws -> ReplayReply
