import Foundation

/// A GET whose reply is read while it comes, over a plain socket.
final class OpenStream {
    struct Failure: Error {}

    private let handle: Int32
    private var received: [UInt8] = []

    init(_ address: String, session: String) throws {
        guard let url = URL(string: address), let port = url.port else { throw Failure() }
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { throw Failure() }
        var peer = FreePort.loopback(port: port)
        let isConnected = withUnsafePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                connect(handle, general, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected, fcntl(handle, F_SETFL, O_NONBLOCK) == 0 else { throw Failure() }
        let request =
            "GET \(url.path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept: text/event-stream\r\n"
            + "Cookie: ruxue_session=\(session)\r\n\r\n"
        let bytes = Array(request.utf8)
        guard write(handle, bytes, bytes.count) == bytes.count else { throw Failure() }
    }

    /// Everything that came so far.
    func read() throws -> String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(handle, &buffer, buffer.count, 0)
            if count > 0 {
                received += buffer[..<count]
                continue
            }
            guard count == 0 || errno == EAGAIN || errno == EINTR || errno == ECONNRESET else { throw Failure() }
            return String(decoding: received, as: UTF8.self)
        }
    }

    func close() { Foundation.close(handle) }
}
