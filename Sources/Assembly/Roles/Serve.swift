import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import ServiceZone
import Services
import Storage
import UnixSignals

/// The portal and, unless told otherwise, the worker that asks departments, until the process is told to stop.
public struct Serve: Sendable {
    let installation: Installation
    let works: Bool
    let serves: Bool
    let onRunning: @Sendable (_ port: Int) async -> Void

    /// - Parameters:
    ///   - works: whether checks are done in this process.
    ///   - serves: whether pages are served in this process.
    public init(
        _ installation: Installation, works: Bool = true, serves: Bool = true,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.installation = installation
        self.works = works
        self.serves = serves
        self.onRunning = onRunning
    }

    /// Runs until it is stopped by a signal or its task is cancelled. The worker stops last, so that what the portal
    /// accepted in its last moment is at least begun.
    public func run() async throws {
        var services: [any Service] = [Following(installation: installation)]
        if works { services.append(WorkerService(installation: installation)) }
        if serves {
            let settings = installation.settings
            let zone = try Zone(
                platform: installation.platform,
                settings: ZoneSettings(
                    publicAddress: settings.publicAddress ?? "http://\(settings.host):\(settings.port)"))
            let onRunning = onRunning
            services.append(
                serviceZoneApplication(
                    zone, host: settings.host, port: settings.port, logger: installation.logger,
                    onRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) }))
            services.append(Counting(installation: installation))
            services.append(StreamEnd(live: zone.live))
        }
        try await runServices(
            services.map { .init(service: $0) }, on: installation.settings, logger: installation.logger)
        try await installation.close()
    }
}

/// Ends the streams to browsers when the portal is told to stop. Services are stopped in reverse order: this one, which
/// is the last, before the server, which would wait for every stream until its browser leaves.
private struct StreamEnd: Service {
    let live: LiveStreams

    func run() async throws {
        try await gracefulShutdown()
        live.close()
    }
}

/// Follows what other processes of the installation do, and tells them what this one does.
private struct Following: Service {
    let installation: Installation

    func run() async throws {
        let platform = installation.platform
        let logger = installation.logger
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await KeepUp(platform, logger: logger).run() }
                if let channel = installation.database as? any Notifying {
                    group.addTask { await ChangeRelay(platform, through: channel, logger: logger).run() }
                }
            }
        }
    }
}

/// Keeps the province's numbers fresh while somebody looks at them.
private struct Counting: Service {
    let installation: Installation

    func run() async throws {
        let logger = installation.logger
        await cancelWhenGracefulShutdown {
            await installation.platform.province.keepFresh(installation.platform) { error in
                logger.notice(
                    "the province's numbers are not known now",
                    metadata: ["error": "\((error as? StorageError)?.code ?? "unknown")"])
            }
        }
    }
}

private struct WorkerService: Service {
    let installation: Installation

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await CompactCounters(installation.platform, logger: installation.logger).run() }
                await VerificationWorker(installation.platform, logger: installation.logger).run()
                group.cancelAll()
            }
        }
    }
}
