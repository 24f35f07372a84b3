import Enrollment
public import Services

/// The service zone as it is served: the frame around every answer, and the use cases behind it.
public struct Zone: Sendable {
    public let frame: ZoneFrame
    public let platform: Platform
    /// Streams to browsers; to be closed when the server stops.
    public let live = LiveStreams()

    /// Checks every template on the way.
    /// - Throws: ``ZoneError`` with every problem found.
    public init(platform: Platform, settings: ZoneSettings) throws {
        self.platform = platform
        let readSession = ReadSession(platform)
        frame = try ZoneFrame(
            settings: settings, readSession: { try await readSession(token: $0) },
            demonstration: { platform.demonstration?.businessNow.text },
            countForm: { try CountForm(platform)($0) }, isReady: { await platform.isReady() })
    }
}
