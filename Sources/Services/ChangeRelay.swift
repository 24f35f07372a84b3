import Enrollment
public import Logging
public import Storage

/// Tells the other processes of an installation what changed here, and this one what changed there, so that a family sees
/// its page move whichever process answers it. Messages carry identifiers and nothing else.
public struct ChangeRelay: Sendable {
    private let platform: Platform
    private let channel: any Notifying
    private let logger: Logger
    /// Tells this process's own messages from others'.
    private let name: String
    private static let pause = Duration.milliseconds(20)
    /// Identifiers in one message, which may have 8,000 bytes.
    private static let largest = 200
    private static let work = "work"

    public init(_ platform: Platform, through channel: any Notifying, logger: Logger) {
        self.platform = platform
        self.channel = channel
        self.logger = logger
        name = TypedID<ChangeRelay>(from: platform.random).description
    }

    /// Runs until its task is cancelled.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await hear() }
            group.addTask { await tell() }
        }
    }

    private func hear() async {
        for await message in channel.listen("ruxue_changes") {
            let words = message.split(separator: " ")
            guard let sender = words.first else {
                platform.changes.hearOfAnything()
                continue
            }
            guard sender != name else { continue }
            for word in words.dropFirst() {
                if word == Self.work {
                    platform.changes.hearOfWork()
                } else if let id = ApplicationID(word) {
                    platform.changes.hearOfApplication(id)
                }
            }
        }
    }

    private func tell() async {
        for await _ in platform.changes.untold() {
            // What happens within a moment is told together: a notification is a commit of its own.
            do { try await Task.sleep(for: Self.pause) } catch { return }
            let untold = platform.changes.takeUntold()
            var words = untold.applications.map(\.description)
            if untold.workAdded { words.append(Self.work) }
            var messages: [String] = []
            while !words.isEmpty {
                messages.append(([name] + words.prefix(Self.largest)).joined(separator: " "))
                words.removeFirst(min(Self.largest, words.count))
            }
            do {
                try await channel.notify("ruxue_changes", payloads: messages)
            } catch {
                // They look by themselves when the channel opens again.
                logger.notice(
                    "other processes were not told",
                    metadata: ["error": "\((error as? StorageError)?.code ?? "unknown")"])
            }
        }
    }
}
