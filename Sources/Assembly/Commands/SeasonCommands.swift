public import Enrollment
import Foundation
import Gateways
public import Sandbox
import Tenancy

/// Generates a season into a folder.
public struct GenerateSeason: Sendable {
    let settings: Settings
    public init(_ settings: Settings) { self.settings = settings }

    /// - Parameter families: how many families each named tenant gets.
    public func callAsFunction(
        families: [TenantCode: Int], seed: UInt64, into folder: String
    ) throws -> SeasonManifest {
        var own = settings
        own.seasonDirectory = nil
        let registry = try Installation.loadTenants(own)
        for code in families.keys where registry.tenant(code) == nil {
            throw AssemblyError.setting(name: "tenant", rule: "\(code) is no tenant; see ruxue tenant list")
        }
        let season = try SeasonGenerator(
            settings: SeasonSettings(seed: seed, year: settings.season, families: families),
            tenants: registry.tenants, gazetteer: registry.gazetteer
        ).generate()
        try season.save(to: URL(fileURLWithPath: folder, isDirectory: true))
        return season.manifest
    }
}

/// Drives generated families through the portal over HTTP and compares what they get with what was chosen for them.
public struct ReplaySeason: Sendable {
    public init() {}

    public func callAsFunction(
        folder: String, replay: ReplaySettings, limit: Int?,
        progress: @escaping @Sendable (ReplayProgress) -> Void
    ) async throws -> ReplayReport {
        let families = try GeneratedSeason.families(in: URL(fileURLWithPath: folder, isDirectory: true))
        let transport = CurlTransport(maxConnectionsPerHost: replay.concurrency * 2)
        do {
            let report = try await SeasonReplay(
                settings: replay, families: limit.map { Array(families.prefix($0)) } ?? families,
                exchange: Self.exchange(transport), progress: progress
            ).run()
            await transport.shutdown()
            return report
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    private static func exchange(_ transport: CurlTransport) -> ReplayExchange {
        { request in
            guard let method = HTTPRequest.Method(rawValue: request.method) else {
                throw TransportError.malformedRequest
            }
            let reply = try await transport.exchange(
                HTTPRequest(
                    method, request.address, headers: request.headers.map { HTTPHeader($0.name, $0.value) },
                    body: request.body.isEmpty && method == .get ? nil : request.body,
                    deadlineMilliseconds: 60_000, maxReplyBytes: 4 << 20))
            return ReplayReply(
                status: reply.status, headers: reply.headers.map { (name: $0.name, value: $0.value) }, body: reply.body)
        }
    }
}
