/// SM4 in counter mode with HMAC-SM3 over everything, encrypt then MAC: nonce (16) ‖ ciphertext ‖ tag (32).
enum SM4CTR {
    static let nonceCount = 16
    static let tagCount = 32

    static func seal(
        _ plain: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating: [UInt8]
    ) throws(ProtectionError) -> [UInt8] {
        let context = try CipherContext(.sm4CTR, .encrypt, key: encryptionKey(key), nonce: nonce)
        let ciphertext = try context.update(plain)
        try context.finish()
        return nonce + ciphertext + tag(key, authenticating, nonce + ciphertext)
    }

    static func open(
        _ sealed: ArraySlice<UInt8>, key: SecretBytes, authenticating: [UInt8]
    ) throws(ProtectionError) -> [UInt8] {
        guard sealed.count >= nonceCount + tagCount else { throw .malformed }
        let covered = Array(sealed.dropLast(tagCount))
        guard constantTimeEqual(tag(key, authenticating, covered), Array(sealed.suffix(tagCount))) else {
            throw .authentication
        }
        let context = try CipherContext(
            .sm4CTR, .decrypt, key: encryptionKey(key), nonce: Array(covered.prefix(nonceCount)))
        let plain = try context.update(Array(covered.dropFirst(nonceCount)))
        try context.finish()
        return plain
    }

    /// Separate keys for the two uses, so that neither says anything about the other.
    private static func encryptionKey(_ key: SecretBytes) -> SecretBytes {
        var bytes = Array(hmacSM3(key: key, message: Array("ruxue sm4-ctr encryption".utf8)).prefix(16))
        return SecretBytes(wiping: &bytes)
    }

    private static func tag(_ key: SecretBytes, _ authenticating: [UInt8], _ covered: [UInt8]) -> [UInt8] {
        var bytes = hmacSM3(key: key, message: Array("ruxue sm4-ctr authentication".utf8))
        let macKey = SecretBytes(wiping: &bytes)
        // The length in front keeps context and nonce apart.
        let count = UInt64(authenticating.count)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }
        return hmacSM3(key: macKey, message: length + authenticating + covered)
    }
}
