import Foundation

/// Prints results: words for people, JSON for programs.
enum Output {
    static func line(_ text: String) { print(text) }

    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    static func error(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// A bar on a terminal, nothing in a pipe.
final class ProgressBar: @unchecked Sendable {
    // Guarded by `lock`; there is one writer at a time to the terminal.
    private let lock = NSLock()
    private var lastText = ""
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ label: String, done: Int, total: Int) {
        guard isTerminal, total > 0 else { return }
        let width = 32
        let filled = min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let text = "\(label) \(bar) \(done)/\(total)"
        lock.withLock {
            guard text != lastText else { return }
            lastText = text
            FileHandle.standardError.write(Data(("\r\u{1B}[2K" + text).utf8))
        }
    }

    func end() {
        guard isTerminal else { return }
        lock.withLock {
            if !lastText.isEmpty { FileHandle.standardError.write(Data("\n".utf8)) }
            lastText = ""
        }
    }
}
