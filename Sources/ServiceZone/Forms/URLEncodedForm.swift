/// Reads `application/x-www-form-urlencoded` (WHATWG URL, § 5.1): bytes that are not UTF-8 become replacement characters.
enum URLEncodedForm {
    static let mostFields = 200

    /// - Throws: ``ZoneError/unreadableForm`` for more fields than any form has.
    static func read(_ bytes: some Sequence<UInt8>) throws -> ReceivedForm {
        let pairs = Array(bytes).split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true)
        guard pairs.count <= mostFields else { throw ZoneError.unreadableForm }
        var fields: [String: String] = [:]
        for pair in pairs {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = decoded(parts[0])
            if fields[name] == nil { fields[name] = parts.count == 2 ? decoded(parts[1]) : "" }
        }
        return ReceivedForm(fields: fields)
    }

    static func decoded(_ bytes: some Collection<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index != bytes.endIndex {
            let byte = bytes[index]
            let rest = bytes[index...].dropFirst()
            if byte == UInt8(ascii: "+") {
                result.append(0x20)
            } else if byte == UInt8(ascii: "%"), let high = rest.first.flatMap(digit),
                let low = rest.dropFirst().first.flatMap(digit)
            {
                result.append(high << 4 | low)
                index = bytes.index(index, offsetBy: 3)
                continue
            } else {
                result.append(byte)
            }
            index = bytes.index(after: index)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
