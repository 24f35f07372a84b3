import Enrollment
public import Foundation

/// A generated season: registers, accounts, families with their truth, and sample schools where none are published.
public struct GeneratedSeason: Hashable, Sendable {
    public let manifest: SeasonManifest
    public let registers: RegisterBook
    public let identities: [SandboxIdentity]
    public let families: [GeneratedFamily]
    /// Files of the season's own overlay by their path below `overlay/`.
    public let overlay: [String: String]

    /// The file of families within a season folder.
    public static let familiesFileName = "families.json"
    /// The folder of sample schools within a season folder.
    public static let overlayFolderName = "overlay"

    /// Writes the season folder; what stood there before is replaced. Files with people in them are readable by their
    /// owner only.
    /// - Throws: ``SandboxError/unwritable(file:)``.
    public func save(to folder: URL) throws {
        try registers.save(to: folder)
        try SandboxIdentity.save(identities, to: folder)
        try SeasonFolder.write(lists: [SeasonFolder.List(families)], named: Self.familiesFileName, in: folder)
        try SeasonFolder.write(manifest, named: SeasonManifest.fileName, in: folder)
        let root = folder.appendingPathComponent(Self.overlayFolderName, isDirectory: true)
        do {
            if FileManager.default.fileExists(atPath: root.path) { try FileManager.default.removeItem(at: root) }
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            for (path, text) in overlay.sorted(by: { $0.key < $1.key }) {
                let file = root.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file, options: .atomic)
            }
        } catch {
            throw SandboxError.unwritable(file: Self.overlayFolderName)
        }
    }

    /// Reads the families of a season folder.
    /// - Throws: ``SandboxError/unreadable(file:)``.
    public static func families(in folder: URL) throws -> [GeneratedFamily] {
        try SeasonFolder.readList(of: GeneratedFamily.self, named: familiesFileName, in: folder)
    }

    /// Reads `season.json` of a season folder.
    /// - Throws: ``SandboxError/unreadable(file:)``.
    public static func manifest(in folder: URL) throws -> SeasonManifest {
        try SeasonFolder.read(SeasonManifest.self, named: SeasonManifest.fileName, in: folder)
    }
}
