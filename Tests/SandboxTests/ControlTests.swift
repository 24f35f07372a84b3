import Enrollment
import Foundation
import Sandbox
import Testing

@Suite struct ControlTests {
    private static let father = SamplePeople.identities[0]

    private func control(
        _ sandbox: RunningSandbox, _ body: String, credential: String = "household"
    ) async throws -> PlainClient.Reply {
        try await sandbox.client.send(
            "PUT", "\(sandbox.address)/control/departments/\(credential)", body: body)
    }

    private func household(_ caller: ExchangeCaller, _ secret: String) async throws -> PlainClient.Reply {
        try await caller.household(secret, number: Self.father.number, name: Self.father.name)
    }

    /// How often the household register was asked.
    private func calls(_ sandbox: RunningSandbox) async throws -> Int {
        let overview = try await sandbox.client.send("GET", sandbox.address + "/control").json
        return (overview["departments"] as? [[String: Any]])?.first?["calls"] as? Int ?? 0
    }

    @Test("a department breaks as told, is healed, and counts its calls")
    func breaking() async throws {
        try await RunningSandbox.serve { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            let secret = try await caller.secret("s_household")
            #expect(try await control(sandbox, #"{"failure":"error500"}"#).status == 200)
            #expect(try await household(caller, secret).status == 500)
            _ = try await control(sandbox, #"{"failure":"queued"}"#)
            #expect(try await household(caller, secret).json["code"] as? String == "202")
            _ = try await control(sandbox, #"{"failure":"not_supported"}"#)
            #expect(try await household(caller, secret).json["code"] as? String == "501")
            _ = try await control(sandbox, #"{"failure":"wrong_signature"}"#)
            #expect(try await household(caller, secret).status == 401)
            _ = try await control(sandbox, #"{"failure":"garbage"}"#)
            #expect(try await household(caller, secret).json.isEmpty)
            _ = try await control(sandbox, #"{"failure":"none"}"#)
            #expect(try await household(caller, secret).json["code"] as? String == "200")

            let overview = try await sandbox.client.send("GET", sandbox.address + "/control").json
            let departments = try #require(overview["departments"] as? [[String: Any]])
            #expect(departments.count == 5)
            #expect(departments[0]["calls"] as? Int == 6)
            #expect(departments[0]["failed"] as? Int == 5)
            #expect(departments[1]["calls"] as? Int == 0)
        }
    }

    @Test("a reply that breaks off, a closed connection and a silent department are no answers")
    func connections() async throws {
        try await RunningSandbox.serve { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            let secret = try await caller.secret("s_household")
            for failure in ["truncated", "down"] {
                _ = try await control(sandbox, "{\"failure\":\"\(failure)\"}")
                await #expect(throws: URLError.self) { try await household(caller, secret) }
            }
            _ = try await control(sandbox, #"{"failure":"hang"}"#)
            async let waiting = household(caller, secret)
            // Two calls came before it; once it is counted, it hangs, and nobody else waits for it.
            while try await calls(sandbox) < 3 {}
            _ = try await control(sandbox, #"{"failure":"none"}"#)
            #expect(try await waiting.status == 503)
            #expect(try await household(caller, secret).status == 200)
            _ = try await control(sandbox, #"{"failure":"oversized"}"#)
            #expect(try await household(caller, secret).body.count > 60_000_000)
        }
    }

    @Test("a failure rate spreads failures evenly, and nonsense is refused")
    func rates() async throws {
        try await RunningSandbox.serve { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            let secret = try await caller.secret("s_household")
            _ = try await control(sandbox, #"{"failure":"error500","failure_rate":0.25}"#)
            var statuses: [Int] = []
            for _ in 0..<8 { statuses.append(try await household(caller, secret).status) }
            #expect(statuses == [200, 200, 200, 500, 200, 200, 200, 500])
            for nonsense in [#"{"failure":"explode"}"#, #"{"failure_rate":2}"#, #"{"latency_ms":-1}"#, "[]"] {
                #expect(try await control(sandbox, nonsense).status == 400)
            }
            #expect(try await control(sandbox, "{}", credential: "weather").status == 404)
        }
    }

    @Test("a person breaks and heals a department with the page's forms, and another site's page cannot")
    func page() async throws {
        try await RunningSandbox.serve { sandbox in
            let page = try await sandbox.client.send("GET", sandbox.address + "/control/")
            #expect(page.text.contains("<h1>部门控制台(演示)</h1>"))
            #expect(page.text.contains("✓ 正常"))
            let address = sandbox.address + "/control/departments/household"
            let form = "failure=down&failure_percent=100&latency_ms=0&jitter_ms=0"
            let foreign = try await sandbox.client.send(
                "POST", address, headers: ["Origin": "http://elsewhere.example"], body: form)
            #expect(foreign.status == 403)
            let posted = try await sandbox.client.send(
                "POST", address, headers: ["Origin": sandbox.address], body: form)
            #expect(posted.status == 303)
            #expect(try await sandbox.client.send("GET", sandbox.address + "/control/").text.contains("✕ 连接中断"))
            _ = try await sandbox.client.send("POST", address, body: "heal=1")
            #expect(try await sandbox.client.send("GET", address).json["failure"] as? String == "none")
        }
    }
}
