public import Hummingbird
public import Logging
public import NIOCore

/// The portal as a server, the same for `ruxue serve` and for tests.
/// - Parameters:
///   - port: 0 takes any free port; `onRunning` tells which.
///   - onRunning: called once with the listening channel.
public func serviceZoneApplication(
    _ zone: Zone, host: String, port: Int, logger: Logger,
    onRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
) -> some ApplicationProtocol {
    Application(
        router: serviceZoneRouter(zone),
        configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
        onServerRunning: onRunning, logger: logger)
}
