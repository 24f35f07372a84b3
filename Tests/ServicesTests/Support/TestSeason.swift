import Enrollment
import Foundation
import Logging
import Protection
import Services
import Storage
import StorageDrivers
import Synchronization
import Tenancy
import Testing

/// The repository's own `Tenants/`, loaded once.
enum RealTenants {
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Tenants").path
    static let loaded = Result { () throws(TenancyError) in
        try TenantRegistry.load(directory: directory, season: SeasonYear(2026))
    }
}

/// An installation of its own: database, keys, scripted registers, a sign-in that knows whom a test names, and a business
/// clock inside the registration window.
struct TestSeason: Sendable {
    static let taojiang: TenantCode = "430922"
    static let anhua: TenantCode = "430923"
    static let windowMorning = "2026-07-06T09:00:00+08:00"

    let platform: Platform
    let database: any Database
    /// Where the database's file is; empty for a database that was given.
    let path: String
    let registers: ScriptedRegisters
    let keys: KeyRing
    private let signIns: SignIns

    /// People who may come back from the identity provider, by the code they bring.
    private final class SignIns: Sendable {
        let byCode = Mutex<[String: SignedInIdentity]>([:])
    }

    init(
        at start: String = TestSeason.windowMorning, registry: TenantRegistry? = nil, beside other: TestSeason? = nil,
        on given: (any Database)? = nil, intake: IntakeLimits = IntakeLimits()
    ) async throws {
        let instant = try #require(Instant(start))
        let signIns = SignIns()
        self.signIns = signIns
        registers = other?.registers ?? ScriptedRegisters()
        keys = other?.keys ?? KeyRing.generate()
        if let other {
            database = given ?? other.database
            path = other.path
        } else if let given {
            database = given
            path = ""
        } else {
            let file = try await SQLiteDatabase.temporary()
            database = file
            path = file.path
            _ = try await Migrator(Schema.migrations).migrate(database)
        }
        let clock = DemonstrationClock(
            aheadMilliseconds: instant.milliseconds - DemonstrationClock.machineNow().milliseconds)
        platform = Platform(
            database: database, vault: Vault(keys), clock: clock.clock, random: .system, source: registers.source,
            identity: IdentityProvider(
                authorizationAddress: { "https://sign-in.example/authorize?state=\($0.state)" },
                redeem: { code, _ in
                    guard let identity = signIns.byCode.withLock({ $0[code] }) else { throw ServiceError.forbidden }
                    return identity
                }),
            changes: Changes(),
            settings: PlatformSettings(
                signInRedirectAddress: "https://portal.example/sign-in/callback", firstRetryPause: .milliseconds(10),
                intake: intake),
            registry: try registry ?? RealTenants.loaded.get(), demonstrationClock: clock,
            background: Background { work in Task { await work() } })
    }

    /// Runs a body on a fresh installation beside a worker, and closes the installation.
    static func run(
        at start: String = TestSeason.windowMorning, registry: TenantRegistry? = nil,
        _ body: @escaping @Sendable (TestSeason) async throws -> Void
    ) async throws {
        let season = try await TestSeason(at: start, registry: registry)
        try await season.working { try await body(season) }
        // Whatever happened: nothing was counted that is not there, and nothing is there that was not counted.
        let recounted = try await RecountCounters(season.platform)()
        #expect(recounted.agrees, "the counters differ from a recount in \(recounted.differing)")
        try await season.database.close()
    }

    /// Runs a body beside a verification worker.
    func working(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let platform = platform
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await VerificationWorker(platform, logger: logger).run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// Signs a person in, through the whole of the sign-in.
    func signIn(_ person: SamplePerson) async throws -> Viewer {
        try #require(try await ReadSession(platform)(token: completeSignIn(person, from: "/family").token))
    }

    /// Where a sign-in leads that began at a page.
    func signInLeads(_ person: SamplePerson, from page: String) async throws -> String {
        try await completeSignIn(person, from: page).returnTo
    }

    private func completeSignIn(_ person: SamplePerson, from page: String) async throws -> SignedIn {
        let begun = try await BeginSignIn(platform)(returnTo: page)
        let code = UUID().uuidString
        signIns.byCode.withLock { $0[code] = person.identity }
        let state = try #require(begun.address.split(separator: "=").last.map(String.init))
        return try await CompleteSignIn(platform)(code: code, state: state, cookie: begun.cookie)
    }

    /// Signs an officer in who holds these roles.
    func officer(
        _ sequence: Int, _ roles: StaffRole..., in tenant: TenantCode = TestSeason.taojiang
    ) async throws -> Viewer {
        let person = try SamplePerson("曾样例·审", born: "1980-01-05", sequence: 900 + sequence)
        for role in roles {
            _ = try await GrantStaffRole(platform)(
                subject: person.identity.subject, tenant: tenant, role: role, until: nil, by: "test")
        }
        return try await signIn(person)
    }

    /// Moves the business clock.
    func move(to time: String) async throws {
        try await MoveDemonstrationClock(platform)(to: try #require(Instant(time)))
    }

    func read(_ viewer: Viewer, _ receipt: ReceiptNumber) async throws -> ApplicationView {
        try await ReadApplication(platform)(viewer, receipt)
    }

    /// Waits until an application is as wanted, told of every change; no polling.
    @discardableResult
    func wait(
        _ viewer: Viewer, _ receipt: ReceiptNumber, until isThere: @Sendable (ApplicationView) -> Bool
    ) async throws -> ApplicationView {
        let changes = try await WatchApplication(platform)(viewer, receipt)
        let first = try await read(viewer, receipt)
        if isThere(first) { return first }
        for await _ in changes {
            let view = try await read(viewer, receipt)
            if isThere(view) { return view }
        }
        throw CancellationError()
    }

    @discardableResult
    func wait(_ viewer: Viewer, _ receipt: ReceiptNumber, for state: ApplicationState) async throws -> ApplicationView {
        try await wait(viewer, receipt) { $0.state == state }
    }
}

extension ApplicationView {
    /// States in the order in which the application was in them, repetitions left out.
    var statesPassed: [ApplicationState] {
        history.reduce(into: []) { states, entry in if states.last != entry.state { states.append(entry.state) } }
    }

    func status(_ credential: CredentialID) -> CredentialStatus? {
        credentials.first { $0.connector.credential == credential }?.status
    }
}
