import Enrollment
import Storage
import Synchronization

/// Takes in applications and moves them, through the product's repositories, until it is cancelled. One tenant has seven
/// times the others' share.
final class ProvinceLoad: Sendable {
    private struct State {
        var taken = 0
        var moved = 0
    }

    private let database: any Database
    private let tenants: [TenantCode]
    private let batch: Int
    private let state = Mutex(State())

    init(database: any Database, tenants: [TenantCode], batch: Int) {
        self.database = database
        self.tenants = tenants
        self.batch = batch
    }

    var done: (taken: Int, moved: Int) { state.withLock { (taken: $0.taken, moved: $0.moved) } }

    func run(seed: UInt64) async throws {
        var turn = seed
        while !Task.isCancelled {
            turn &+= 0x9e37_79b9_7f4a_7c15
            let number = Int((turn >> 33) % UInt64(tenants.count + 6))
            let key = TenantSeason(tenants[max(0, number - 6)], Measure.season)
            let files = (0..<batch).map { _ in Self.file(key) }
            try await database.write(.intake(key.tenant, key.season)) { tx in
                _ = try IntakeRepository.add(
                    files, of: key,
                    draw: { ReceiptNumber.make(tenant: key.tenant, season: key.season, random: .system) }, in: tx)
            }
            state.withLock { $0.taken += files.count }
            // As verification does: three quarters settle, the others wait for the family.
            for (index, file) in files.enumerated() {
                let row = file.application
                try await database.write(
                    .filing(row.guardian, key.tenant, key.season, row.id)
                ) { tx in
                    guard let held = try ApplicationRepository.hold(row.id, of: key, in: tx) else { return }
                    let settles = index % 4 > 0
                    try ApplicationRepository.record(
                        .checked, moving: row.id, of: key, from: held.state, to: settles ? .qualified : .needsRepair,
                        settling: settles ? .init(was: nil, now: Self.categories[index % 3]) : nil, actor: .machine,
                        at: row.submittedAt, in: tx)
                }
                state.withLock { $0.moved += 1 }
                if Task.isCancelled { return }
            }
        }
    }

    private static let categories: [CategoryID] = ["household_and_home", "household_only", "home_only"]

    private static func file(_ key: TenantSeason) -> NewFile {
        let id = ApplicationID(from: .system)
        let guardian = PersonID(from: .system)
        let now = Instant(milliseconds: 1_780_000_000_000)
        let sealed = [UInt8](repeating: 7, count: 600)
        return NewFile(
            application: ApplicationRow(
                key: key, id: id, receipt: "", child: PersonID(from: .system), guardian: guardian, stage: .primary,
                state: .verifying, stateSince: now, revision: 1, ticket: id.description, twinGroup: id.bytes,
                personAsked: false, submittedAt: now, dataKey: sealed.prefix(48).map(\.self), keySubject: id.bytes),
            revision: RevisionRow(number: 1, sealedAnswers: sealed, by: guardian, at: now), choices: ["P01", "P02"],
            relation: .mother,
            events: [EventRow(sequence: 1, type: .submitted, state: .verifying, actor: .family, at: now)], facts: [],
            claims: [.init(credential: .household, sealedClaim: sealed, status: "waiting", answerBy: now)], jobs: [],
            decision: .init(
                revision: 1, versionHash: "v", program: "p", verdict: "undetermined", category: nil, schools: [],
                rankKeys: [], pending: [.homeOwned], factDigest: "d", at: now),
            consents: [(purpose: "enrollment.household", textVersion: "1")], keyHash: id.bytes, requestDigest: id.bytes,
            due: now)
    }
}
