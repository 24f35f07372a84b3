/// What an operator sets about the portal.
public struct ZoneSettings: Sendable {
    /// The address under which browsers reach the portal, without a slash at the end: `https://ruxue.example`.
    public let publicAddress: String

    public init(publicAddress: String) { self.publicAddress = publicAddress }

    /// Cookies travel over TLS only, unless the public address itself is plain (a demonstration).
    var cookiesAreSecure: Bool { publicAddress.hasPrefix("https://") }
}
