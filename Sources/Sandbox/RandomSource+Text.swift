import Enrollment
import Foundation

extension RandomSource {
    /// So many bytes as lower-case hexadecimal digits.
    func hexadecimal(_ count: Int) -> String {
        bytes(count).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// So many bytes in base64url without padding.
    func base64URL(_ count: Int) -> String { Data(bytes(count)).base64URLText }

    /// A number from 0 up to a limit, both included.
    func number(through limit: Int) -> Int {
        guard limit > 0 else { return 0 }
        return Int(bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } % UInt32(clamping: limit + 1))
    }
}

extension Data {
    /// base64url without padding (RFC 4648, 5).
    var base64URLText: String {
        base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}
