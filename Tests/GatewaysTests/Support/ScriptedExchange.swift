import Enrollment
import Foundation

@testable import Gateways

/// A data exchange that hands out secrets and checks signatures, and answers queries as the test says.
///
/// The first secret is "fedcba9876543210"; after ``rotate()`` it is that text twice. Both are cut from the published
/// ECB vector, whose first two blocks are equal: block one and the padding block are a whole secret by themselves.
final class ScriptedExchange: Sendable {
    struct State: Sendable {
        var secret = "fedcba9876543210"
        var refreshes = 0
        var queries = 0
        var lifetimeMilliseconds: Int64 = 3_600_000
        var refresh: LoopbackServer.Answer?
        var query: @Sendable (LoopbackServer.Received) -> LoopbackServer.Answer = { _ in ScriptedExchange.rows("[]") }
    }

    static let now = Instant(milliseconds: 1_767_225_600_000)
    let state: Locked<State>
    let server: LoopbackServer
    let account: ExchangeAccount

    init(refusesEverySignature: Bool = false) throws {
        let sheet = try ExchangeVectors.load()
        let vector = sheet.vectors[0]
        let whole = Array(Data(base64Encoded: vector.secret_ecb) ?? Data())
        let wrappedShort = Data(whole[0..<16] + whole[32..<48]).base64EncodedString()
        let state = Locked(State())
        let signature = { @Sendable (key: String, values: [String: String], family: String) in
            ExchangeSignature.sign(
                key: Array(key.utf8), service: values["\(family)_sid"] ?? "", requester: values["\(family)_rid"] ?? "",
                time: values["\(family)_rtime"] ?? "") == values["\(family)_sign"]
        }
        let server = try LoopbackServer { request in
            if request.target == "/auth/refresh" {
                let (current, answer) = state.change { state in
                    state.refreshes += 1
                    return (state, state.refresh)
                }
                if let answer { return answer }
                let fields = request.fields
                let family = fields["gjgxjhpt_sid"] == nil ? "gjzwfwpt" : "gjgxjhpt"
                guard signature(vector.appkey, fields, family) else {
                    return .reply(200, body: #"{"code":"-1","message":"sign"}"#)
                }
                let wrapped = current.secret.utf8.count == 16 ? wrappedShort : vector.secret_ecb
                let end = ScriptedExchange.now.milliseconds + current.lifetimeMilliseconds
                return .reply(
                    200,
                    body: #"{"code":"0","message":"ok","data":{"secret":"\#(wrapped)","secretEndTime":"\#(end)"}}"#)
            }
            let current = state.change { state in
                state.queries += 1
                return state
            }
            let family = request.headers["gjgxjhpt_sid"] == nil ? "gjzwfwpt" : "gjgxjhpt"
            guard !refusesEverySignature, signature(current.secret, request.headers, family) else {
                return .reply(401, body: #"{"code":"-1","message":"sign"}"#)
            }
            return current.query(request)
        }
        self.state = state
        self.server = server
        account = ExchangeAccount(address: server.address, requester: sheet.rid, appkey: vector.appkey, mode: .ecb)
    }

    static func rows(_ rows: String) -> LoopbackServer.Answer {
        .reply(200, body: #"{"code":"200","message":"ok","data":{"rows":\#(rows)}}"#)
    }

    func rotate() { state.change { $0.secret = "fedcba9876543210fedcba9876543210" } }

    func answer(_ answer: @escaping @Sendable (LoopbackServer.Received) -> LoopbackServer.Answer) {
        state.change { $0.query = answer }
    }

    func gateway(
        _ connector: Connector, clock: Clock = .fixed(ScriptedExchange.now), refreshDeadlineMilliseconds: Int = 5000
    ) -> (CredentialSource, CurlTransport) {
        let transport = CurlTransport()
        let client = ExchangeClient(
            account: account, transport: transport, clock: clock,
            refreshDeadlineMilliseconds: refreshDeadlineMilliseconds)
        return (DepartmentGateway(connectors: [connector.credential: connector], exchange: client).source, transport)
    }
}

extension Connector {
    static func sample(
        headers: HeaderFamily = .gjgxjhpt, rows: String = "data.rows", deadlineMilliseconds: Int = 5000
    ) -> Connector {
        let text = LocalizedText(zh: "样例", en: "Sample")
        return Connector(
            credential: .household, title: text, department: text, purpose: text, service: "s_1",
            path: "/sample/household", headers: headers,
            request: [
                "gmsfhm": .subjectNumber, "xm": .subjectName, "sqmd": .purpose, "sqjg": .organisation,
                "czr": .operatorAccount,
            ],
            rows: rows,
            fields: [
                FieldReading(field: .householdNumber, wireName: "hh", reading: .text),
                FieldReading(
                    field: .householdKind, wireName: "hlx", reading: .code(["家庭户": "family", "集体户": "collective"])),
                FieldReading(field: .registeredSince, wireName: "qrrq", reading: .date),
                FieldReading(field: .paidMonths, wireName: "jfny", reading: .months),
                FieldReading(
                    field: .members, wireName: "cy",
                    reading: .records([
                        FieldReading(field: .personName, wireName: "xm", reading: .text),
                        FieldReading(field: .birthDate, wireName: "csrq", reading: .date),
                    ])),
            ],
            deadlineMilliseconds: deadlineMilliseconds, answerHours: 24, validHours: 24)
    }
}

extension CredentialQuestion {
    static func sample() throws -> CredentialQuestion {
        CredentialQuestion(
            credential: .household,
            subject: PersonDocument(try IDNumber(prefix: "430922", birthDate: ScriptedExchange.now.day, sequence: 1)),
            subjectName: try PersonName("林样例"), purpose: .enrollment, organisation: "430922",
            operatorAccount: "worker-1")
    }
}
