/// Why something protected could not be made or opened. No case carries data, keys or any part of either; a path at most.
public enum ProtectionError: Error, Hashable, Sendable {
    /// The value names a suite this version does not know.
    case unknownSuite
    /// The value is too short to have been sealed here, or too long to be sealed in one piece (2 GiB).
    case malformed
    /// Another key, another context, or a changed byte; which of them is not knowable.
    case authentication
    /// A key that does not have 32 bytes.
    case keyLength
    /// libcrypto refused an operation it must be able to do.
    case library
    /// There is no key file, and none may be made.
    case keyFileMissing(path: String)
    /// The key file may be read by others than its owner; `mode` is its permission bits.
    case keyFilePermissions(path: String, mode: UInt16)
    /// The key file could not be read or written; `errno` says why.
    case keyFileUnusable(path: String, errno: Int32)
    /// The file exists but is no key file.
    case keyFileMalformed(path: String)
}

extension ProtectionError {
    /// A name that stays the same between versions, for logs and for callers that sort errors.
    public var code: String {
        switch self {
        case .unknownSuite: "protection.suite"
        case .malformed: "protection.malformed"
        case .authentication: "protection.authentication"
        case .keyLength: "protection.key_length"
        case .library: "protection.library"
        case .keyFileMissing: "keyFile.missing"
        case .keyFilePermissions: "keyFile.permissions"
        case .keyFileUnusable: "keyFile.unusable"
        case .keyFileMalformed: "keyFile.malformed"
        }
    }
}

extension ProtectionError: CustomStringConvertible {
    /// What happened and what to do about it, in plain words, for an operator.
    public var description: String {
        switch self {
        case .unknownSuite: "the value was sealed with a suite this version does not know; use a newer version"
        case .malformed: "the value was not sealed by this product, or is too large to be sealed in one piece"
        case .authentication: "the value does not open: another key, another place, or it was changed"
        case .keyLength: "a key must have 32 bytes"
        case .library: "libcrypto refused an operation; check the installation of OpenSSL"
        case .keyFileMissing(let path):
            """
            there is no key file at \(path). Data that exists opens only with the keys it was sealed with: restore the \
            key file from its backup, or point the setting at where it is. A new one would not open anything.
            """
        case .keyFilePermissions(let path, let mode):
            """
            the key file \(path) has permissions \(String(mode, radix: 8)), so others on this machine could read it. \
            Run: chmod 600 '\(path)'. If others may have read it, plan to change the keys.
            """
        case .keyFileUnusable(let path, let number):
            "the key file \(path) cannot be used: \(systemMessage(number)). Check that it belongs to the service's account."
        case .keyFileMalformed(let path):
            "\(path) is not a key file of this product, or it was cut short; restore it from its backup"
        }
    }
}
