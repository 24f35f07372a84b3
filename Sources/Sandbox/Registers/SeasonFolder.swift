import Foundation

/// Reads and writes the JSON files of a season folder, which hold a whole invented population.
///
/// Long lists stand with one element a line, so that a season of a province is neither encoded nor decoded as one value.
/// A file of other make, JSON all the same, is read as a whole.
enum SeasonFolder {
    /// One list of a file: the file's only one, or a member of its object.
    struct List {
        let name: String?
        let count: Int
        let element: (Int) -> any Encodable

        init<Element: Encodable>(_ elements: [Element], named name: String? = nil) {
            self.name = name
            count = elements.count
            element = { elements[$0] }
        }
    }

    /// Reads a value whose file is short.
    /// - Throws: ``SandboxError/unreadable(file:)``.
    static func read<Content: Decodable>(_ type: Content.Type, named name: String, in folder: URL) throws -> Content {
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
        } catch {
            // The decoder's own error quotes what it read, which may be somebody's number.
            throw SandboxError.unreadable(file: name)
        }
    }

    /// Reads a list.
    /// - Throws: ``SandboxError/unreadable(file:)``.
    static func readList<Element: Decodable>(
        of type: Element.Type, named name: String, in folder: URL
    ) throws -> [Element] {
        guard let sections = try sections(named: name, in: folder), let lines = sections[""] else {
            return try read([Element].self, named: name, in: folder)
        }
        return try decode(lines, of: name)
    }

    /// The elements of a file's lists, still as bytes, by the list's name; empty for a file that is one list. Nil for a
    /// file that was not written here.
    /// - Throws: ``SandboxError/unreadable(file:)``.
    static func sections(named name: String, in folder: URL) throws -> [String: [Data]]? {
        let data: Data
        do {
            data = try Data(contentsOf: folder.appendingPathComponent(name), options: .mappedIfSafe)
        } catch {
            throw SandboxError.unreadable(file: name)
        }
        var sections: [String: [Data]] = [:]
        var current: String?
        let ranges = lines(of: data)
        // A file that was cut off is not the shorter season that it looks like.
        guard let last = ranges.last, data[last].first == UInt8(ascii: "]") else { return nil }
        for range in ranges {
            let line = data[range]
            if line.last == UInt8(ascii: "[") {
                // `[`, `{"titles":[` or `],"titles":[`.
                current = line.split(separator: UInt8(ascii: "\"")).dropFirst().first.map {
                    String(decoding: $0, as: UTF8.self)
                }
                sections[current ?? ""] = []
            } else if line.first == UInt8(ascii: "{"), !sections.isEmpty {
                sections[current ?? "", default: []].append(
                    line.last == UInt8(ascii: ",") ? line.dropLast() : line)
            } else if line.first != UInt8(ascii: "]") || sections.isEmpty {
                return nil
            }
        }
        return sections
    }

    /// Where the lines are that are not empty.
    private static func lines(of data: Data) -> [Range<Int>] {
        data.withUnsafeBytes { bytes in
            var lines: [Range<Int>] = []
            var start = 0
            while start < bytes.count {
                // Byte by byte this would take as long as decoding.
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
                let found = rest.baseAddress.flatMap { memchr($0, Int32(UInt8(ascii: "\n")), rest.count) }
                let end =
                    found.map { bytes.baseAddress?.distance(to: UnsafeRawPointer($0)) ?? bytes.count } ?? bytes.count
                if end > start { lines.append(start..<end) }
                start = end + 1
            }
            return lines
        }
    }

    /// - Throws: ``SandboxError/unreadable(file:)``.
    static func decode<Element: Decodable>(_ lines: [Data], of name: String) throws -> [Element] {
        let decoder = JSONDecoder()
        do {
            return try lines.map { try decoder.decode(Element.self, from: $0) }
        } catch {
            throw SandboxError.unreadable(file: name)
        }
    }

    /// Writes a value whose file is short.
    /// - Throws: ``SandboxError/unwritable(file:)``.
    static func write(_ content: some Encodable, named name: String, in folder: URL) throws {
        try replacing(name, in: folder) { try $0.write(contentsOf: encoder().encode(content)) }
    }

    /// Writes lists, one element a line; named ones as members of one object, in the given order.
    /// - Throws: ``SandboxError/unwritable(file:)``.
    static func write(lists: [List], named name: String, in folder: URL) throws {
        let encoder = encoder()
        try replacing(name, in: folder) { file in
            var buffer = Data()
            for (index, list) in lists.enumerated() {
                let opening = list.name.map { "\(index == 0 ? "{" : ",")\"\($0)\":[" } ?? "["
                buffer.append(contentsOf: "\(opening)\n".utf8)
                for position in 0..<list.count {
                    buffer.append(try encoder.encode(list.element(position)))
                    buffer.append(contentsOf: (position + 1 < list.count ? ",\n" : "\n").utf8)
                    guard buffer.count > 1 << 20 else { continue }
                    try file.write(contentsOf: buffer)
                    buffer.removeAll(keepingCapacity: true)
                }
                buffer.append(UInt8(ascii: "]"))
            }
            if lists.contains(where: { $0.name != nil }) { buffer.append(UInt8(ascii: "}")) }
            buffer.append(UInt8(ascii: "\n"))
            try file.write(contentsOf: buffer)
        }
    }

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// Writes a file beside the one it replaces, readable by its owner only, and puts it in its place when it is whole.
    private static func replacing(_ name: String, in folder: URL, _ write: (FileHandle) throws -> Void) throws {
        let part = folder.appendingPathComponent(name + ".part")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            guard
                FileManager.default.createFile(
                    atPath: part.path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw SandboxError.unwritable(file: name) }
            let file = try FileHandle(forWritingTo: part)
            do { try write(file) } catch {
                try file.close()
                throw error
            }
            try file.close()
            guard rename(part.path, folder.appendingPathComponent(name).path) == 0 else {
                throw SandboxError.unwritable(file: name)
            }
        } catch {
            throw SandboxError.unwritable(file: name)
        }
    }
}
