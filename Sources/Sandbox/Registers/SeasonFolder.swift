import Foundation

/// Reads and writes the JSON files of a season folder, which hold a whole invented population.
enum SeasonFolder {
    static func read<Content: Decodable>(_ type: Content.Type, named name: String, in folder: URL) throws -> Content {
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
        } catch {
            // The decoder's own error quotes what it read, which may be somebody's number.
            throw SandboxError.unreadable(file: name)
        }
    }

    static func write(_ content: some Encodable, named name: String, in folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let file = folder.appendingPathComponent(name)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try encoder.encode(content).write(to: file, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        } catch {
            throw SandboxError.unwritable(file: name)
        }
    }
}
