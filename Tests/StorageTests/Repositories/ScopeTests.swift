import Enrollment
import Storage
import Testing

@Suite("Outside its scope nothing exists", .timeLimit(.minutes(1)))
struct ScopeTests {
    private typealias Call = @Sendable (any Writing) throws -> Void

    private func expectNothing(
        _ world: World, _ scopes: [Scope], _ calls: [(name: String, call: Call)]
    ) async throws {
        for scope in scopes {
            for (name, call) in calls {
                do {
                    try await world.database.write(scope) { tx in try call(tx) }
                    Issue.record("\(name) works in \(scope)")
                } catch StorageError.notFound {}
            }
        }
    }

    @Test("a tenant's applications, events, revisions and attachments", arguments: Driver.allCases)
    func applications(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (row, key, id) = (world.application, world.mine, world.application.id)
            try await expectNothing(
                world, world.foreignScopes,
                [
                    ("insert", { try ApplicationRepository.insert(row, in: $0) }),
                    ("find", { _ = try ApplicationRepository.find(id, of: key, in: $0) }),
                    ("find by receipt", { _ = try ApplicationRepository.find(receipt: row.receipt, of: key, in: $0) }),
                    ("list", { _ = try ApplicationRepository.list(state: nil, after: nil, limit: 9, of: key, in: $0) }),
                    ("counts", { _ = try ApplicationRepository.counts(of: key, in: $0) }),
                    (
                        "record",
                        {
                            try ApplicationRepository.record(
                                .withdrawn, moving: id, of: key, from: .verifying, to: .withdrawn, actor: .family,
                                at: World.now, in: $0)
                        }
                    ),
                    (
                        "append",
                        {
                            try ApplicationRepository.append(
                                .checked, to: id, of: key, state: .verifying, actor: .machine, at: World.now, in: $0)
                        }
                    ),
                    ("events", { _ = try ApplicationRepository.events(of: id, key, in: $0) }),
                    (
                        "insert revision",
                        {
                            try ApplicationRepository.insert(
                                revision: RevisionRow(number: 2, sealedAnswers: [], by: row.guardian, at: World.now),
                                choices: [], of: id, key, in: $0)
                        }
                    ),
                    ("revision", { _ = try ApplicationRepository.revision(1, of: id, key, in: $0) }),
                    ("choices", { _ = try ApplicationRepository.choices(of: id, revision: 1, key, in: $0) }),
                    ("first choices", { _ = try ApplicationRepository.firstChoices(of: key, in: $0) }),
                    ("person asked", { try ApplicationRepository.setPersonAsked(true, of: id, key, in: $0) }),
                    (
                        "settled",
                        {
                            try ApplicationRepository.setSettled(
                                at: nil, departmentMilliseconds: nil, of: id, key, in: $0)
                        }
                    ),
                    (
                        "attach",
                        {
                            try ApplicationRepository.insert(
                                attachment: .init(
                                    id: World.id(), mediaType: "image/png", size: 1, sealedBody: [1], at: World.now),
                                of: id, key, in: $0)
                        }
                    ),
                    ("attachments", { _ = try ApplicationRepository.attachments(of: id, key, in: $0) }),
                    ("attachment", { _ = try ApplicationRepository.attachment(World.id(), of: id, key, in: $0) }),
                    (
                        "claim a child",
                        {
                            _ = try SubmissionRepository.claim(
                                child: row.child, season: key.season, tenant: key.tenant, application: id, in: $0)
                        }
                    ),
                    (
                        "release a child",
                        {
                            try SubmissionRepository.release(
                                child: row.child, season: key.season, tenant: key.tenant, application: id, in: $0)
                        }
                    ),
                    ("pin", { try TenantVersionRepository.pin(key, versionHash: "v", at: World.now, in: $0) }),
                ])
        }
    }

    @Test("a tenant's checks, facts, decisions and work", arguments: Driver.allCases)
    func verification(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (key, id) = (world.mine, world.application.id)
            let check = CheckRepository.Row(
                id: World.id(), credential: .household, revision: 1, questionHash: [1], outcome: "confirmed",
                sealedRecords: nil, attempt: 1, askedAt: World.now, answeredAt: World.now, validUntil: World.now)
            let decision = DecisionRepository.Row(
                revision: 1, versionHash: "v", program: "p", verdict: "settled", category: nil, schools: [],
                rankKeys: [], pending: [], factDigest: "d", at: World.now)
            let job = world.job(world.application)
            try await expectNothing(
                world, world.foreignScopes,
                [
                    (
                        "insert claim",
                        { try ClaimRepository.insert(world.claim(.household), of: id, revision: 1, key, in: $0) }
                    ),
                    ("claims", { _ = try ClaimRepository.list(of: id, revision: 1, key, in: $0) }),
                    ("waiting", { _ = try ClaimRepository.waiting(of: key, at: World.now, in: $0) }),
                    (
                        "status",
                        {
                            try ClaimRepository.setStatus(
                                "confirmed", differing: [], check: nil, checkedAt: nil, retryAt: nil,
                                credential: .household, of: id, revision: 1, key, in: $0)
                        }
                    ),
                    ("insert check", { try CheckRepository.insert(check, of: id, key, in: $0) }),
                    ("check", { _ = try CheckRepository.find(check.id, of: id, key, in: $0) }),
                    ("attempts", { _ = try CheckRepository.attempts(credential: .household, of: id, key, in: $0) }),
                    (
                        "put fact",
                        {
                            try FactRepository.put(
                                world.fact(.homeOwned, .unknown(.waiting)), of: id, revision: 1, key, in: $0)
                        }
                    ),
                    (
                        "forget facts",
                        {
                            try FactRepository.forget(
                                credential: .household, sources: [.check], of: id, revision: 1, key, in: $0)
                        }
                    ),
                    ("facts", { _ = try FactRepository.list(of: id, revision: 1, key, in: $0) }),
                    ("decide", { try DecisionRepository.append(decision, of: id, key, in: $0) }),
                    ("decision", { _ = try DecisionRepository.latest(of: id, key, in: $0) }),
                    ("decisions", { _ = try DecisionRepository.latest(of: key, in: $0) }),
                    ("carry claims", { try CarryOver.claims([.household], from: 1, to: 2, of: id, key, in: $0) }),
                    ("carry findings", { try CarryOver.findings(from: 1, to: 2, except: [], of: id, key, in: $0) }),
                    ("enqueue", { try JobRepository.enqueue(job, due: World.now, in: $0) }),
                    ("find job", { _ = try JobRepository.find(job.id, key, in: $0) }),
                    ("finish job", { try JobRepository.finish(job.id, key, in: $0) }),
                    ("postpone job", { try JobRepository.postpone(job.id, key, until: World.now, in: $0) }),
                    ("cancel jobs", { try JobRepository.cancel(of: id, key, in: $0) }),
                ])
        }
    }

    @Test("a tenant's reviews, runs and offers", arguments: Driver.allCases)
    func decisions(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (key, id, run) = (world.mine, world.application.id, AllocationRunID(high: 1, low: 1))
            let person = world.stranger
            try await expectNothing(
                world, world.foreignScopes,
                [
                    (
                        "finding",
                        {
                            try ReviewRepository.insert(
                                Samples.finding(by: person), of: id, revision: 1, key, in: $0)
                        }
                    ),
                    ("findings", { _ = try ReviewRepository.findings(of: id, revision: 1, key, in: $0) }),
                    (
                        "close findings",
                        { try ReviewRepository.close(as: "signed", secondBy: person, of: id, revision: 1, key, in: $0) }
                    ),
                    (
                        "review",
                        { try ReviewRepository.insert(Samples.review(by: person), of: id, revision: 1, key, in: $0) }
                    ),
                    ("reviews", { _ = try ReviewRepository.reviews(of: id, revision: 1, key, in: $0) }),
                    ("note", { try ReviewRepository.insert(Samples.note(by: person), of: id, key, in: $0) }),
                    ("notes", { _ = try ReviewRepository.notes(of: id, key, in: $0) }),
                    ("insert run", { try AdmissionRepository.insert(Samples.run(run), of: key, in: $0) }),
                    ("run", { _ = try AdmissionRepository.run(of: key, in: $0) }),
                    ("release", { _ = try AdmissionRepository.release(run, by: nil, at: World.now, of: key, in: $0) }),
                    ("insert entry", { try AdmissionRepository.insert(Samples.entry(id), run: run, of: key, in: $0) }),
                    ("roster", { _ = try AdmissionRepository.roster(run: run, of: key, in: $0) }),
                    ("entry", { _ = try AdmissionRepository.rosterEntry(id, run: run, of: key, in: $0) }),
                    ("place", { try AdmissionRepository.place(id, at: "P01", run: run, of: key, in: $0) }),
                    ("placements", { _ = try AdmissionRepository.placements(run: run, of: key, in: $0) }),
                    ("insert offer", { try OfferRepository.insert(Samples.offer(id, run), of: key, in: $0) }),
                    ("offer", { _ = try OfferRepository.find(application: id, of: key, in: $0) }),
                    (
                        "answer",
                        {
                            _ = try OfferRepository.answer(
                                World.id(), state: "accepted", at: World.now, of: key, in: $0)
                        }
                    ),
                    ("offers", { _ = try OfferRepository.counts(of: key, in: $0) }),
                ])
        }
    }

    @Test("a person's drafts, consents, household, index and query log", arguments: Driver.allCases)
    func people(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (person, season) = (world.mother, World.season)
            let draft = ApplicationID(high: 3, low: 3)
            try await expectNothing(
                world, world.strangersScopes,
                [
                    (
                        "save draft",
                        {
                            try DraftRepository.save(
                                draft, sealed: [1], person: person, season: season, at: World.now, in: $0)
                        }
                    ),
                    ("draft", { _ = try DraftRepository.find(draft, person: person, in: $0) }),
                    ("delete draft", { try DraftRepository.delete(draft, person: person, in: $0) }),
                    ("identity", { try PersonRepository.setIdentity([1], of: person, in: $0) }),
                    (
                        "guardianship",
                        {
                            try PersonRepository.setGuardianship(
                                guardian: person, child: world.application.child, relation: .mother, source: "declared",
                                at: World.now, in: $0)
                        }
                    ),
                    (
                        "consent",
                        {
                            try PersonRepository.addConsent(
                                person: person, purpose: "p", textVersion: "1", application: nil, at: World.now, in: $0)
                        }
                    ),
                    ("has consented", { _ = try PersonRepository.hasConsented(person: person, purpose: "p", in: $0) }),
                    ("set household", { try PersonRepository.setHousehold([1], of: person, at: World.now, in: $0) }),
                    ("household", { _ = try PersonRepository.household(of: person, in: $0) }),
                    (
                        "log a query",
                        { try QueryLogRepository.add(Samples.query, id: World.id() as CheckID, about: person, in: $0) }
                    ),
                    ("query log", { _ = try QueryLogRepository.list(about: person, limit: 9, in: $0) }),
                    (
                        "earlier submission",
                        { _ = try SubmissionRepository.earlier(person: person, season: season, keyHash: [1], in: $0) }
                    ),
                    (
                        "remember submission",
                        {
                            try SubmissionRepository.remember(
                                keyHash: [1], requestDigest: [2], receipt: "r", person: person, season: season,
                                at: World.now, in: $0)
                        }
                    ),
                    (
                        "index",
                        {
                            try SubmissionRepository.index(
                                Samples.entry(world.application), person: person, season: season, in: $0)
                        }
                    ),
                    ("entries", { _ = try SubmissionRepository.entries(of: person, season: season, in: $0) }),
                    ("entry", { _ = try SubmissionRepository.entry("r", of: person, season: season, in: $0) }),
                ])
        }
    }

    @Test("sessions, roles and the queue of work are the worker's", arguments: Driver.allCases)
    func worker(driver: Driver) async throws {
        try await World.run(driver) { world in
            let person = world.mother
            let session = SessionRepository.Row(person: person, csrf: "c", expiresAt: World.now)
            try await expectNothing(
                world, [.tenant("430922", World.season), .person(person), .province, .migration],
                [
                    (
                        "insert session",
                        { try SessionRepository.insert(session, tokenHash: [1], at: World.now, in: $0) }
                    ),
                    ("session", { _ = try SessionRepository.find(tokenHash: [1], at: World.now, in: $0) }),
                    ("delete session", { try SessionRepository.delete(tokenHash: [1], in: $0) }),
                    ("delete expired", { try SessionRepository.deleteExpired(before: World.now, in: $0) }),
                    ("grant", { try StaffRepository.insert(Samples.grant(person), in: $0) }),
                    ("revoke", { _ = try StaffRepository.revoke(World.id(), at: World.now, in: $0) }),
                    ("grants", { _ = try StaffRepository.grants(of: person, at: World.now, in: $0) }),
                    ("list grants", { _ = try StaffRepository.list(tenant: nil, at: World.now, in: $0) }),
                    (
                        "claim work",
                        { _ = try JobRepository.claim(limit: 9, now: World.now, leaseUntil: World.now, in: $0) }
                    ),
                    ("next due", { _ = try JobRepository.nextDue(in: $0) }),
                ])
        }
    }
}
