import Enrollment
import Foundation
import Testing

@testable import Gateways

@Suite("The exchange's secrets")
struct ExchangeClientTests {
    @Test("many questions at once fetch one secret")
    func oneRefresh() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        let (source, transport) = exchange.gateway(.sample())
        let question = try CredentialQuestion.sample()
        let replies = await withTaskGroup(of: SourceReply.self) { group in
            for _ in 0..<50 { group.addTask { await source.ask(question) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(replies == Array(repeating: .records([]), count: 50))
        #expect(exchange.state.current.refreshes == 1)
        #expect(exchange.state.current.queries == 50)
        await transport.shutdown()
    }

    @Test("a refused signature is tried once more under a new secret")
    func renewedOnRefusal() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        let (source, transport) = exchange.gateway(.sample())
        #expect(await source.ask(try .sample()) == .records([]))
        exchange.rotate()
        #expect(await source.ask(try .sample()) == .records([]))
        #expect(await source.ask(try .sample()) == .records([]))
        #expect(exchange.state.current.refreshes == 2)
        #expect(exchange.state.current.queries == 4)
        await transport.shutdown()
    }

    @Test("a signature that stays refused is given up after one renewal")
    func refusedForGood() async throws {
        let exchange = try ScriptedExchange(refusesEverySignature: true)
        defer { exchange.server.stop() }
        let (source, transport) = exchange.gateway(.sample())
        #expect(await source.ask(try .sample()) == .unavailable(.badSignature))
        #expect(exchange.state.current.refreshes == 2)
        #expect(exchange.state.current.queries == 2)
        await transport.shutdown()
    }

    @Test("a secret is renewed a minute before it ends, and not earlier")
    func renewedInTime() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        let time = Locked(ScriptedExchange.now)
        let clock = Clock(business: { Instant(milliseconds: 0) }, real: { time.current })
        let (source, transport) = exchange.gateway(.sample(), clock: clock)
        for (seconds, refreshes) in [(0, 1), (3539, 1), (3540, 2)] {
            time.change { $0 = ScriptedExchange.now.adding(.seconds(seconds)) }
            #expect(await source.ask(try .sample()) == .records([]))
            #expect(exchange.state.current.refreshes == refreshes, "after \(seconds) s")
        }
        await transport.shutdown()
    }

    @Test(
        "an exchange that gives no usable secret is an answer with its cause",
        arguments: [
            (#"{"code":"E-106","message":"no"}"#, UnavailableCause.notAuthorised),
            (#"{"code":"-1","message":"sign"}"#, .badSignature),
            (#"{"code":"0","data":{"secret":"AAAA","secretEndTime":"1767229200000"}}"#, .unreadable),
            (#"{"code":"0","data":{}}"#, .unreadable),
            (#"{"code":"202"}"#, .unreadable),
            ("garbage", .unreadable),
        ])
    func noSecret(body: String, cause: UnavailableCause) async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        exchange.state.change { $0.refresh = .reply(200, body: body) }
        let (source, transport) = exchange.gateway(.sample())
        #expect(await source.ask(try .sample()) == .unavailable(cause))
        #expect(exchange.state.current.queries == 0)
        await transport.shutdown()
    }

    @Test("an end time beyond all bounds is survived, one in the past serves the question at hand")
    func oddEndTimes() async throws {
        for lifetime in [Int64.max - ScriptedExchange.now.milliseconds, -ScriptedExchange.now.milliseconds - 5] {
            let exchange = try ScriptedExchange()
            defer { exchange.server.stop() }
            exchange.state.change { $0.lifetimeMilliseconds = lifetime }
            let (source, transport) = exchange.gateway(.sample())
            #expect(await source.ask(try .sample()) == .records([]))
            #expect(await source.ask(try .sample()) == .records([]))
            #expect(exchange.state.current.refreshes == (lifetime > 0 ? 1 : 2))
            await transport.shutdown()
        }
    }

    @Test("a caller that gives up while it fetches the secret does not spoil it for the others")
    func cancelledLeader() async throws {
        let exchange = try ScriptedExchange()
        defer { exchange.server.stop() }
        exchange.state.change { $0.refresh = .hang }
        let (source, transport) = exchange.gateway(.sample())
        let question = try CredentialQuestion.sample()
        let leader = Task { await source.ask(question) }
        await exchange.server.waitForRequests(1)
        let follower = Task { await source.ask(question) }
        exchange.state.change { $0.refresh = nil }
        leader.cancel()
        #expect(await leader.value == .unavailable(.connection))
        #expect(await follower.value == .records([]))
        await transport.shutdown()
    }
}
