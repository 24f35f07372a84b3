/// The processes that are one portal. A browser knows one address; each of its requests goes to the next process, so that
/// no step of a family is answered by the process that answered the step before.
struct ReplayPortals: Sendable {
    /// Without closing slashes; the first is the address that browsers see.
    let origins: [String]

    /// - Precondition: there is one at least.
    init(_ origins: [String]) {
        precondition(!origins.isEmpty, "a portal has an address")
        self.origins = origins
    }

    var canonical: String { origins[0] }

    /// The address as a browser sees it: one of another process is the portal's own.
    func seen(_ address: WebAddress) -> WebAddress {
        guard origins.count > 1, address.origin != canonical, origins.contains(address.origin) else { return address }
        return WebAddress(canonical + address.path + address.query) ?? address
    }

    /// Where a request for this address is sent; other servers' addresses stay as they are.
    func target(of address: WebAddress, turn: Int) -> WebAddress {
        guard origins.count > 1, address.origin == canonical else { return address }
        return WebAddress(origins[turn % origins.count] + address.path + address.query) ?? address
    }
}
