import Foundation

/// A port of this machine on which nobody listens.
enum FreePort {
    struct Failure: Error {}

    static func find() throws -> Int {
        let (socket, port) = try bound()
        close(socket)
        return port
    }

    /// A socket that listens on a free port until it is closed.
    static func taken() throws -> (socket: Int32, port: Int) {
        let (socket, port) = try bound()
        guard listen(socket, 1) == 0 else { throw Failure() }
        return (socket, port)
    }

    private static func bound() throws -> (Int32, Int) {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { throw Failure() }
        var address = loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
                bind(handle, general, length) == 0 && getsockname(handle, general, &length) == 0
            }
        }
        guard isBound else { throw Failure() }
        return (handle, Int(UInt16(bigEndian: address.sin_port)))
    }

    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
