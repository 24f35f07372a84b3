public import Enrollment
import Logging
import Protection
public import Storage
public import Tenancy

/// What every use case shares: storage, keys, clocks, the tenants' snapshot, and the ways outside. Made once, in Assembly.
public struct Platform: Sendable {
    public let database: any Database
    public let vault: Vault
    public let clock: Clock
    public let random: RandomSource
    public let source: CredentialSource
    public let identity: IdentityProvider
    public let changes: Changes
    /// The province's numbers as this process keeps them.
    public let province = ProvinceBoard()
    public let settings: PlatformSettings
    public let demonstrationClock: DemonstrationClock?
    let snapshot: TenantSnapshot
    let intake: Intake
    let rates = RateLimits()
    let audit: AuditWriter

    /// - Parameter demonstrationClock: the clock that `clock.business` follows, where it is a demonstration's.
    public init(
        database: any Database, vault: Vault, clock: Clock, random: RandomSource, source: CredentialSource,
        identity: IdentityProvider, changes: Changes, settings: PlatformSettings, registry: TenantRegistry,
        demonstrationClock: DemonstrationClock?, background: Background
    ) {
        self.database = database
        self.vault = vault
        self.clock = clock
        self.random = random
        self.source = source
        self.identity = identity
        self.changes = changes
        self.settings = settings
        self.demonstrationClock = demonstrationClock
        snapshot = TenantSnapshot(registry)
        intake = Intake(limits: settings.intake, background: background)
        audit = AuditWriter(process: "portal-\(TypedID<Platform>(from: random))")
    }

    /// The tenants as they are now; a value that does not change under the caller.
    public func tenants() -> TenantRegistry { snapshot.registry }

    /// The season that is served.
    public var season: SeasonYear { snapshot.registry.season }

    /// Non-nil while the business clock is a demonstration's.
    public var demonstration: Demonstration? {
        demonstrationClock.map { _ in Demonstration(businessNow: clock.business()) }
    }

    /// Whether the database answers.
    public func isReady() async -> Bool {
        do {
            _ = try await database.read(.province) { try TenantVersionRepository.businessClockAhead(in: $0) }
            return true
        } catch { return false }
    }

    func tenant(_ code: TenantCode) throws -> Tenant {
        guard let tenant = tenants().tenant(code) else { throw ServiceError.notFound }
        return tenant
    }

    func key(_ tenant: TenantCode) -> TenantSeason { TenantSeason(tenant, season) }
}

/// Settings that use cases need.
public struct PlatformSettings: Sendable {
    /// Where the identity provider sends browsers back to.
    public let signInRedirectAddress: String
    /// The account in whose name workers ask departments.
    public let operatorAccount: String
    public let sessionLifetime: Duration
    /// First pause before a silent source is asked again; doubles up to five minutes.
    public let firstRetryPause: Duration
    /// Checks under way at once.
    public let checksAtOnce: Int
    public let intake: IntakeLimits

    public init(
        signInRedirectAddress: String, operatorAccount: String = "ruxue",
        sessionLifetime: Duration = .seconds(8 * 3600),
        firstRetryPause: Duration = .seconds(2), checksAtOnce: Int = 64,
        intake: IntakeLimits = IntakeLimits()
    ) {
        self.signInRedirectAddress = signInRedirectAddress
        self.operatorAccount = operatorAccount
        self.sessionLifetime = sessionLifetime
        self.firstRetryPause = firstRetryPause
        self.checksAtOnce = checksAtOnce
        self.intake = intake
    }
}

/// A demonstration's time, for the banner.
public struct Demonstration: Sendable, Hashable {
    public let businessNow: Instant
}
