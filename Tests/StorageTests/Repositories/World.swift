import Enrollment
import Storage
import Synchronization

/// A database with two tenants and three families: one whose rows a test works on, its neighbour in the same tenant, and
/// a family in the tenant beside it.
struct World: Sendable {
    static let season = SeasonYear(2026)
    static let now = Instant(milliseconds: 1_780_000_000_000)
    private static let counter = Mutex<UInt64>(0)

    let database: any Database
    let mine = TenantSeason("430922", World.season)
    let other = TenantSeason("430923", World.season)
    let mother: PersonID = World.id()
    let stranger: PersonID = World.id()
    let application: ApplicationRow
    let neighbour: ApplicationRow
    let foreign: ApplicationRow

    /// A fresh identifier, never the same twice.
    static func id<Kind>() -> TypedID<Kind> {
        TypedID(
            high: 7,
            low: counter.withLock {
                $0 += 1; return $0
            })
    }

    static func run(_ driver: Driver, _ body: (World) async throws -> Void) async throws {
        try await driver.run { try await body(try await planted(in: $0)) }
    }

    /// Plants the three families.
    static func planted(in database: any Database) async throws -> World {
        let world = World(database)
        try await database.write(.province) { tx in
            for row in [world.application, world.neighbour, world.foreign] {
                try tx.writing(world.filing(row)) { tx in
                    _ = try ApplicationRepository.insert(row, in: tx)
                    try ApplicationRepository.append(
                        .submitted, to: row.id, of: row.key, state: .verifying, actor: .family, at: now, in: tx)
                    try ApplicationRepository.insert(
                        revision: RevisionRow(number: 1, sealedAnswers: [1, 2, 3], by: row.guardian, at: now),
                        choices: ["P01", "P05"], of: row.id, row.key, in: tx)
                }
            }
        }
        return world
    }

    private init(_ database: any Database) {
        self.database = database
        application = Self.row(mine, "430922-26-0000-0001", mother)
        neighbour = Self.row(mine, "430922-26-0000-0002", stranger)
        foreign = Self.row(other, "430923-26-0000-0003", stranger)
    }

    static func row(_ key: TenantSeason, _ receipt: ReceiptNumber, _ guardian: PersonID) -> ApplicationRow {
        ApplicationRow(
            key: key, id: id(), receipt: receipt, child: id(), guardian: guardian, stage: .primary, state: .verifying,
            stateSince: now, revision: 1, ticket: "ticket-\(receipt)", twinGroup: [9], personAsked: false,
            submittedAt: now, dataKey: [1, 2], keySubject: [3])
    }

    /// The scope of a family's own file.
    func filing(_ row: ApplicationRow) -> Scope { .filing(row.guardian, row.key.tenant, row.key.season, row.id) }

    /// The scope of a tenant's staff.
    func staff(_ key: TenantSeason) -> Scope { .tenant(key.tenant, key.season) }

    /// Runs a body in the tenant's own scope.
    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (any Writing) throws -> T) async throws -> T {
        try await database.write(staff(mine), body)
    }

    func job(
        _ application: ApplicationRow, _ credential: CredentialID = .household, attempts: Int = 0
    ) -> JobRepository.Row {
        .init(
            key: application.key, id: World.id(), application: application.id, revision: 1, credential: credential,
            attempts: attempts)
    }

    func claim(_ credential: CredentialID, status: String = "waiting") -> ClaimRepository.Row {
        .init(
            credential: credential, sealedClaim: [4, 5], status: status, answerBy: World.now.adding(.seconds(3600)))
    }

    func fact(
        _ key: FactKey, _ state: FactState, _ source: FactSource = .check, credential: CredentialID? = .household
    ) -> Fact {
        Fact(
            key: key, state: state, source: source, credential: credential, asOf: World.now.day, fetchedAt: World.now)
    }
}
