import Foundation
import Synchronization

/// A wire between driver and server that counts round trips and can be cut at a chosen moment. A Unix socket in a
/// directory of its own; the server's `host` must be a socket's directory as well.
final class PostgreSQLProxy: Sendable {
    enum Cut { case before, after }

    private struct State {
        var roundTrips = 0
        var pattern: (bytes: [UInt8], cut: Cut)?
        var connections = 0
    }

    let directory: URL
    private let state = Mutex(State())
    private let listener: Int32
    private let target: String

    init(server: String) throws {
        func value(_ key: String) -> String? {
            server.split(separator: " ").first { $0.hasPrefix("\(key)=") }.map { String($0.dropFirst(key.count + 1)) }
        }
        target = "\(value("host") ?? "/var/run/postgresql")/.s.PGSQL.\(value("port") ?? "5432")"
        directory = FileManager.default.temporaryDirectory.appending(path: "p\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let path = directory.appending(path: ".s.PGSQL.5432").path
        guard Self.withAddress(path, { bind(listener, $0, $1) }) == 0, listen(listener, 32) == 0 else {
            throw POSIXError(.EADDRNOTAVAIL)
        }
        Thread { [self] in accepting() }.start()
    }

    /// libpq keywords that lead here.
    var keywords: String { "host=\(directory.path) port=5432" }

    var roundTrips: Int { state.withLock { $0.roundTrips } }
    var connections: Int { state.withLock { $0.connections } }

    /// Cuts the connection on which the driver next sends this text: before the server gets it, or after.
    func cut(_ cut: Cut, _ text: String) { state.withLock { $0.pattern = (Array(text.utf8), cut) } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        // Nobody minds a directory that stays behind in the temporary one.
        try? FileManager.default.removeItem(at: directory)
    }

    private func accepting() {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            guard Self.withAddress(target, { connect(server, $0, $1) }) == 0 else {
                close(client)
                close(server)
                continue
            }
            state.withLock { $0.connections += 1 }
            Thread { [self] in relay(client, server) }.start()
        }
    }

    private func relay(_ client: Int32, _ server: Int32) {
        defer {
            close(client)
            close(server)
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var isClientsTurn = false
        while true {
            var events = [
                pollfd(fd: client, events: Int16(POLLIN), revents: 0),
                pollfd(fd: server, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&events, 2, -1) > 0 else { return }
            if events[0].revents != 0 {
                let count = read(client, &buffer, buffer.count)
                guard count > 0 else { return }
                let cut = state.withLock { state -> Cut? in
                    if !isClientsTurn { state.roundTrips += 1 }
                    guard let pattern = state.pattern, Self.contains(buffer[..<count], pattern.bytes) else {
                        return nil
                    }
                    state.pattern = nil
                    return pattern.cut
                }
                isClientsTurn = true
                if cut == .before { return }
                guard Self.send(server, buffer[..<count]) else { return }
                if cut == .after { return }
            }
            if events[1].revents != 0 {
                isClientsTurn = false
                let count = read(server, &buffer, buffer.count)
                guard count > 0, Self.send(client, buffer[..<count]) else { return }
            }
        }
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ pattern: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(String(decoding: pattern, as: UTF8.self))
    }

    private static func send(_ socket: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = Array(bytes)
        while !rest.isEmpty {
            let count = Foundation.send(socket, rest, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return false }
            rest.removeFirst(count)
        }
        return true
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
