import Foundation
import Glibc

/// A small HTTP/1.1 server on 127.0.0.1 that answers as its script says, also badly.
///
/// `@unchecked Sendable`: everything that changes is under `lock`.
final class LoopbackServer: @unchecked Sendable {
    struct Received: Sendable {
        let method: String
        let target: String
        /// By lower-case name.
        let headers: [String: String]
        let body: [UInt8]

        var fields: [String: String] {
            (try? JSONDecoder().decode([String: String].self, from: Data(body))) ?? [:]  // Not JSON: no fields.
        }
    }

    enum Answer: Sendable {
        case reply(Int, headers: [String] = [], body: String = "")
        /// These bytes, then the connection is closed.
        case raw(String)
        /// Nothing, until the client goes away.
        case hang
    }

    let port: UInt16
    private let listener: Int32
    private let answer: @Sendable (Received) -> Answer
    private let lock = NSLock()
    private var open: Set<Int32> = []
    private var isStopped = false
    private var requests: [Received] = []
    private var connections = 0
    private var abandoned = 0
    private var waiting: [(isMet: () -> Bool, continuation: CheckedContinuation<Void, Never>)] = []

    init(_ answer: @escaping @Sendable (Received) -> Answer) throws {
        self.answer = answer
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 512) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        listener = descriptor
        port = UInt16(bigEndian: address.sin_port)
        Thread { self.accept() }.start()
    }

    var address: String { "http://127.0.0.1:\(port)" }
    var received: [Received] { lock.withLock { requests } }
    var connectionCount: Int { lock.withLock { connections } }

    func count(_ target: String) -> Int { received.filter { $0.target.hasPrefix(target) }.count }

    /// Returns once so many requests have come in.
    func waitForRequests(_ count: Int) async { await wait { self.requests.count >= count } }

    /// Returns once a client has gone away while its request hung.
    func waitForAbandoned() async { await wait { self.abandoned > 0 } }

    func stop() {
        lock.withLock {
            isStopped = true
            for descriptor in open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            shutdown(listener, Int32(SHUT_RDWR))
        }
    }

    private func wait(_ isMet: @escaping () -> Bool) async {
        await withCheckedContinuation { continuation in
            lock.withLock {
                if isMet() { continuation.resume() } else { waiting.append((isMet, continuation)) }
            }
        }
    }

    /// Changes something under the lock and wakes whoever waited for it.
    private func change(_ body: () -> Void) {
        lock.withLock {
            body()
            waiting.removeAll { entry in
                guard entry.isMet() else { return false }
                entry.continuation.resume()
                return true
            }
        }
    }

    private func accept() {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let isRefused = lock.withLock {
                if !isStopped {
                    open.insert(descriptor)
                    connections += 1
                }
                return isStopped
            }
            if isRefused {
                close(descriptor)
            } else {
                Thread { self.serve(descriptor) }.start()
            }
        }
        close(listener)
    }

    private func serve(_ descriptor: Int32) {
        defer {
            lock.withLock { _ = open.remove(descriptor) }
            close(descriptor)
        }
        var buffer: [UInt8] = []
        while let request = read(descriptor, &buffer) {
            change { requests.append(request) }
            switch answer(request) {
            case .reply(let status, let headers, let body):
                let lines = ["HTTP/1.1 \(status) Status", "Content-Length: \(body.utf8.count)"] + headers
                send(descriptor, lines.joined(separator: "\r\n") + "\r\n\r\n" + (request.method == "HEAD" ? "" : body))
            case .raw(let text):
                send(descriptor, text)
                return
            case .hang:
                var byte: UInt8 = 0
                while recv(descriptor, &byte, 1, 0) > 0 {}
                change { abandoned += 1 }
                return
            }
        }
    }

    private func read(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Received? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let split = buffer.firstRange(of: end) {
                let lines = String(decoding: buffer[..<split.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                let first = lines[0].split(separator: " ")
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    headers[parts[0].lowercased()] =
                        parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                }
                let length = Int(headers["content-length"] ?? "0") ?? 0
                if buffer.count >= split.upperBound + length {
                    let body = Array(buffer[split.upperBound..<(split.upperBound + length)])
                    buffer.removeFirst(split.upperBound + length)
                    return Received(method: String(first[0]), target: String(first[1]), headers: headers, body: body)
                }
            }
            var chunk = [UInt8](repeating: 0, count: 16_384)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer.append(contentsOf: chunk.prefix(count))
        }
    }

    private func send(_ descriptor: Int32, _ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
