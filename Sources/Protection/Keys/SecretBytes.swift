import COpenSSL

/// Bytes that must not be seen: never printed, compared in constant time, overwritten when the last reference goes.
///
/// Copies share one buffer. What ``revealed()`` returns is an ordinary array and is the caller's to keep short-lived.
public struct SecretBytes: Sendable {
    private let buffer: Buffer

    /// Takes a copy of the bytes.
    public init(_ bytes: [UInt8]) { buffer = Buffer(bytes) }

    /// Takes the bytes and overwrites the array they came in.
    public init(wiping bytes: inout [UInt8]) {
        buffer = Buffer(bytes)
        bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        bytes = []
    }

    /// Draws so many bytes from ``randomBytes(_:)``.
    public static func random(_ count: Int = 32) -> SecretBytes {
        var bytes = randomBytes(count)
        return SecretBytes(wiping: &bytes)
    }

    public var count: Int { buffer.memory.count }

    /// An ordinary copy, for the few callers that must hand the bytes on (wrapping a key, writing the key file).
    public func revealed() -> [UInt8] { Array(buffer.memory) }

    /// Lends the bytes; the pointer is not to be kept.
    public func withUnsafeBytes<T, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> T) throws(E) -> T {
        // The struct is alive until the call returns: without this the buffer could be wiped under the body.
        defer { withExtendedLifetime(buffer) {} }
        return try body(UnsafeRawBufferPointer(buffer.memory))
    }

    /// `@unchecked` because of the raw memory: it is written in `init` and in `deinit` only, when nobody else has it.
    private final class Buffer: @unchecked Sendable {
        let memory: UnsafeMutableRawBufferPointer

        init(_ bytes: [UInt8]) {
            memory = .allocate(byteCount: bytes.count, alignment: 16)
            memory.copyBytes(from: bytes)
        }

        deinit {
            // OPENSSL_cleanse is not optimised away, as a plain loop over dying memory would be.
            OPENSSL_cleanse(memory.baseAddress, memory.count)
            memory.deallocate()
        }
    }
}

extension SecretBytes: Equatable {
    public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
        left.withUnsafeBytes { a in right.withUnsafeBytes { b in constantTimeEqual(a, b) } }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(secret)" }
    public var debugDescription: String { "(secret)" }
    /// Shows nothing, so that `dump` and failed test expectations show nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
