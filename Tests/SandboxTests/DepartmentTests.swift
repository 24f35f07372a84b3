import Enrollment
import Foundation
import Sandbox
import Testing

@Suite struct DepartmentTests {
    private static let father = SamplePeople.identities[0]

    private func rows(_ reply: PlainClient.Reply) -> [[String: Any]]? {
        (reply.json["data"] as? [String: Any])?["rows"] as? [[String: Any]]
    }

    @Test("a refreshed secret signs a question, and the register answers with the whole household")
    func goodPath() async throws {
        try await RunningSandbox.serve { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            let secret = try await caller.secret("s_household")
            let reply = try await caller.household(secret, number: Self.father.number, name: Self.father.name)
            #expect(reply.status == 200)
            #expect(reply.json["code"] as? String == "200")
            let household = try #require(rows(reply)?.first)
            #expect(household["hlx"] as? String == "家庭户")
            #expect((household["zz"] as? String)?.hasPrefix("湖南省益阳市桃江县桃花江镇打石湾村") == true)
            let members = try #require(household["cy"] as? [[String: String]])
            #expect(members.map { $0["yhzgx"] } == ["户主", "配偶", "女"])
            #expect(members[2]["csrq"] == "20200315")
        }
    }

    @Test("every register answers in its own words, and the twin header family works")
    func otherRegisters() async throws {
        let person = ExchangeCaller.question(["zjh": Self.father.number, "qlrmc": Self.father.name])
        let migrant = try #require(SamplePeople.identities.first { $0.subject == "sample-08" })
        let buyer = try #require(SamplePeople.identities.first { $0.subject == "sample-05" })
        try await RunningSandbox.serve { sandbox in
            var caller = ExchangeCaller(sandbox: sandbox)
            let title = try await caller.query(
                "/natural-resources/title", "s_title", secret: caller.secret("s_title"), person)
            #expect(rows(title)?.first?["zslx"] as? String == "不动产权证书")
            #expect((rows(title)?.first?["bdcdyh"] as? String)?.count == 28)
            let contract = try await caller.query(
                "/housing/contract", "s_contract", secret: caller.secret("s_contract"),
                ExchangeCaller.question(["zjhm": buyer.number, "xm": buyer.name]))
            #expect(rows(contract)?.first?["htzt"] as? String == "已备案")
            let insurance = try await caller.query(
                "/social-security/insurance", "s_insurance", secret: caller.secret("s_insurance"),
                ExchangeCaller.question(["aac002": migrant.number, "aac003": migrant.name]))
            #expect((rows(insurance)?.first?["jfny"] as? [String])?.count == 25)
            caller.family = "gjzwfwpt"
            let permit = try await caller.query(
                "/public-security/residence-permit", "s_permit", secret: caller.secret("s_permit"),
                ExchangeCaller.question(["gmsfhm": migrant.number, "xm": migrant.name]))
            #expect(rows(permit)?.first?["qfrq"] as? String == "20240618")
        }
    }

    @Test("a number under another name finds nothing, and an unknown kind of paper is told apart from nothing")
    func nothingAndNotSupported() async throws {
        try await RunningSandbox.serve { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            let secret = try await caller.secret("s_household")
            let other = try await caller.household(secret, number: Self.father.number, name: "别人样例")
            #expect(other.json["code"] as? String == "200")
            #expect(rows(other)?.isEmpty == true)
            let paper = try await caller.household(secret, number: "S430922012", name: "冯小江样例")
            #expect(paper.json["code"] as? String == "501")
        }
    }

    @Test("a wrong signature, a foreign service and an old time are refused")
    func refusals() async throws {
        try await RunningSandbox.serve { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            let number = Self.father.number
            let wrong = try await caller.household("not the secret", number: number, name: Self.father.name)
            #expect(wrong.status == 401)
            #expect(wrong.json["code"] as? String == "-1")
            #expect(rows(wrong) == nil)
            // A secret belongs to one service.
            let foreign = try await caller.household(
                caller.secret("s_title"), number: number, name: Self.father.name)
            #expect(foreign.status == 401)
            let secret = try await caller.secret("s_household")
            let old = String(sandbox.clock.now.milliseconds - 5 * 60_000 - 1000)
            let stale = try await caller.household(secret, number: number, name: Self.father.name, time: old)
            #expect(stale.status == 401)
            #expect(try await caller.refresh("s_household", time: old).status == 401)
            let extreme = try await caller.household(
                secret, number: number, name: Self.father.name, time: String(Int64.min))
            #expect(extreme.status == 401)
        }
    }

    @Test("refreshing needs the right appkey and a service that exists")
    func refreshing() async throws {
        try await RunningSandbox.serve { sandbox in
            var caller = ExchangeCaller(sandbox: sandbox)
            #expect(try await caller.refresh("s_weather").json["code"] as? String == "E-106")
            caller.appkey = "another key"
            let refused = try await caller.refresh("s_household")
            #expect(refused.status == 401)
            #expect(refused.json["code"] as? String == "-1")
        }
    }

    @Test("a secret ends when the exchange said that it would")
    func expiry() async throws {
        try await RunningSandbox.serve(RunningSandbox.settings(secretLifetime: .seconds(60))) { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            let secret = try await caller.secret("s_household")
            let ask = { try await caller.household(secret, number: Self.father.number, name: Self.father.name) }
            #expect(try await ask().status == 200)
            sandbox.clock.advance(seconds: 61)
            #expect(try await ask().status == 401)
            #expect(try await caller.secret("s_household") != secret)
        }
    }

    @Test(
        "a question without a purpose, an organisation or an operator is not answered",
        arguments: ["sqmd", "sqjg", "czr"])
    func incomplete(field: String) async throws {
        try await RunningSandbox.serve { sandbox in
            let caller = ExchangeCaller(sandbox: sandbox)
            var question = ExchangeCaller.question(["gmsfhm": Self.father.number, "xm": Self.father.name])
            question[field] = nil
            let reply = try await caller.query(
                "/public-security/household", "s_household", secret: caller.secret("s_household"), question)
            #expect(reply.json["code"] as? String == "300")
            #expect(reply.json["data"] == nil)
        }
    }
}
