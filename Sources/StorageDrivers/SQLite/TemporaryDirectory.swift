import Foundation

/// A directory that goes with its last reference.
final class TemporaryDirectory: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "ruxue-\(UUID().uuidString)")

    deinit { remove() }

    func remove() {
        // Gone already after `close`; and what cannot be removed from the temporary directory harms nobody.
        try? FileManager.default.removeItem(at: url)
    }
}
