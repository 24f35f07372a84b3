import Enrollment
import Foundation
import Gateways
import Sandbox
import Tenancy

/// Generating a season, and driving it through the portal.
public struct SeasonCommands: Sendable {
    let settings: Settings
    public init(_ settings: Settings) { self.settings = settings }

    /// Who gets families.
    public enum Wanted: Sendable {
        /// So many for each of these tenants.
        case each([String], families: Int)
        /// So many for all tenants together, by their size.
        /// - Parameter skew: `CODE:FACTOR`, one tenant with several times its share; `none` for nobody.
        case all(families: Int, skew: String)
    }

    /// Writes registers, accounts and families with their truth into a folder.
    /// - Parameter progress: a label, how many are done, and of how many.
    public func generate(
        _ wanted: Wanted, seed: UInt64, into folder: String,
        progress: (_ label: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> CommandAnswer {
        var own = settings
        own.seasonDirectory = nil
        let registry = try Installation.loadTenants(own)
        let (families, leftOut) = try shares(wanted, registry)
        let season = try SeasonGenerator(
            settings: SeasonSettings(seed: seed, year: settings.season, families: families),
            tenants: registry.tenants, gazetteer: registry.gazetteer
        ).generate { progress("生成家庭 Families", $0, $1) }
        try season.save(to: URL(fileURLWithPath: folder, isDirectory: true))
        return CommandAnswer(Self.lines(season.manifest, leftOut, folder), json: season.manifest)
    }

    private func shares(
        _ wanted: Wanted, _ registry: TenantRegistry
    ) throws -> (families: [TenantCode: Int], leftOut: [SeasonShares.LeftOut]) {
        switch wanted {
        case .each(let codes, let count):
            var families: [TenantCode: Int] = [:]
            for code in codes { families[try known(code, registry)] = count }
            return (families, [])
        case .all(let count, let skew):
            let shares = SeasonShares(
                total: count, tenants: registry.tenants, gazetteer: registry.gazetteer,
                skew: try Self.skew(skew, registry))
            return (shares.families, shares.leftOut)
        }
    }

    private func known(_ code: String, _ registry: TenantRegistry) throws -> TenantCode {
        let tenant = TenantCode(rawValue: code)
        guard registry.tenant(tenant) != nil else {
            throw AssemblyError.setting(name: "tenant", rule: "\(code) is no tenant; see ruxue tenant list")
        }
        return tenant
    }

    private static func skew(_ text: String, _ registry: TenantRegistry) throws -> SeasonShares.Skew? {
        if text == "none" { return nil }
        let parts = text.split(separator: ":")
        guard parts.count == 2, let factor = Int(parts[1]), (1...100).contains(factor),
            let tenant = registry.tenant(TenantCode(rawValue: String(parts[0]))),
            SeasonGenerator.canGenerate(for: tenant)
        else {
            throw AssemblyError.setting(
                name: "skew", rule: "must read like 430922:7, a tenant that enrolls and a factor up to 100, or none")
        }
        return SeasonShares.Skew(tenant: tenant.code, factor: factor)
    }

    private static func lines(
        _ manifest: SeasonManifest, _ leftOut: [SeasonShares.LeftOut], _ folder: String
    ) -> [String] {
        var lines = ["已生成 \(manifest.families) 户到 \(folder)。Generated \(manifest.families) families into \(folder)."]
        guard manifest.tenants.count > 1 else { return lines }
        let sizes = manifest.tenants.sorted { ($1.families, $0.code) < ($0.families, $1.code) }
        lines += sizes.prefix(3).map { "  \($0.code)  \($0.name)  \($0.families)" }
        if let least = sizes.last { lines.append("  … \(least.code)  \(least.name)  \(least.families)") }
        lines.append("\(manifest.tenants.count) 个租户。\(manifest.tenants.count) tenants.")
        for (obstacle, tenants) in Dictionary(grouping: leftOut, by: \.obstacle).sorted(by: {
            $0.key.rawValue < $1.key.rawValue
        }) {
            lines.append(
                "没有家庭 No families for \(tenants.count)：\(ReplayWords.words(obstacle)) \(tenants.map(\.code.rawValue).joined(separator: " "))"
            )
        }
        return lines
    }

    /// What a replay is told.
    public struct Replay: Sendable {
        public var portals: [String]
        public var sandbox: String?
        public var concurrency = 16
        /// Only the first families.
        public var limit: Int?
        public var admits = false
        /// How long an application may take to settle, and a busy portal to answer.
        public var patienceSeconds = 600

        public init(portals: [String], sandbox: String?) {
            self.portals = portals
            self.sandbox = sandbox
        }
    }

    /// Drives generated families through the portal over HTTP and compares what they get with what was chosen for them.
    /// The installation is opened only to move its clock, for a season whose tenants register at different times.
    /// - Parameter progress: a label, how many are done, and of how many.
    public func replay(
        _ replay: Replay, progress: @escaping @Sendable (_ label: String, _ done: Int, _ total: Int) -> Void
    ) async throws -> CommandAnswer {
        guard let season = settings.seasonDirectory else {
            throw AssemblyError.setting(name: "season", rule: "must name the folder of a generated season")
        }
        let report = try await report(replay, URL(fileURLWithPath: season, isDirectory: true), progress)
        return CommandAnswer(ReplayWords.lines(report), json: report, exitCode: report.isClean ? 0 : 1)
    }

    private func report(
        _ replay: Replay, _ folder: URL,
        _ progress: @escaping @Sendable (_ label: String, _ done: Int, _ total: Int) -> Void
    ) async throws -> ReplayReport {
        let manifest = try GeneratedSeason.manifest(in: folder)
        let families = SeasonReplay.ordered(try GeneratedSeason.families(in: folder), of: manifest)
        let transport = CurlTransport(maxConnectionsPerHost: replay.concurrency * 2)
        let settings = settings
        do {
            let report = try await SeasonReplay(
                settings: ReplaySettings(
                    portals: replay.portals, sandbox: replay.sandbox, concurrency: replay.concurrency,
                    admits: replay.admits, patience: .seconds(replay.patienceSeconds),
                    moveClock: { day in
                        _ = try await OfficeCommands(settings).moveClock(to: "\(day)T09:00:00+08:00")
                    }),
                families: replay.limit.map { Array(families.prefix($0)) } ?? families,
                manifest: manifest, exchange: Self.exchange(transport),
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
