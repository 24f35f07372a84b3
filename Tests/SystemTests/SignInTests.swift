import Enrollment
import Foundation
import Gateways
import Storage
import StorageDrivers
import Testing

@testable import Sandbox

extension SystemTests {
    @Test("Forged, foreign, expired and signed-out sessions see nothing; a sign-in that is not this browser's fails")
    func sessionsAndSignIn() async throws {
        try await Workbench.run { bench, _ in
            let (own, other) = (bench.visit(bench.plainFamilies[0]), bench.visit(bench.plainFamilies[1]))
            let receipt = try await own.file()
            _ = try await other.replay.signIn()
            let session = try #require(await own.session())
            let stranger = try #require(await other.session())
            try await checkForged(bench, receipt)
            try await checkForeign(bench, receipt, session: session, stranger: stranger)
            try await checkReturnPaths(bench)
            try await checkStateAndCode(bench, subject: other.family.subject)
            try await checkEnd(bench, own, session: session)
            try await checkExpired(bench, session: stranger)
        }
    }

    @Test("While the identity provider is down the portal serves, and sign-in says in words that it has to wait")
    func providerDown() async throws {
        try await Workbench.run { bench, _ in
            try await bench.stopSandbox()
            #expect(try await bench.transport.get(bench.portal + "/sign-in?next=/family").status == 503)
            for path in ["/", "/t/430922", "/healthz"] {
                #expect(try await bench.transport.get(bench.portal + path).status == 200)
            }
        }
    }

    private func checkForged(_ bench: Workbench, _ receipt: String) async throws {
        for token in ["", "0", String(repeating: "0", count: 64), String(repeating: "é", count: 32), "' OR 1=1"] {
            let cookies = ["ruxue_session": token]
            let page = try await bench.transport.get(bench.portal + "/family", cookies: cookies)
            #expect(page.status == 303)
            #expect(page.header("location")?.hasPrefix("/sign-in") == true)
            for path in ["/family/applications/\(receipt)", "/county/430922"] {
                #expect(try await bench.transport.get(bench.portal + path, cookies: cookies).status == 303)
            }
            let reply = try await bench.transport.get(
                bench.portal + "/api/v1/applications/\(receipt)", cookies: cookies)
            #expect(reply.status == 401)
            #expect(reply.header("content-type")?.hasPrefix("application/problem+json") == true)
        }
    }

    /// Another family's session, on everything that a receipt number leads to.
    private func checkForeign(_ bench: Workbench, _ receipt: String, session: String, stranger: String) async throws {
        let base = "/family/applications/\(receipt)"
        let paths = [
            base, base + "/why", base + "/receipt", base + "/events", base + "/withdraw",
            base + "/repair/real_estate_title", base + "/person/real_estate_title", "/api/v1/applications/\(receipt)",
            "/county/430922/cases/\(receipt)",
        ]
        for path in paths {
            let reply = try await bench.transport.get(bench.portal + path, cookies: ["ruxue_session": stranger])
            #expect([403, 404].contains(reply.status), "\(path): \(reply.status)")
        }
        let own = try await bench.transport.get(bench.portal + base, cookies: ["ruxue_session": session])
        #expect(own.status == 200)
    }

    private func checkReturnPaths(_ bench: Workbench) async throws {
        let hostile = [
            "//evil.example", "https://evil.example", "/%5Cevil.example", "/%09/evil.example", "family", "/../x",
        ]
        for (index, next) in hostile.enumerated() {
            let browser = ReplayBrowser(origin: bench.portal, exchange: Wire(bench.transport).exchange)
            let page = try await browser.signIn(as: bench.plainFamilies[index].subject, next: next)
            #expect(page.address.origin == bench.portal)
            #expect(page.address.path == "/family", "\(next)")
            // The same for somebody who is signed in already.
            #expect(try await browser.signIn(as: "", next: next).address.path == "/family", "\(next)")
        }
    }

    private func checkStateAndCode(_ bench: Workbench, subject: String) async throws {
        let wire = Wire(bench.transport)
        _ = try await ReplayBrowser(origin: bench.portal, exchange: wire.exchange).signIn(as: subject, next: "/family")
        let replies = await wire.replies
        let callback = try #require(replies.first { $0.request.address.contains("/sign-in/callback") })
        #expect(callback.reply.header("set-cookie") != nil)
        let cookie = try #require(callback.request.headers.first { $0.name == "Cookie" }?.value)
        try await expectRefused(bench, callback.request.address, cookie: cookie, "a code is good once")

        // A fresh code with another browser's state, without the cookie, and with a forged one.
        let fresh = try await freshCallback(bench, subject)
        let code = try #require(
            fresh.address.split(separator: "?").last?.split(separator: "&").first { $0.hasPrefix("code=") })
        try await expectRefused(
            bench, "\(bench.portal)/sign-in/callback?\(code)&state=\(String(repeating: "0", count: 64))",
            cookie: fresh.cookie, "the state is another")
        try await expectRefused(bench, fresh.address, cookie: nil, "the browser began no sign-in")
        try await expectRefused(bench, fresh.address, cookie: "ruxue_sign_in=00ff", "the cookie is forged")
        try await expectRefused(bench, fresh.address, cookie: cookie, "the cookie is of another sign-in")
        try await expectRefused(
            bench, "\(bench.portal)/sign-in/callback?error=access_denied&state=x", cookie: fresh.cookie, "refused there"
        )
    }

    /// A sign-in up to, but without, the portal's callback.
    private func freshCallback(_ bench: Workbench, _ subject: String) async throws -> (address: String, cookie: String)
    {
        let start = try await bench.transport.get(bench.portal + "/sign-in?next=/family")
        let cookie = try #require(start.header("set-cookie")?.split(separator: ";").first.map(String.init))
        let authorize = try #require(start.header("location"))
        let query = try #require(authorize.split(separator: "?").last)
        let chosen = try await bench.transport.send(
            ReplayRequest(
                method: "POST", address: bench.sandbox + "/oauth2/authorize/choose",
                headers: [("Content-Type", FormBody.urlencodedType)], body: Array("\(query)&subject=\(subject)".utf8)))
        return (try #require(chosen.header("location")), cookie)
    }

    private func expectRefused(
        _ bench: Workbench, _ address: String, cookie: String?, _ why: Comment
    ) async throws {
        let headers = [(name: "Accept", value: "text/html")] + (cookie.map { [(name: "Cookie", value: $0)] } ?? [])
        let reply = try await bench.transport.send(
            ReplayRequest(method: "GET", address: address, headers: headers, body: []))
        #expect(reply.status == 403, why)
        let gets = reply.headers.contains { header in
            header.name.lowercased() == "set-cookie"
                && !(FamilyVisit.value(of: "ruxue_session", in: header.value) ?? "").isEmpty
        }
        #expect(!gets, why)
    }

    /// Signing out ends the session itself, not only the browser's copy of it.
    private func checkEnd(_ bench: Workbench, _ visit: FamilyVisit, session: String) async throws {
        let page = try await visit.browser.open("/family").checked()
        let form = try #require(page.form(endingIn: "/sign-out"))
        _ = try await visit.browser.send(form, on: page)
        let after = try await bench.transport.get(bench.portal + "/family", cookies: ["ruxue_session": session])
        #expect(after.status == 303)
    }

    private func checkExpired(_ bench: Workbench, session: String) async throws {
        let cookies = ["ruxue_session": session]
        #expect(try await bench.transport.get(bench.portal + "/family", cookies: cookies).status == 200)
        let database = try await SQLiteDatabase.open(path: bench.data.appendingPathComponent("ruxue.sqlite").path)
        try await database.write(.queue) { try $0.execute("UPDATE session SET expires_at = 1") }
        try await database.close()
        #expect(try await bench.transport.get(bench.portal + "/family", cookies: cookies).status == 303)
    }
}
