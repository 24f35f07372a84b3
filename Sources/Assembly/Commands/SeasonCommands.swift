import Enrollment
import Foundation
import Gateways
import Sandbox
import Tenancy

/// Generating a season, and driving it through the portal.
public struct SeasonCommands: Sendable {
    let settings: Settings
    public init(_ settings: Settings) { self.settings = settings }

    /// Writes registers, accounts and families with their truth into a folder.
    public func generate(tenants: [String], families: Int, seed: UInt64, into folder: String) throws -> CommandAnswer {
        var own = settings
        own.seasonDirectory = nil
        let registry = try Installation.loadTenants(own)
        var wanted: [TenantCode: Int] = [:]
        for code in tenants.map(TenantCode.init(rawValue:)) {
            guard registry.tenant(code) != nil else {
                throw AssemblyError.setting(name: "tenant", rule: "\(code) is no tenant; see ruxue tenant list")
            }
            wanted[code] = families
        }
        let season = try SeasonGenerator(
            settings: SeasonSettings(seed: seed, year: settings.season, families: wanted), tenants: registry.tenants,
            gazetteer: registry.gazetteer
        ).generate()
        try season.save(to: URL(fileURLWithPath: folder, isDirectory: true))
        let count = season.families.count
        return CommandAnswer(
            ["已生成 \(count) 户到 \(folder)。Generated \(count) families into \(folder)."], json: season.manifest)
    }

    /// What a replay is told.
    public struct Replay: Sendable {
        public var folder: String
        public var portal: String
        public var sandbox: String?
        public var concurrency = 16
        /// Only the first families.
        public var limit: Int?
        public var admits = false

        public init(folder: String, portal: String, sandbox: String?) {
            self.folder = folder
            self.portal = portal
            self.sandbox = sandbox
        }
    }

    /// Drives generated families through the portal over HTTP and compares what they get with what was chosen for them.
    /// - Parameter progress: a label, how many are done, and of how many.
    public static func replay(
        _ replay: Replay, progress: @escaping @Sendable (_ label: String, _ done: Int, _ total: Int) -> Void
    ) async throws -> CommandAnswer {
        let report = try await report(replay, progress: progress)
        return CommandAnswer(ReplayWords.lines(report), json: report, exitCode: report.isClean ? 0 : 1)
    }

    static func report(
        _ replay: Replay, progress: @escaping @Sendable (_ label: String, _ done: Int, _ total: Int) -> Void
    ) async throws -> ReplayReport {
        let folder = URL(fileURLWithPath: replay.folder, isDirectory: true)
        let families = try GeneratedSeason.families(in: folder)
        let manifest = try GeneratedSeason.manifest(in: folder)
        let transport = CurlTransport(maxConnectionsPerHost: replay.concurrency * 2)
        do {
            let report = try await SeasonReplay(
                settings: ReplaySettings(
                    portal: replay.portal, sandbox: replay.sandbox, concurrency: replay.concurrency,
                    admits: replay.admits),
                families: replay.limit.map { Array(families.prefix($0)) } ?? families,
                manifest: manifest, exchange: exchange(transport),
                progress: { progress(ReplayWords.label($0.phase), $0.done, $0.total) },
                clock: Installation.realClock
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
            guard let method = Gateways.HTTPRequest.Method(rawValue: request.method) else {
                throw TransportError.malformedRequest
            }
            let reply = try await transport.exchange(
                Gateways.HTTPRequest(
                    method, request.address, headers: request.headers.map { HTTPHeader($0.name, $0.value) },
                    body: request.body.isEmpty && method == .get ? nil : request.body,
                    deadlineMilliseconds: 60_000, maxReplyBytes: 4 << 20))
            return ReplayReply(
                status: reply.status, headers: reply.headers.map { (name: $0.name, value: $0.value) }, body: reply.body)
        }
    }
}
