import COpenSSL

/// The digests and the cipher that published protocols of other bodies prescribe: the departments' exchange (SHA-1,
/// AES-128, HMAC-SHA256) and PKCE (SHA-256). Not for anything that the platform keeps: that is what sealing is for.
public enum ExchangePrimitives {
    /// How AES-128 blocks are chained.
    public enum CipherMode: Hashable, Sendable {
        /// The initialisation vector has 16 bytes.
        case cbc(vector: [UInt8])
        case ecb
    }

    public static func sha1(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, EVP_sha1()) }

    public static func sha256(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, EVP_sha256()) }

    /// HMAC-SHA256 (RFC 2104): 32 bytes, for a key of any length.
    public static func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        // A null key means "the key of last time" to OpenSSL, so that an empty one still needs an address.
        let keyBytes = key.isEmpty ? [0] : key
        let done = HMAC(EVP_sha256(), keyBytes, Int32(key.count), message, message.count, &code, &length)
        precondition(done != nil && length == 32, "libcrypto has HMAC-SHA256")
        return code
    }

    /// Decrypts AES-128 with PKCS #5 padding; nil when the lengths or the padding are wrong, which is what a wrong key
    /// looks like.
    public static func aes128Decrypt(_ bytes: [UInt8], key: [UInt8], mode: CipherMode) -> [UInt8]? {
        guard key.count == 16, !bytes.isEmpty, bytes.count.isMultiple(of: 16), bytes.count <= 1 << 20,
            let context = EVP_CIPHER_CTX_new()
        else { return nil }
        defer { EVP_CIPHER_CTX_free(context) }
        let started: Int32
        switch mode {
        case .cbc(let vector):
            guard vector.count == 16 else { return nil }
            started = EVP_DecryptInit_ex(context, EVP_aes_128_cbc(), nil, key, vector)
        case .ecb:
            started = EVP_DecryptInit_ex(context, EVP_aes_128_ecb(), nil, key, nil)
        }
        var plain = [UInt8](repeating: 0, count: bytes.count + 16)
        var length: Int32 = 0
        var rest: Int32 = 0
        guard started == 1, EVP_DecryptUpdate(context, &plain, &length, bytes, Int32(bytes.count)) == 1 else {
            return nil
        }
        let finished = plain.withUnsafeMutableBufferPointer { buffer in
            EVP_DecryptFinal_ex(context, buffer.baseAddress?.advanced(by: Int(length)), &rest)
        }
        return finished == 1 ? Array(plain.prefix(Int(length + rest))) : nil
    }

    private static func digest(_ bytes: [UInt8], _ algorithm: OpaquePointer?) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let done = EVP_Digest(bytes, bytes.count, &result, &length, algorithm, nil)
        precondition(done == 1, "libcrypto has SHA-1 and SHA-256")
        return Array(result.prefix(Int(length)))
    }
}
