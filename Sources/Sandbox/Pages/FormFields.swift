import Foundation
import Hummingbird
import NIOCore

/// Fields of a query or of a form (`application/x-www-form-urlencoded`). Of a repeated field the first counts.
struct FormFields: Sendable {
    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    init(encoded text: String) {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0])
            if values[name] == nil { values[name] = parts.count == 2 ? Self.decoded(parts[1]) : "" }
        }
        self.values = values
    }

    /// Reads a request's form of at most 64 KiB.
    init(formOf request: Request) async throws {
        let buffer = try await request.body.collect(upTo: 64 * 1024)
        self.init(encoded: String(buffer: buffer))
    }

    subscript(_ name: String) -> String? { values[name] }

    /// Encoded again, in the order given; fields that are missing are left out.
    static func encoded(_ fields: [(name: String, value: String?)]) -> String {
        fields.compactMap { name, value in value.map { "\(name)=\(percentEncoded($0))" } }.joined(separator: "&")
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacingOccurrences(of: "+", with: " ")
        return spaced.removingPercentEncoding ?? spaced
    }

    private static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
