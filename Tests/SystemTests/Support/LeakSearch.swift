import Foundation

/// Looks for personal data in files, byte by byte: as it is, percent-encoded, and with JSON's escapes.
struct LeakSearch {
    /// Where something was found and of what kind; never what it was.
    struct Leak: Hashable, CustomStringConvertible {
        let file: String
        let kind: String
        let times: Int
        var description: String { "\(file): \(kind), \(times) times" }
    }

    private struct Pattern {
        let bytes: [UInt8]
        let kind: String
    }

    /// Patterns by their first four bytes.
    private var patterns: [UInt32: [Pattern]] = [:]
    /// Whether some pattern begins with these two bytes: nearly every place of a file ends here.
    private var beginnings = [Bool](repeating: false, count: 1 << 16)

    init(_ data: PersonalData) {
        for (value, kind) in data.values {
            add(value, kind.rawValue)
            guard !value.utf8.allSatisfy({ $0 < 0x80 }) else { continue }
            add(value.utf8.map { String(format: "%%%02X", $0) }.joined(), "\(kind.rawValue) percent-encoded")
            add(
                value.utf16.map { $0 < 0x80 ? String(UnicodeScalar(UInt8($0))) : String(format: "\\u%04x", $0) }
                    .joined(),
                "\(kind.rawValue) escaped")
            add(
                value.unicodeScalars.map { $0.isASCII ? String($0) : String(format: "\\u{%X}", $0.value) }.joined(),
                "\(kind.rawValue) escaped as Swift does")
        }
    }

    private mutating func add(_ text: String, _ kind: String) {
        let bytes = Array(text.utf8)
        patterns[Self.key(bytes[0], bytes[1], bytes[2], bytes[3]), default: []].append(
            Pattern(bytes: bytes, kind: kind))
        beginnings[Int(bytes[0]) << 8 | Int(bytes[1])] = true
    }

    private static func key(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) -> UInt32 {
        UInt32(first) << 24 | UInt32(second) << 16 | UInt32(third) << 8 | UInt32(fourth)
    }

    /// Every regular file below the folders, and the files themselves.
    static func files(in places: [URL]) throws -> [URL] {
        try places.flatMap { place -> [URL] in
            let isFolder = try place.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
            guard isFolder else { return [place] }
            return try files(
                in: FileManager.default.contentsOfDirectory(at: place, includingPropertiesForKeys: [.isDirectoryKey]))
        }
    }

    func leaks(in files: [URL]) throws -> [Leak] {
        try files.flatMap { file -> [Leak] in
            let found = leaks(in: try Data(contentsOf: file))
            return found.map { Leak(file: file.lastPathComponent, kind: $0.key, times: $0.value) }
        }.sorted { ($0.file, $0.kind) < ($1.file, $1.kind) }
    }

    private func leaks(in data: Data) -> [String: Int] {
        var found: [String: Int] = [:]
        data.withUnsafeBytes { (buffer: UnsafeRawBufferPointer) in
            beginnings.withUnsafeBufferPointer { table in
                // Plain pointers: a debug build would check each of ten million subscripts.
                guard let bytes = buffer.bindMemory(to: UInt8.self).baseAddress, let begins = table.baseAddress else {
                    return
                }
                let last = buffer.count - 4
                var place = 0
                while place <= last {
                    if begins[Int(bytes[place]) << 8 | Int(bytes[place + 1])] {
                        let key = Self.key(bytes[place], bytes[place + 1], bytes[place + 2], bytes[place + 3])
                        for pattern in patterns[key] ?? [] where place + pattern.bytes.count <= buffer.count {
                            if memcmp(bytes + place, pattern.bytes, pattern.bytes.count) == 0 {
                                found[pattern.kind, default: 0] += 1
                            }
                        }
                    }
                    place += 1
                }
            }
        }
        return found
    }
}
