/// Finds equal values without keeping them: a value gives the same 32 bytes for ever under one key, and without the key
/// nobody can try values. ID numbers have few possibilities, so a plain digest of one would be as good as the number.
public struct KeyedHash: Sendable {
    private let suite: SealingSuite
    private let key: SecretBytes

    public init(suite: SealingSuite, key: SecretBytes) {
        self.suite = suite
        self.key = key
    }

    /// The hash of a value of one kind (`id_number`, `phone`): 32 bytes. Equal values of different kinds differ. The
    /// caller brings the value into its one canonical spelling first.
    public func hash(_ kind: String, _ value: String) -> [UInt8] {
        // The length in front of the kind keeps ("ab", "c") and ("a", "bc") apart.
        let message = lengthPrefixed(kind) + Array(value.utf8)
        return key.withUnsafeBytes { suite.digest.authenticate(key: $0, message: message) }
    }

    /// ``hash(_:_:)`` as 64 hexadecimal digits.
    public func hex(_ kind: String, _ value: String) -> String { Hex.encode(hash(kind, value)) }
}

/// The UTF-8 bytes of a text behind their number (four bytes, big-endian).
func lengthPrefixed(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let count = UInt32(bytes.count)
    return (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + bytes
}
