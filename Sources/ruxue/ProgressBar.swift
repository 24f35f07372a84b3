import Foundation
import Synchronization

/// A bar on a terminal, nothing in a pipe.
final class ProgressBar: Sendable {
    private let lastText = Mutex("")
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ label: String, done: Int, total: Int) {
        guard isTerminal, total > 0 else { return }
        let width = 32
        let filled = min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let text = "\(label) \(bar) \(done)/\(total)"
        lastText.withLock { last in
            guard text != last else { return }
            last = text
            FileHandle.standardError.write(Data(("\r\u{1B}[2K" + text).utf8))
        }
    }

    func end() {
        lastText.withLock { last in
            if isTerminal, !last.isEmpty { FileHandle.standardError.write(Data("\n".utf8)) }
            last = ""
        }
    }
}
