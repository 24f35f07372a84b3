/// A database through which processes tell each other that something changed.
public protocol Notifying: Sendable {
    /// What is sent to a channel from now on, by any process. An empty text says that the channel is open, at first and
    /// after every interruption: what was sent meanwhile is lost.
    func listen(_ channel: StaticString) -> AsyncStream<String>

    /// Sends to whoever listens. After the commit of what it tells of, never inside it.
    func notify(_ channel: StaticString, payloads: [String]) async throws
}
