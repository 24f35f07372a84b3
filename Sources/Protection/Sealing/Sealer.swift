/// Seals values under one key, each to its place: a sealed value opens only with the same key and the same context, so
/// moving it to another row or column is noticed like any other change.
///
///     let sealed = try sealer.seal(bytes, context: "person.identity:\(person)")
///
/// Layout: suite id (1 byte) ‖ nonce (12 or 16) ‖ ciphertext ‖ tag (16 or 32). Nonces are random; under one AES key at
/// most 2^32 values may be sealed (SP 800-38D, 8.3), which is why every person has a key of its own.
public struct Sealer: Sendable {
    public let suite: SealingSuite
    private let key: SecretBytes

    /// Seals with the suite; opens values of every suite that the key was used with. The key has 32 bytes.
    public init(suite: SealingSuite, key: SecretBytes) {
        self.suite = suite
        self.key = key
    }

    /// Seals; two calls never give the same bytes. Throws `keyLength`, `malformed` (over 2 GiB) or `library`.
    public func seal(_ plain: [UInt8], context: String) throws(ProtectionError) -> [UInt8] {
        guard key.count == 32 else { throw .keyLength }
        guard plain.count < Int(Int32.max) else { throw .malformed }
        let body =
            switch suite {
            case .aes256GCM_SHA256:
                try AES256GCM.seal(
                    plain, key: key, nonce: randomBytes(AES256GCM.nonceCount),
                    authenticating: authenticated(suite, context))
            case .sm4CTR_HMACSM3:
                try SM4CTR.seal(
                    plain, key: key, nonce: randomBytes(SM4CTR.nonceCount),
                    authenticating: authenticated(suite, context))
            }
        return [suite.rawValue] + body
    }

    /// Opens; throws `authentication` for another key or context or a changed byte, `unknownSuite` and `malformed` for
    /// what was never sealed here.
    public func open(_ sealed: [UInt8], context: String) throws(ProtectionError) -> [UInt8] {
        guard key.count == 32 else { throw .keyLength }
        guard let first = sealed.first, sealed.count < Int(Int32.max) else { throw .malformed }
        guard let used = SealingSuite(rawValue: first) else { throw .unknownSuite }
        let body = sealed.dropFirst()
        return switch used {
        case .aes256GCM_SHA256: try AES256GCM.open(body, key: key, authenticating: authenticated(used, context))
        case .sm4CTR_HMACSM3: try SM4CTR.open(body, key: key, authenticating: authenticated(used, context))
        }
    }

    /// Seals another key: a person's data key under the master key.
    public func wrap(_ inner: SecretBytes, context: String) throws(ProtectionError) -> [UInt8] {
        try seal(inner.revealed(), context: context)
    }

    /// Opens what ``wrap(_:context:)`` made.
    public func unwrap(_ wrapped: [UInt8], context: String) throws(ProtectionError) -> SecretBytes {
        var bytes = try open(wrapped, context: context)
        return SecretBytes(wiping: &bytes)
    }

    /// The suite id is authenticated too: a value cannot be passed off as one of another suite.
    private func authenticated(_ suite: SealingSuite, _ context: String) -> [UInt8] {
        [suite.rawValue] + Array(context.utf8)
    }
}
