import Foundation
import Services

/// Reads `multipart/form-data` (RFC 7578) as far as the portal's own forms need it: short texts and one file.
///
/// Input is hostile until shown otherwise: the number of parts, the length of their headers and the boundary are
/// bounded, a missing end or a part without a name makes the whole form unreadable, and names of files are not kept.
struct MultipartForm {
    static let mostParts = 24
    static let longestHeader = 2048
    static let longestText = 65_536

    /// The boundary of a content type; nil when it is not multipart or the boundary is not one (RFC 2046, § 5.1.1).
    static func boundary(in contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.drop { $0 == " " } }
        guard parts.first?.lowercased() == "multipart/form-data",
            let parameter = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        var value = parameter.dropFirst("boundary=".count)
        if value.first == "\"", value.last == "\"", value.count >= 2 { value = value.dropFirst().dropLast() }
        guard (1...70).contains(value.utf8.count), value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return nil
        }
        return String(value)
    }

    /// - Throws: ``ZoneError/unreadableForm``.
    static func read(_ bytes: [UInt8], boundary: String) throws -> ReceivedForm {
        let delimiter = Array("--\(boundary)".utf8)
        guard let start = first(delimiter, in: bytes, from: 0) else { throw ZoneError.unreadableForm }
        var fields: [String: String] = [:]
        var photo: Upload?
        var position = start + delimiter.count
        for _ in 0...mostParts {
            if bytes[position...].starts(with: Array("--".utf8)) { return ReceivedForm(fields: fields, photo: photo) }
            guard bytes[position...].starts(with: lineEnd),
                let end = first(lineEnd + delimiter, in: bytes, from: position),
                let header = first(lineEnd + lineEnd, in: bytes, from: position), header < end,
                header - position <= longestHeader,
                let part = name(in: String(decoding: bytes[position..<header], as: UTF8.self))
            else { throw ZoneError.unreadableForm }
            let content = bytes[(header + 4)..<max(header + 4, end)]
            if part.isFile {
                // A file field left empty is sent as a part without content.
                if part.name == "photo", photo == nil, !content.isEmpty { photo = Upload(bytes: Array(content)) }
            } else {
                guard content.count <= longestText else { throw ZoneError.unreadableForm }
                if fields[part.name] == nil { fields[part.name] = String(decoding: content, as: UTF8.self) }
            }
            position = end + lineEnd.count + delimiter.count
        }
        throw ZoneError.unreadableForm
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    private static func name(in header: String) -> (name: String, isFile: Bool)? {
        let lines = header.split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            line.lowercased().contains("form-data"), let name = parameter("name", in: line), !name.isEmpty
        else { return nil }
        return (name, parameter("filename", in: line) != nil || line.lowercased().contains("filename*="))
    }

    private static func parameter(_ key: String, in line: Substring) -> String? {
        guard let found = line.range(of: "; \(key)=\"") ?? line.range(of: ";\(key)=\"") else { return nil }
        let rest = line[found.upperBound...]
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        return String(rest[..<end])
    }

    /// The first place of a needle at or after an offset; skips ahead by its last byte (R. N. Horspool, 1980), because a
    /// naive search over 8 MiB of hostile bytes costs a second.
    private static func first(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        let length = needle.count
        guard bytes.count - start >= length else { return nil }
        var skip = [Int](repeating: length, count: 256)
        for (offset, byte) in needle.dropLast().enumerated() { skip[Int(byte)] = length - 1 - offset }
        var position = start
        while position + length <= bytes.count {
            var offset = length - 1
            while bytes[position + offset] == needle[offset] {
                if offset == 0 { return position }
                offset -= 1
            }
            position += skip[Int(bytes[position + length - 1])]
        }
        return nil
    }
}
