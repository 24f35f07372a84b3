/// Algorithms that belong together. The raw value is the first byte of every sealed value and never changes its meaning.
public enum SealingSuite: UInt8, Sendable, Codable, CaseIterable {
    /// AES-256-GCM (NIST SP 800-38D) and SHA-256.
    case aes256GCM_SHA256 = 1
    /// SM4-CTR (GM/T 0002) with HMAC-SM3 (GM/T 0004), encrypt then MAC; OpenSSL 3.0 has no SM4-GCM.
    case sm4CTR_HMACSM3 = 2

    var digest: DigestAlgorithm {
        switch self {
        case .aes256GCM_SHA256: .sha256
        case .sm4CTR_HMACSM3: .sm3
        }
    }
}
