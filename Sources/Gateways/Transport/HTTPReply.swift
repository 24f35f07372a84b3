/// One HTTP reply, complete in memory.
public struct HTTPReply: Hashable, Sendable {
    public let status: Int
    /// In the order received; a header that came several times (`set-cookie`) stands several times.
    public let headers: [HTTPHeader]
    public let body: [UInt8]

    public init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of this name, whatever its case.
    public func header(_ name: String) -> String? { headers(named: name).first }

    /// All headers of this name, whatever its case.
    public func headers(named name: String) -> [String] {
        let lowered = name.lowercased()
        return headers.filter { $0.name.lowercased() == lowered }.map(\.value)
    }

    /// The body as UTF-8 text; what is not UTF-8 becomes replacement characters.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
