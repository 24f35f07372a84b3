import COpenSSL

/// One run of one OpenSSL cipher (EVP_CIPHER_CTX), freed with the last reference. Every failure is `library`; the
/// caller says what a failure of ``finish()`` means.
final class CipherContext {
    enum Cipher { case aes256GCM, sm4CTR, sm4ECB }
    enum Direction: Int32 { case decrypt = 0, encrypt = 1 }

    private let context: OpaquePointer

    init(_ cipher: Cipher, _ direction: Direction, key: SecretBytes, nonce: [UInt8]) throws(ProtectionError) {
        guard let made = EVP_CIPHER_CTX_new() else { throw .library }
        context = made
        let method =
            switch cipher {
            case .aes256GCM: EVP_aes_256_gcm()
            case .sm4CTR: EVP_sm4_ctr()
            case .sm4ECB: EVP_sm4_ecb()
            }
        // OpenSSL reads as many bytes as the cipher needs, whatever it is given.
        precondition(key.count == Int(EVP_CIPHER_get_key_length(method)), "a cipher needs its own key length")
        precondition(nonce.count == Int(EVP_CIPHER_get_iv_length(method)), "a cipher needs its own nonce length")
        let status = key.withUnsafeBytes { bytes in
            EVP_CipherInit_ex(
                context, method, nil, bytes.bindMemory(to: UInt8.self).baseAddress, nonce, direction.rawValue)
        }
        try check(status)
        EVP_CIPHER_CTX_set_padding(context, 0)
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    /// Adds authenticated data that is not encrypted.
    func authenticate(_ bytes: [UInt8]) throws(ProtectionError) {
        guard !bytes.isEmpty else { return }
        var length: Int32 = 0
        try check(EVP_CipherUpdate(context, nil, &length, bytes, Int32(bytes.count)))
    }

    /// Encrypts or decrypts; these ciphers give a byte for a byte.
    func update(_ bytes: [UInt8]) throws(ProtectionError) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        var result = [UInt8](repeating: 0, count: bytes.count)
        var length: Int32 = 0
        try check(EVP_CipherUpdate(context, &result, &length, bytes, Int32(bytes.count)))
        return result
    }

    /// Ends the run; with an expected tag, this is where it is compared.
    func finish() throws(ProtectionError) {
        var rest = [UInt8](repeating: 0, count: Int(EVP_MAX_BLOCK_LENGTH))
        var length: Int32 = 0
        try check(EVP_CipherFinal_ex(context, &rest, &length))
    }

    func tag(_ count: Int) throws(ProtectionError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: count)
        try check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(count), &tag))
        return tag
    }

    func expectTag(_ tag: [UInt8]) throws(ProtectionError) {
        var tag = tag
        try check(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag))
    }

    private func check(_ status: Int32) throws(ProtectionError) {
        guard status == 1 else {
            // The queue is per thread and would otherwise grow, and speak up in somebody else's call.
            ERR_clear_error()
            throw .library
        }
    }
}
