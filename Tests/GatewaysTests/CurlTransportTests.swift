import Foundation
import Testing

@testable import Gateways

@Suite("The HTTP transport")
struct CurlTransportTests {
    private let transport = CurlTransport(maxConnectionsPerHost: 64)

    @Test("a request arrives as written and its reply comes back whole, repeated headers kept apart")
    func roundTrip() async throws {
        let server = try LoopbackServer { request in
            .reply(
                201, headers: ["Set-Cookie: a=1; Path=/", "set-cookie: b=2", "X-Empty:"],
                body: "\(request.method) \(request.target) \(request.headers["x-question"] ?? "") "
                    + String(decoding: request.body, as: UTF8.self))
        }
        defer { server.stop() }
        for method in [HTTPRequest.Method.post, .put, .patch, .delete] {
            let reply = try await transport.exchange(
                HTTPRequest(
                    method, server.address + "/a?b=c", headers: [HTTPHeader("X-Question", "why: now")],
                    body: Array("入学".utf8), deadlineMilliseconds: 5000))
            #expect(reply.status == 201)
            #expect(reply.text == "\(method.rawValue) /a?b=c why: now 入学")
            #expect(reply.headers(named: "set-cookie") == ["a=1; Path=/", "b=2"])
            #expect(reply.header("x-empty") == "")
        }
        let get = try await transport.exchange(HTTPRequest(.get, server.address, deadlineMilliseconds: 5000))
        #expect(get.text == "GET /  ")
        let head = try await transport.exchange(HTTPRequest(.head, server.address, deadlineMilliseconds: 5000))
        #expect(head.body.isEmpty && head.status == 201)
        let empty = try await transport.exchange(HTTPRequest(.post, server.address, deadlineMilliseconds: 5000))
        #expect(empty.text == "POST /  ")
        #expect(server.received.last?.headers["content-length"] == "0")
        #expect(server.connectionCount == 1, "one connection is kept alive for one request after another")
        await transport.shutdown()
    }

    @Test("two hundred requests at once share at most sixty-four connections and get their own answers")
    func concurrency() async throws {
        let server = try LoopbackServer { .reply(200, body: $0.target) }
        defer { server.stop() }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { [transport] in
                    let reply = try await transport.exchange(
                        HTTPRequest(.get, "\(server.address)/\(number)", deadlineMilliseconds: 20_000))
                    return reply.text == "/\(number)"
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect(server.received.count == 200)
        #expect(server.connectionCount <= 64)
        await transport.shutdown()
    }

    @Test("a server that hangs costs the deadline and no more, also for a request that waits for a connection")
    func deadline() async throws {
        let server = try LoopbackServer { _ in .hang }
        defer { server.stop() }
        let narrow = CurlTransport(maxConnectionsPerHost: 1)
        let request = HTTPRequest(.get, server.address, deadlineMilliseconds: 200)
        let patient = Task {
            try await narrow.exchange(HTTPRequest(.get, server.address, deadlineMilliseconds: 60_000))
        }
        await server.waitForRequests(1)
        await #expect(throws: TransportError.timeout) { try await narrow.exchange(request) }
        #expect(server.received.count == 1)
        await narrow.shutdown()
        // The one before it was still waiting: its minute had not passed.
        await #expect(throws: TransportError.shutDown) { try await patient.value }
    }

    @Test(
        "a reply that is not one is told apart from no reply",
        arguments: [
            ("this is not HTTP\r\n\r\n", TransportError.badReply),
            ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut off", .badReply),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ncut", .badReply),
            ("", .connection),
        ])
    func brokenReplies(raw: String, expected: TransportError) async throws {
        let server = try LoopbackServer { _ in .raw(raw) }
        defer { server.stop() }
        await #expect(throws: expected) {
            try await transport.exchange(HTTPRequest(.get, server.address, deadlineMilliseconds: 5000))
        }
        await transport.shutdown()
    }

    @Test("a reply larger than allowed is refused, announced or not, and one just small enough is not")
    func replySize() async throws {
        let server = try LoopbackServer { request in
            let body = String(repeating: "x", count: 1000)
            return request.target == "/unannounced" ? .raw("HTTP/1.1 200 OK\r\n\r\n" + body) : .reply(200, body: body)
        }
        defer { server.stop() }
        for (path, limit, isRefused) in [("/", 1000, false), ("/", 999, true), ("/unannounced", 999, true)] {
            let request = HTTPRequest(
                .get, server.address + path, deadlineMilliseconds: 5000, maxReplyBytes: limit)
            if isRefused {
                await #expect(throws: TransportError.tooLarge) { try await transport.exchange(request) }
            } else {
                #expect(try await transport.exchange(request).body.count == 1000)
            }
        }
        await transport.shutdown()
    }

    @Test("a port where nobody listens is a failed connection")
    func refused() async throws {
        let server = try LoopbackServer { _ in .hang }
        let transport = CurlTransport()
        let held = Task {
            try await transport.exchange(HTTPRequest(.get, server.address, deadlineMilliseconds: 60_000))
        }
        await server.waitForRequests(1)
        server.stop()
        await server.waitForAbandoned()
        await #expect(throws: TransportError.connection) { try await held.value }
        await #expect(throws: TransportError.connection) {
            try await transport.exchange(HTTPRequest(.get, server.address, deadlineMilliseconds: 5000))
        }
        await transport.shutdown()
    }

    @Test("cancelling the task ends the transfer at once and closes its connection")
    func cancellation() async throws {
        let server = try LoopbackServer { _ in .hang }
        defer { server.stop() }
        let request = HTTPRequest(.get, server.address, deadlineMilliseconds: 600_000)
        let task = Task { try await transport.exchange(request) }
        await server.waitForRequests(1)
        task.cancel()
        await #expect(throws: TransportError.cancelled) { try await task.value }
        await server.waitForAbandoned()
        await transport.shutdown()
    }

    @Test("a task that is cancelled before it asks sends nothing")
    func cancelledBefore() async throws {
        let server = try LoopbackServer { _ in .reply(200) }
        defer { server.stop() }
        let request = HTTPRequest(.get, server.address, deadlineMilliseconds: 600_000)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await transport.exchange(request)
        }
        await #expect(throws: TransportError.cancelled) { try await task.value }
        await transport.shutdown()
        #expect(server.received.isEmpty)
    }

    @Test("shutting down ends what is under way, may be repeated, and refuses what comes later")
    func shutdown() async throws {
        let server = try LoopbackServer { _ in .hang }
        defer { server.stop() }
        let request = HTTPRequest(.get, server.address, deadlineMilliseconds: 600_000)
        let tasks = (0..<3).map { _ in Task { try await transport.exchange(request) } }
        await server.waitForRequests(3)
        async let first: Void = transport.shutdown()
        async let second: Void = transport.shutdown()
        _ = await (first, second)
        for task in tasks { await #expect(throws: TransportError.shutDown) { try await task.value } }
        await #expect(throws: TransportError.shutDown) { try await transport.exchange(request) }
        await transport.shutdown()
    }

    @Test("a redirect is the caller's, unless it asks for it to be followed")
    func redirects() async throws {
        let server = try LoopbackServer { request in
            request.target == "/old" ? .reply(302, headers: ["Location: /new", "X-Old: 1"]) : .reply(200, body: "new")
        }
        defer { server.stop() }
        var request = HTTPRequest(.get, server.address + "/old", deadlineMilliseconds: 5000)
        let redirect = try await transport.exchange(request)
        #expect(redirect.status == 302 && redirect.header("location") == "/new")
        request.maxRedirects = 2
        let reply = try await transport.exchange(request)
        #expect(reply.text == "new" && reply.header("x-old") == nil)
        await transport.shutdown()
    }

    @Test("a header cannot smuggle another, and only http and https are spoken")
    func malformed() async throws {
        let server = try LoopbackServer { _ in .reply(200) }
        defer { server.stop() }
        let requests = [
            HTTPRequest(.get, server.address, headers: [HTTPHeader("X", "a\r\nY: b")], deadlineMilliseconds: 5000),
            HTTPRequest(.get, server.address, headers: [HTTPHeader("X: y\nZ", "a")], deadlineMilliseconds: 5000),
            HTTPRequest(.get, server.address + "/a b", deadlineMilliseconds: 5000),
            HTTPRequest(.get, "file:///etc/hostname", deadlineMilliseconds: 5000),
            HTTPRequest(.get, "http://[", deadlineMilliseconds: 5000),
        ]
        for request in requests {
            await #expect(throws: TransportError.malformedRequest) { try await transport.exchange(request) }
        }
        #expect(server.received.isEmpty)
        await transport.shutdown()
    }

    @Test("a request that is printed shows neither its query nor its headers nor its body")
    func printed() {
        let request = HTTPRequest(
            .post, "http://127.0.0.1/a?number=1", headers: [HTTPHeader("Authorization", "Bearer x")],
            body: Array("x".utf8), deadlineMilliseconds: 1)
        #expect("\(request)" == "POST http://127.0.0.1/a")
        #expect(String(reflecting: request) == "POST http://127.0.0.1/a")
    }
}
