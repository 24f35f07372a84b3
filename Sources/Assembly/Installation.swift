import Enrollment
import Foundation
import Gateways
public import Logging
import Protection
public import Services
import Storage
import StorageDrivers
public import Tenancy

/// An installation put together: storage, keys, tenants and the ways outside, ready for any role.
public struct Installation: Sendable {
    public let settings: Settings
    public let platform: Platform
    public let logger: Logger
    let database: any Database
    let transport: CurlTransport

    /// Opens an installation.
    /// - Parameter asksOutside: whether the role speaks to departments and the identity provider; a command that does
    ///   not needs no accounts.
    public static func open(_ settings: Settings, asksOutside: Bool) async throws -> Installation {
        let logger = settings.logger("ruxue")
        let directory = try DataDirectory(settings.dataDirectory)
        let address = try DatabaseAddress(settings.database, in: directory, settings: settings)
        let keys = try KeyFile.loadOrCreate(directory.keys, createIfMissing: address.isNew(directory))
        let registry = try loadTenants(settings)
        let vault = Vault(keys)
        let database = try await open(address, vault, directory)

        let demonstrationClock = try await clock(settings, database)
        let clock = demonstrationClock?.clock ?? Self.realClock
        let transport = CurlTransport()
        let outside =
            try asksOutside
            ? self.outside(directory, registry.connectors, transport, clock, logger) : Outside.none
        let publicAddress = settings.publicAddress ?? "http://\(settings.host):\(settings.port)"
        let platform = Platform(
            database: database, vault: vault, clock: clock, random: RandomSource { randomBytes($0) },
            source: outside.source, identity: outside.identity, changes: Changes(),
            settings: PlatformSettings(
                signInRedirectAddress: publicAddress + "/sign-in/callback",
                firstRetryPause: .milliseconds(settings.retryMilliseconds)),
            registry: registry, demonstrationClock: demonstrationClock,
            background: Background { work in Task { await work() } })
        let pinned = try await PublishLoadedTenants(platform)(pins: asksOutside)
        if !pinned.isEmpty {
            logger.notice(
                "tenants go on under the version their window opened with",
                metadata: ["tenants": "\(pinned.map(\.rawValue).joined(separator: ","))"])
        }
        return Installation(
            settings: settings, platform: platform, logger: logger, database: database, transport: transport)
    }

    /// The embedded database is brought forward when it is opened; PostgreSQL's tables belong to another role, which does
    /// it with `ruxue database migrate`.
    private static func open(
        _ address: DatabaseAddress, _ vault: Vault, _ directory: DataDirectory
    ) async throws -> any Database {
        let database = try await address.open()
        do {
            let migrator = Migrator(Schema.migrations)
            switch database.dialect {
            case .sqlite: _ = try await migrator.migrate(database)
            case .postgresql: try await migrator.requireCurrent(database)
            }
            guard try await KeysBelong(vault)(database) else {
                throw AssemblyError.account(file: directory.keys, rule: AssemblyError.foreignKeys)
            }
            return database
        } catch {
            try await database.close()
            throw error
        }
    }

    /// Loads and validates the tenants' files, without opening anything else.
    public static func loadTenants(_ settings: Settings) throws -> TenantRegistry {
        if let season = settings.seasonDirectory, !FileManager.default.fileExists(atPath: season) {
            throw AssemblyError.setting(name: "season", rule: "names a folder that is not there: \(season)")
        }
        let overlay = settings.seasonDirectory.map { $0 + "/overlay" }
        return try TenantRegistry.load(
            directory: settings.tenantsDirectory, season: settings.season,
            overlay: overlay.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil })
    }

    /// Closes what was opened, in the reverse order.
    public func close() async throws {
        await transport.shutdown()
        try await database.close()
    }

    static let realClock = Clock(
        business: { DemonstrationClock.machineNow() }, real: { DemonstrationClock.machineNow() })

    /// A clock that was moved once stays moved across restarts.
    private static func clock(
        _ settings: Settings, _ database: any Database
    ) async throws -> DemonstrationClock? {
        let kept = try await database.read(.province) { try TenantVersionRepository.businessClockAhead(in: $0) }
        if let kept { return DemonstrationClock(aheadMilliseconds: kept) }
        guard let start = settings.businessClock else { return nil }
        let ahead = start.milliseconds - DemonstrationClock.machineNow().milliseconds
        try await database.write(.province) { try TenantVersionRepository.setBusinessClockAhead(ahead, in: $0) }
        return DemonstrationClock(aheadMilliseconds: ahead)
    }

    private struct Outside {
        let source: CredentialSource
        let identity: IdentityProvider

        static let none = Outside(
            source: CredentialSource { _ in .unavailable(.connection) },
            identity: IdentityProvider(
                authorizationAddress: { _ in throw AssemblyError.account(file: "openid.json", rule: "not loaded") },
                redeem: { _, _ in throw AssemblyError.account(file: "openid.json", rule: "not loaded") }))
    }

    private static func outside(
        _ directory: DataDirectory, _ connectors: [Connector], _ transport: CurlTransport, _ clock: Clock,
        _ logger: Logger
    ) throws -> Outside {
        let account = try directory.secret(
            directory.exchangeAccount, as: ExchangeAccount.self,
            missing: "没有数据共享账号；演示时请先启动 ruxue sandbox。No exchange account; in a demonstration start ruxue sandbox first."
        )
        let signIn = try directory.secret(
            directory.signInAccount, as: OpenIDSettings.self,
            missing:
                "没有统一身份认证账号；演示时请先启动 ruxue sandbox。No sign-in account; in a demonstration start ruxue sandbox first.")
        let exchange = ExchangeClient(account: account, transport: transport, clock: clock)
        let gateway = DepartmentGateway(
            connectors: Dictionary(uniqueKeysWithValues: connectors.map { ($0.credential, $0) }), exchange: exchange)
        let provider = OpenIDClient(settings: signIn, transport: transport, clock: clock)
        return Outside(source: gateway.source, identity: Self.signIn(through: provider.provider, logger))
    }

    /// What the provider refuses is a sign-in that failed, and what it cannot do now is a source that does not answer:
    /// the portal says both in words, and the log keeps the exact reason.
    private static func signIn(through provider: IdentityProvider, _ logger: Logger) -> IdentityProvider {
        let said = { @Sendable (error: GatewayError) -> ServiceError in
            if error.severity > .notice {
                logger.log(
                    level: error.severity == .error ? .error : .warning, "sign-in failed",
                    metadata: ["error": "\(error.code)"])
            }
            return switch error {
            case .transport, .serverError, .unreadable, .clientRefused, .issuerMismatch: .sourceUnavailable(.signIn)
            default: .forbidden
            }
        }
        return IdentityProvider(
            authorizationAddress: { request in
                do { return try await provider.authorizationAddress(request) } catch let error as GatewayError {
                    throw said(error)
                }
            },
            redeem: { code, request in
                do { return try await provider.redeem(code, request) } catch let error as GatewayError {
                    throw said(error)
                }
            })
    }
}

extension CredentialID {
    /// The provincial sign-in, where it stands beside the departments: as a source that a page needs.
    fileprivate static let signIn = CredentialID(rawValue: "sign_in")
}
