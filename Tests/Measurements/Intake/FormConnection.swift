import Foundation

/// One kept-alive connection to the portal: at most one form is on its way.
final class FormConnection {
    /// What came back.
    struct Reply {
        let status: Int
        let location: String?
        let retryAfterSeconds: Int?
    }

    enum Event {
        case nothing
        case reply(Reply)
        case broken
    }

    private(set) var handle: Int32 = -1
    /// The form on its way; nil when the connection is free.
    var form: Int?
    var sentAt: UInt64 = 0
    private let port: UInt16
    private var outgoing: [UInt8] = []
    private var sent = 0
    private var incoming: [UInt8] = []

    init(port: UInt16) { self.port = port }

    var isOpen: Bool { handle >= 0 }
    var wantsToWrite: Bool { sent < outgoing.count }

    /// Begins to connect; false when the system refuses at once.
    func open() -> Bool {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard handle >= 0 else { return false }
        var yes: Int32 = 1
        setsockopt(handle, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 || errno == EINPROGRESS else {
            drop()
            return false
        }
        return true
    }

    func drop() {
        if handle >= 0 { close(handle) }
        handle = -1
        outgoing = []
        sent = 0
        incoming = []
    }

    func send(_ request: [UInt8]) -> Event {
        outgoing = request
        sent = 0
        return write()
    }

    func write() -> Event {
        while sent < outgoing.count {
            let count = outgoing.withUnsafeBytes { bytes in
                Foundation.send(
                    handle, bytes.baseAddress.map { $0 + sent }, outgoing.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else {
                return errno == EAGAIN || errno == EINPROGRESS || errno == ENOTCONN ? .nothing : .broken
            }
        }
        return .nothing
    }

    func read() -> Event {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(handle, &buffer, buffer.count, 0)
            if count > 0 {
                incoming += buffer[..<count]
                if count == buffer.count { continue }
            } else if count == 0 || errno != EAGAIN {
                return .broken
            }
            return take()
        }
    }

    /// A whole reply, when there is one.
    private func take() -> Event {
        let end: [UInt8] = [13, 10, 13, 10]
        guard let head = incoming.firstRange(of: end) else { return .nothing }
        let lines = String(decoding: incoming[..<head.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        if headers["transfer-encoding"] != nil {
            guard incoming.suffix(5).elementsEqual([48, 13, 10, 13, 10]) else { return .nothing }
        } else {
            let length = headers["content-length"].flatMap { Int($0) } ?? 0
            guard incoming.count >= head.upperBound + length else { return .nothing }
        }
        incoming = []
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { return .broken }
        return .reply(
            Reply(
                status: status, location: headers["location"],
                retryAfterSeconds: headers["retry-after"].flatMap { Int($0) }))
    }
}
