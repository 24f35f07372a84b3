/// The cookies of one browser (RFC 6265, as far as the portal and the identity provider need it). As in a browser, a
/// port does not tell cookies apart.
struct CookieJar: Sendable {
    private struct Key: Hashable {
        let host: String
        let path: String
        let name: String
    }

    private struct Value {
        let text: String
        let isSecure: Bool
    }

    private var cookies: [Key: Value] = [:]

    /// Keeps what a reply sets; a cookie whose age is over is forgotten.
    mutating func keep(_ reply: ReplayReply, from address: WebAddress) {
        for header in reply.headers where header.name.lowercased() == "set-cookie" {
            let parts = header.value.split(separator: ";").map(Self.trimmed)
            guard let first = parts.first, let equals = first.firstIndex(of: "=") else { continue }
            var path = address.directory
            var isSecure = false
            var isOver = false
            for part in parts.dropFirst() {
                let lower = part.lowercased()
                if lower == "secure" { isSecure = true }
                if lower.hasPrefix("path=/") { path = String(part.dropFirst(5)) }
                if lower.hasPrefix("max-age="), let age = Int(part.dropFirst(8)) { isOver = age <= 0 }
                if lower.hasPrefix("expires="), lower.contains("1970") { isOver = true }
            }
            let key = Key(host: address.host, path: path, name: String(first[..<equals]))
            cookies[key] = isOver ? nil : Value(text: String(first[first.index(after: equals)...]), isSecure: isSecure)
        }
    }

    /// The `Cookie` header for a request, or nil without cookies; longer paths first.
    func header(for address: WebAddress) -> String? {
        let fitting = cookies.filter { key, value in
            key.host == address.host && (address.scheme == "https" || !value.isSecure)
                && Self.covers(key.path, address.path)
        }
        guard !fitting.isEmpty else { return nil }
        return fitting.sorted { ($1.key.path.count, $0.key.name) < ($0.key.path.count, $1.key.name) }
            .map { "\($0.key.name)=\($0.value.text)" }.joined(separator: "; ")
    }

    private static func covers(_ prefix: String, _ path: String) -> Bool {
        guard path.hasPrefix(prefix) else { return false }
        return prefix.hasSuffix("/") || path.count == prefix.count || path.dropFirst(prefix.count).first == "/"
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " })
    }
}
