import Foundation
import Gateways

@testable import Sandbox

/// What one family's browser sends and gets: keeps the submission and its answer, and can hold it back.
actor Wire {
    private let transport: CurlTransport
    private let gate: StartGate?
    /// Portals that take the requests in turn; empty sends each where it is addressed.
    private let turns: [String]
    private var count = 0
    /// The request with which an application was submitted, with its cookies and its key.
    private(set) var submission: ReplayRequest?
    /// The receipt with which the portal acknowledged it.
    private(set) var receipt: String?
    /// Every address and status, in order.
    private(set) var replies: [(request: ReplayRequest, reply: ReplayReply)] = []

    /// - Parameter gate: where submissions wait until all families are there.
    init(_ transport: CurlTransport, gate: StartGate? = nil, turns: [String] = []) {
        self.transport = transport
        self.gate = gate
        self.turns = turns
    }

    nonisolated var exchange: ReplayExchange { { try await self.carry($0) } }

    /// Sends a request once more, as it was but for what is replaced in its body and, where told, to another portal.
    func again(
        _ request: ReplayRequest, replacing: (of: String, with: String)? = nil, at portal: String? = nil
    ) async throws -> ReplayReply {
        var body = String(decoding: request.body, as: UTF8.self)
        if let replacing { body = body.replacingOccurrences(of: replacing.of, with: replacing.with) }
        return try await transport.send(
            ReplayRequest(
                method: request.method, address: Self.address(request, at: portal), headers: request.headers,
                body: Array(body.utf8)))
    }

    private static func address(_ request: ReplayRequest, at portal: String?) -> String {
        guard let portal, let url = URL(string: request.address) else { return request.address }
        return portal + url.path
    }

    private func inTurn(_ request: ReplayRequest) -> ReplayRequest {
        guard let first = turns.first, request.address.hasPrefix(first) else { return request }
        count += 1
        return ReplayRequest(
            method: request.method, address: turns[count % turns.count] + request.address.dropFirst(first.count),
            headers: request.headers, body: request.body)
    }

    private func carry(_ request: ReplayRequest) async throws -> ReplayReply {
        let isSubmission = request.method == "POST" && request.address.hasSuffix("/check")
        if isSubmission {
            submission = request
            await gate?.arrive()
        }
        let reply = try await transport.send(inTurn(request))
        if isSubmission { receipt = reply.receipt }
        replies.append((request, reply))
        return reply
    }
}

extension ReplayReply {
    /// The receipt of an acknowledged submission: where a 303 leads.
    var receipt: String? {
        guard status == 303, let location = header("location") else { return nil }
        let parts = location.split(separator: "?")[0].split(separator: "/")
        return parts.count == 3 && parts[1] == "applications" ? String(parts[2]) : nil
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}

extension CurlTransport {
    struct Unsendable: Error {}

    /// Sends what a browser sends.
    func send(_ request: ReplayRequest) async throws -> ReplayReply {
        guard let method = HTTPRequest.Method(rawValue: request.method) else { throw Unsendable() }
        let reply = try await exchange(
            HTTPRequest(
                method, request.address, headers: request.headers.map { HTTPHeader($0.name, $0.value) },
                body: request.body.isEmpty && method == .get ? nil : request.body, deadlineMilliseconds: 30_000,
                maxReplyBytes: 4 << 20))
        return ReplayReply(
            status: reply.status, headers: reply.headers.map { (name: $0.name, value: $0.value) }, body: reply.body)
    }

    /// Fetches an address; no redirect is followed.
    func get(_ address: String, cookies: [String: String] = [:]) async throws -> ReplayReply {
        var headers = [(name: "Accept", value: address.contains("/api/") ? "application/json" : "text/html")]
        if !cookies.isEmpty {
            headers.append(("Cookie", cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")))
        }
        return try await send(ReplayRequest(method: "GET", address: address, headers: headers, body: []))
    }
}

/// Lets many go at once: they wait here until it is opened.
actor StartGate {
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isOpen = false

    var arrived: Int { waiting.count }

    func arrive() async {
        if isOpen { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
