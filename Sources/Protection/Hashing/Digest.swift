import COpenSSL

/// Digests of 32 bytes.
public enum Digest {
    /// SHA-256 (FIPS 180-4).
    public static func sha256(_ bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.sha256.digest(bytes) }

    /// SM3 (GM/T 0004-2012, GB/T 32905-2016).
    public static func sm3(_ bytes: [UInt8]) -> [UInt8] { DigestAlgorithm.sm3.digest(bytes) }
}

/// The digest algorithms behind the suites.
enum DigestAlgorithm {
    case sha256, sm3

    private var method: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sm3: EVP_sm3()
        }
    }

    func digest(_ bytes: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 32)
        let status = EVP_Digest(bytes, bytes.count, &result, nil, method, nil)
        precondition(status == 1, "libcrypto has no working \(self); check the installation of OpenSSL")
        return result
    }

    /// HMAC (RFC 2104) with this digest.
    func authenticate(key: UnsafeRawBufferPointer, message: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 32)
        let done = HMAC(method, key.baseAddress, Int32(key.count), message, message.count, &result, nil) != nil
        precondition(done, "libcrypto has no working HMAC with \(self); check the installation of OpenSSL")
        return result
    }
}

/// HMAC-SHA-256 (RFC 4231), 32 bytes.
public func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
    key.withUnsafeBytes { DigestAlgorithm.sha256.authenticate(key: $0, message: message) }
}

/// HMAC-SHA-256 under a key that stays hidden.
public func hmacSHA256(key: SecretBytes, message: [UInt8]) -> [UInt8] {
    key.withUnsafeBytes { DigestAlgorithm.sha256.authenticate(key: $0, message: message) }
}

/// HMAC-SM3, 32 bytes.
public func hmacSM3(key: SecretBytes, message: [UInt8]) -> [UInt8] {
    key.withUnsafeBytes { DigestAlgorithm.sm3.authenticate(key: $0, message: message) }
}
