import COpenSSL

/// Draws unpredictable bytes from OpenSSL's generator. Ends the process when there is no randomness to be had: nothing
/// that follows would be safe.
public func randomBytes(_ count: Int) -> [UInt8] {
    precondition(count >= 0 && count <= Int(Int32.max), "randomBytes draws 0 to 2^31-1 bytes")
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        guard count == 0 || RAND_bytes(buffer.baseAddress, Int32(count)) == 1 else {
            fatalError("no randomness: the operating system's generator does not answer")
        }
        filled = count
    }
}
