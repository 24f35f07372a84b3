/// An absolute http or https address in its parts; what a browser needs to follow links.
struct WebAddress: Hashable, Sendable {
    let scheme: String
    /// Without the port.
    let host: String
    /// `host:port` as written.
    let authority: String
    /// Begins with a slash.
    let path: String
    /// With its question mark, or empty.
    let query: String

    var text: String { "\(origin)\(path)\(query)" }
    var origin: String { "\(scheme)://\(authority)" }

    /// The path up to its last slash, without it; `/` at the top (RFC 6265, 5.1.4).
    var directory: String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    init?(_ text: String) {
        guard let colons = text.firstRange(of: "://") else { return nil }
        scheme = text[..<colons.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        var rest = text[colons.upperBound...]
        if let hash = rest.firstIndex(of: "#") { rest = rest[..<hash] }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        authority = String(rest[..<end])
        guard !authority.isEmpty else { return nil }
        host = String(authority.split(separator: ":").first ?? "")
        rest = rest[end...]
        let question = rest.firstIndex(of: "?") ?? rest.endIndex
        path = question == rest.startIndex ? "/" : String(rest[..<question])
        query = String(rest[question...])
    }

    /// The address a link on this page leads to (RFC 3986, 5.2, without `..`).
    func resolving(_ link: String) -> WebAddress? {
        if link.hasPrefix("http://") || link.hasPrefix("https://") { return WebAddress(link) }
        if link.hasPrefix("//") { return WebAddress("\(scheme):\(link)") }
        if link.hasPrefix("/") { return WebAddress(origin + link) }
        if link.isEmpty || link.hasPrefix("#") { return self }
        if link.hasPrefix("?") { return WebAddress(origin + path + link) }
        return WebAddress(origin + (directory == "/" ? "" : directory) + "/" + link)
    }
}
