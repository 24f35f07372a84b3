import Enrollment
import Storage

/// Rows for the tests of repositories.
enum Samples {
    static func finding(by person: PersonID, _ fact: FactKey = .homeOwned, state: String = "proposed")
        -> ReviewRepository.Finding
    {
        .init(
            id: World.id(), fact: fact, value: .flag(true), sealedReason: [1, 2], by: person, secondBy: nil,
            state: state,
            at: World.now)
    }

    static func review(by person: PersonID, stage: String = "first") -> ReviewRepository.Review {
        .init(stage: stage, by: person, verdict: "findings", sealedReason: [3], at: World.now)
    }

    static func note(by person: PersonID, text: [UInt8] = [4]) -> ReviewRepository.Note {
        .init(author: "family", sealedText: text, by: person, at: World.now)
    }

    static func run(_ id: AllocationRunID) -> AdmissionRepository.Run {
        .init(
            id: id, versionHash: "v", seed: [1, 2, 3], rosterRoot: "root", seats: "P01=2", outputsHash: "out",
            candidates: 2, placed: 1, provisional: 0, by: nil, at: World.now)
    }

    static func entry(_ application: ApplicationID, provisional: Bool = false) -> AdmissionRepository.RosterEntry {
        .init(
            candidate: Candidate(
                application: application, ticket: "t", category: 2, rankKeys: [-5, 7],
                drawNumber: DrawNumber(hexadecimal: "ab"), choices: ["P05", "P01"]), category: "household_only",
            provisional: provisional)
    }

    static func offer(_ application: ApplicationID, _ run: AllocationRunID) -> OfferRepository.Row {
        .init(
            id: World.id(), application: application, run: run, school: "P01", state: "open", until: World.now.day,
            conditional: true)
    }

    static var query: QueryLogRepository.Entry { query(at: World.now) }

    static func query(at: Instant) -> QueryLogRepository.Entry {
        .init(
            credential: .household, purpose: .prefill, operatorAccount: "test", organisation: "430000",
            sealedSubject: [8], outcome: "confirmed", at: at)
    }

    static func entry(_ row: ApplicationRow) -> SubmissionRepository.IndexEntry {
        .init(tenant: row.key.tenant, application: row.id, receipt: row.receipt, child: row.child)
    }

    static func grant(_ person: PersonID, until: Instant? = nil, tenant: TenantCode = "430922") -> StaffRepository.Row {
        .init(
            id: World.id(), person: person, tenant: tenant, role: "first_reviewer", from: World.now, until: until,
            grantedBy: "test")
    }

    /// A new application with one row of everything that belongs to it.
    static func newFile(
        _ key: TenantSeason, child: PersonID, guardian: PersonID = World.id(), keyHash: [UInt8]
    ) -> NewFile {
        let row = World.row(key, "-", guardian)
        let application = ApplicationRow(
            key: key, id: row.id, receipt: row.receipt, child: child, guardian: guardian, stage: .primary,
            state: .verifying, stateSince: World.now, revision: 1, ticket: "new", twinGroup: [9], personAsked: false,
            submittedAt: World.now, dataKey: [1], keySubject: [2])
        return NewFile(
            application: application,
            revision: RevisionRow(number: 1, sealedAnswers: [7], by: guardian, at: World.now), choices: ["P01"],
            relation: .mother,
            events: [EventRow(sequence: 1, type: .submitted, state: .verifying, actor: .family, at: World.now)],
            facts: [],
            claims: [.init(credential: .household, sealedClaim: [1], status: "waiting", answerBy: World.now)],
            jobs: [
                .init(
                    key: key, id: World.id(), application: row.id, revision: 1, credential: .household, attempts: 0)
            ],
            decision: .init(
                revision: 1, versionHash: "v", program: "p", verdict: "undetermined", category: nil, schools: [],
                rankKeys: [], pending: [], factDigest: "d", at: World.now),
            consents: [(purpose: "enrollment", textVersion: "1")], keyHash: keyHash, requestDigest: [5],
            due: World.now)
    }
}
