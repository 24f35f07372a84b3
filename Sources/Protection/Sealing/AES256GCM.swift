/// AES-256-GCM (NIST SP 800-38D) with a 96-bit nonce and a 128-bit tag: nonce ‖ ciphertext ‖ tag.
enum AES256GCM {
    static let nonceCount = 12
    static let tagCount = 16

    static func seal(
        _ plain: [UInt8], key: SecretBytes, nonce: [UInt8], authenticating: [UInt8]
    ) throws(ProtectionError) -> [UInt8] {
        let context = try CipherContext(.aes256GCM, .encrypt, key: key, nonce: nonce)
        try context.authenticate(authenticating)
        let ciphertext = try context.update(plain)
        try context.finish()
        return nonce + ciphertext + (try context.tag(tagCount))
    }

    static func open(
        _ sealed: ArraySlice<UInt8>, key: SecretBytes, authenticating: [UInt8]
    ) throws(ProtectionError) -> [UInt8] {
        guard sealed.count >= nonceCount + tagCount else { throw .malformed }
        let context = try CipherContext(.aes256GCM, .decrypt, key: key, nonce: Array(sealed.prefix(nonceCount)))
        try context.expectTag(Array(sealed.suffix(tagCount)))
        try context.authenticate(authenticating)
        let plain = try context.update(Array(sealed.dropFirst(nonceCount).dropLast(tagCount)))
        // Nothing of `plain` may leave before the tag is checked here.
        do { try context.finish() } catch { throw .authentication }
        return plain
    }
}
