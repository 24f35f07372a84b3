import Foundation

@testable import Sandbox

/// One generated family at its browser.
struct FamilyVisit: Sendable {
    let family: GeneratedFamily
    let wire: Wire
    let browser: ReplayBrowser
    let replay: FamilyReplay

    init(_ family: GeneratedFamily, portal: String, wire: Wire) {
        self.family = family
        self.wire = wire
        browser = ReplayBrowser(origin: portal, exchange: wire.exchange)
        replay = FamilyReplay(family: family, browser: browser, pace: ReplayPace(limit: .seconds(60)))
    }

    var child: GeneratedChild { family.children[0] }

    /// Signs in, fills every page and submits; answers the receipt.
    @discardableResult
    func file() async throws -> String {
        _ = try await replay.signIn()
        return try await replay.file(child)
    }

    /// The secret of the session, as its cookie holds it.
    func session() async -> String? {
        for (_, reply) in await wire.replies.reversed() {
            for header in reply.headers where header.name.lowercased() == "set-cookie" {
                if let value = Self.value(of: "ruxue_session", in: header.value), !value.isEmpty { return value }
            }
        }
        return nil
    }

    static func value(of cookie: String, in header: String) -> String? {
        guard header.hasPrefix(cookie + "="), let first = header.split(separator: ";").first else { return nil }
        return String(first.dropFirst(cookie.count + 1))
    }

    /// Receipts of applications that the family's first page links to, each once.
    func listedReceipts() async throws -> Set<String> {
        let page = try await browser.open("/family").checked()
        return Set(
            page.links.compactMap { link in
                let parts = page.address.resolving(link.target)?.path.split(separator: "/") ?? []
                return parts.count == 3 && parts[1] == "applications" ? String(parts[2]) : nil
            })
    }
}
