import Foundation

/// The checked-out tree that the tests stand in.
struct Tree {
    let root: URL

    init() {
        root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// The paths of all Swift files below a folder, relative to the root, in order.
    func swiftFiles(under folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }

    func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path).sorted()
    }

    /// The top level without what `.gitignore` leaves out and Git's own folder.
    func topLevel() throws -> Set<String> {
        let patterns = try text(".gitignore").split(separator: "\n").map { pattern in
            pattern.trimmingCharacters(in: CharacterSet(charactersIn: "/ "))
        }
        let kept = try names(in: ".").filter { name in
            name != ".git" && !patterns.contains { Self.matches(name, pattern: $0) }
        }
        return Set(kept)
    }

    /// Whether a name matches a pattern with at most one `*`, which is all that `.gitignore` uses here.
    private static func matches(_ name: String, pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return name == pattern }
        return name.count >= pattern.count - 1 && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
    }
}
