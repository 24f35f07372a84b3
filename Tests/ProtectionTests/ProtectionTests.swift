import Protection

/// A key that every run of a test shares.
func testKey(_ byte: UInt8 = 7) -> SecretBytes { SecretBytes([UInt8](repeating: byte, count: 32)) }

/// The bytes of hexadecimal text that a test wrote down; an empty array, which fails the test, for a slip of the pen.
func bytes(_ hex: String) -> [UInt8] { Hex.decode(hex.filter { $0 != " " }) ?? [] }
