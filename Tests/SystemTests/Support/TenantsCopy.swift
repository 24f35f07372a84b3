import Foundation

/// A copy of the shipped `Tenants/` that a test may break.
final class TenantsCopy {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ruxue-tenants-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: URL(fileURLWithPath: RuxueBinary.tenants), to: folder)
        path = folder.path
    }

    deinit {
        // A directory that is left behind harms nothing; the system clears it.
        try? FileManager.default.removeItem(atPath: path)
    }

    func edit(_ file: String, _ change: (String) throws -> String) throws {
        let url = URL(fileURLWithPath: path).appendingPathComponent(file)
        let old = try String(contentsOf: url, encoding: .utf8)
        try Data(try change(old).utf8).write(to: url)
    }
}
