import Enrollment
import Foundation
import Testing

@testable import Gateways

@Suite("Asking a department")
struct DepartmentGatewayTests {
    @Test(
        "the connector fills the request, either family of headers signs it",
        arguments: [
            Connector.HeaderFamily.gjgxjhpt, .gjzwfwpt,
        ])
    func request(family: Connector.HeaderFamily) async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        let (source, transport) = exchange.gateway(.sample(headers: family))
        let question = try CredentialQuestion.sample()
        #expect(await source.ask(question) == .records([]))
        await transport.shutdown()
        let request = try #require(exchange.server.received.last)
        #expect(request.target == "/sample/household")
        #expect(
            request.fields == [
                "gmsfhm": question.subject.number, "xm": "林样例", "sqmd": "enrollment", "sqjg": "430922",
                "czr": "worker-1",
            ])
        #expect(request.headers["\(family.rawValue)_sid"] == "s_1")
        #expect(request.headers["\(family.rawValue)_rtime"] == "1767225600000")
        #expect(exchange.server.received.allSatisfy { !$0.target.contains(question.subject.number) })
    }

    @Test("rows become records by the platform's names; what the row lacks, the record lacks")
    func reading() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        exchange.answer { _ in
            ScriptedExchange.rows(
                """
                [{"hh":"88","hlx":"家庭户","qrrq":"20200229","jfny":["202512","202601"],"unknown":[1,true],
                  "cy":[{"xm":"林样例","csrq":"2020-02-29"},{"xm":"陈样例"}]},
                 {"hh":null,"qrrq":""}]
                """)
        }
        let (source, transport) = exchange.gateway(.sample())
        let day = try #require(CivilDate("2020-02-29"))
        let members = [
            RegisterRecord([.personName: .text("林样例"), .birthDate: .date(day)]),
            RegisterRecord([.personName: .text("陈样例")]),
        ]
        let first = RegisterRecord([
            .householdNumber: .text("88"), .householdKind: .text("family"), .registeredSince: .date(day),
            .paidMonths: .texts(["2025-12", "2026-01"]), .members: .records(members),
        ])
        #expect(await source.ask(try .sample()) == .records([first, RegisterRecord([:])]))
        await transport.shutdown()
    }

    @Test(
        "a row that is not as the connector says makes the reply unreadable, never a guess",
        arguments: [
            #"[{"hh":88}]"#, #"[{"hh":true}]"#, #"[{"hlx":"船民户"}]"#, #"[{"qrrq":"20230229"}]"#, #"[{"qrrq":20230228}]"#,
            #"[{"jfny":"202601"}]"#, #"[{"jfny":["202613"]}]"#, #"[{"jfny":["2026-01"]}]"#, #"[{"cy":{}}]"#,
            #"[{"cy":["x"]}]"#, #"["x"]"#, "{}", "null", #""""#,
        ])
    func unreadableRows(rows: String) async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        exchange.answer { _ in ScriptedExchange.rows(rows) }
        let (source, transport) = exchange.gateway(.sample())
        #expect(await source.ask(try .sample()) == .unavailable(.unreadable))
        await transport.shutdown()
    }

    @Test("rows elsewhere than the connector says are unreadable, not an empty register")
    func wrongRowsPath() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        let (source, transport) = exchange.gateway(.sample(rows: "data.list"))
        #expect(await source.ask(try .sample()) == .unavailable(.unreadable))
        await transport.shutdown()
    }

    static let failures: [(LoopbackServer.Answer, SourceReply)] = [
        (.reply(500, body: "oops"), .unavailable(.serverError)),
        (.reply(500, body: #"{"code":"200","data":{"rows":[]}}"#), .unavailable(.serverError)),
        (.reply(502), .unavailable(.serverError)),
        (.reply(429), .unavailable(.serverError)),
        (.reply(200, body: #"{"code":300,"message":"bad"}"#), .unavailable(.serverError)),
        (.reply(200, body: "<html>"), .unavailable(.unreadable)),
        (.reply(200, body: ""), .unavailable(.unreadable)),
        (.reply(200, body: #"{"code":"E-XYZ","message":""}"#), .unavailable(.badSignature)),
        (.reply(200, body: #"{"code":"777","data":{"rows":[]}}"#), .unavailable(.unreadable)),
        (.reply(200, body: #"{"data":{"rows":[]}}"#), .unavailable(.unreadable)),
        (.reply(302, headers: ["Location: /"], body: ""), .unavailable(.unreadable)),
        (.reply(200, body: String(repeating: " ", count: 1 << 20) + "{}"), .unavailable(.unreadable)),
        (.raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"code\":\"200\""), .unavailable(.unreadable)),
        (.raw("\u{0}\u{1}garbage\r\n\r\n"), .unavailable(.unreadable)),
        (.raw(""), .unavailable(.connection)),
        (.reply(200, body: #"{"code":"E-106","message":"no"}"#), .unavailable(.notAuthorised)),
        (.reply(403, body: #"{"code":"E-106","message":"no"}"#), .unavailable(.notAuthorised)),
        (.reply(200, body: #"{"code":"202","message":"queued"}"#), .queued),
        (.reply(202, body: #"{"code":202,"message":"queued"}"#), .queued),
        (.reply(200, body: #"{"code":"501"}"#), .notSupported),
        (.reply(501, body: #"{"code":501}"#), .notSupported),
        (.reply(200, body: #"{"code":200,"data":{"rows":[]}}"#), .records([])),
        (.reply(200, body: #"{"code":"0","data":{"rows":[]}}"#), .records([])),
    ]

    @Test("every way to fail is an answer with its cause", arguments: failures.indices)
    func failure(index: Int) async throws {
        let (answer, expected) = Self.failures[index]
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        exchange.answer { _ in answer }
        let (source, transport) = exchange.gateway(.sample())
        #expect(await source.ask(try .sample()) == expected)
        await transport.shutdown()
    }

    @Test("a department that hangs, or whose exchange hangs, costs its deadline")
    func timeouts() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        exchange.answer { _ in .hang }
        let (source, transport) = exchange.gateway(.sample(deadlineMilliseconds: 100))
        #expect(await source.ask(try .sample()) == .unavailable(.timeout))
        await transport.shutdown()

        exchange.state.change { $0.refresh = .hang }
        let (other, otherTransport) = exchange.gateway(.sample(), refreshDeadlineMilliseconds: 100)
        #expect(await other.ask(try .sample()) == .unavailable(.timeout))
        await otherTransport.shutdown()
        #expect(await other.ask(try .sample()) == .unavailable(.connection))
    }

    @Test("a credential that no connector serves is not supported")
    func noConnector() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        let (source, transport) = exchange.gateway(.sample())
        let sample = try CredentialQuestion.sample()
        let question = CredentialQuestion(
            credential: .socialInsurance, subject: sample.subject, subjectName: sample.subjectName,
            purpose: .enrollment, organisation: sample.organisation, operatorAccount: "worker-1")
        #expect(await source.ask(question) == .notSupported)
        await transport.shutdown()
    }
}
