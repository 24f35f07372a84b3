import Foundation

/// Writes the flat JSON objects that the exchange takes.
enum JSONBody {
    /// The fields in the order of their names, so that equal questions are equal bytes.
    static func encode(_ fields: [String: String]) throws(GatewayError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(fields)) } catch { throw .transport(.malformedRequest) }
    }
}
