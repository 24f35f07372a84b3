import COpenSSL

/// Whether two byte strings are equal, in a time that depends on their lengths only: for tokens, MACs and digests that
/// somebody outside may have chosen.
public func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBytes { a in right.withUnsafeBytes { b in constantTimeEqual(a, b) } }
}

func constantTimeEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    guard let a = left.baseAddress, let b = right.baseAddress else { return true }
    return CRYPTO_memcmp(a, b, left.count) == 0
}
