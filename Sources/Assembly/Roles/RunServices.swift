import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Runs services until a signal. Browsers that keep idle connections open are given a few seconds, then cut off.
func runServices(
    _ services: [ServiceGroupConfiguration.ServiceConfiguration], on settings: Settings, logger: Logger
) async throws {
    var configuration = ServiceGroupConfiguration(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(4)
    do {
        try await listening(on: settings) { try await ServiceGroup(configuration: configuration).run() }
    } catch is CancellationError {
        // Whoever was still connected after those seconds has been cut off; that is a stop like any other.
    }
}

/// Runs a server and says in words when it cannot listen.
private func listening(on settings: Settings, _ run: () async throws -> Void) async throws {
    do { try await run() } catch let error as IOError {
        throw AssemblyError.listening(host: settings.host, port: settings.port, errorNumber: error.errnoCode)
    }
}
