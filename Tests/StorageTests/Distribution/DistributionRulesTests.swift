import StorageDrivers
import Testing

@testable import Storage

@Suite("The schema can be spread over several servers", .timeLimit(.minutes(5)))
struct DistributionRulesTests {
    private func run(_ body: (any Database) async throws -> Void) async throws {
        try await PostgreSQLServer.shared.withDatabase { place in
            let owner = try await PostgreSQLDatabase.open(place.settings(user: "ruxue_owner", isOwner: true, pool: 1))
            try await body(owner)
            try await owner.close()
        }
    }

    @Test("every table of every migration keeps to the rules")
    func clean() async throws {
        try await run { owner in
            let problems = try await owner.read(.migration) { try DistributionRules.problems(in: $0) }
            for problem in problems { Issue.record("\(problem)") }
        }
    }

    @Test(
        "each rule finds what breaks it",
        arguments: [
            ("CREATE UNIQUE INDEX planted ON application (season, receipt)", "application: planted"),
            ("ALTER TABLE consent ADD UNIQUE (purpose, at)", "consent: consent_purpose_at_key"),
            ("ALTER TABLE draft ADD FOREIGN KEY (person) REFERENCES person", "draft: draft_person_fkey"),
            (
                "CREATE POLICY planted ON note USING (application IN (SELECT id FROM application))",
                "note: the policy planted"
            ),
            ("CREATE SEQUENCE planted", "planted: a sequence"),
            (
                """
                CREATE TABLE planted (tenant TEXT NOT NULL, season BIGINT NOT NULL, id BYTEA NOT NULL,
                  PRIMARY KEY (tenant, season, id)); ALTER TABLE planted ENABLE ROW LEVEL SECURITY
                """, "planted: not parted by season"
            ),
            (
                """
                CREATE TABLE planted (season BIGINT NOT NULL, tenant TEXT NOT NULL, PRIMARY KEY (season, tenant))
                  PARTITION BY LIST (season); ALTER TABLE planted ENABLE ROW LEVEL SECURITY
                """, "planted: the key does not begin with tenant and season"
            ),
            (
                """
                CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW;END';
                CREATE TRIGGER planted BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION planted()
                """, "person: the trigger planted"
            ),
        ])
    func planted(_ statements: String, _ problem: String) async throws {
        try await run { owner in
            try await owner.write(.migration) { tx in
                for statement in statements.replacing(";\n", with: "; ").split(separator: "; ") {
                    try tx.execute(raw(String(statement)))
                }
            }
            let problems = try await owner.read(.migration) { try DistributionRules.problems(in: $0) }
            #expect(problems.contains { $0.hasPrefix(problem) }, "\(problems)")
        }
    }

    @Test("a tenant's rows stay together, a person's together, and what has no row security is everywhere")
    func placements() async throws {
        try await run { owner in
            let plan = try await Distribution.plan(owner)
            let places = Dictionary(plan.map { ("\($0.name)", "\($0.told)") }, uniquingKeysWith: { first, _ in first })
            let expected = [
                "application": "tenant beside application", "fact": "tenant beside application",
                "round": "tenant beside application", "job": "tenant beside application",
                "counter_delta": "tenant beside application", "person": "id beside person",
                "guardianship": "guardian beside person", "consent": "person beside person",
                "child_claim": "child beside person", "staff_grant": "person beside person",
                "person_identifier": "keyed_hash", "session": "token_hash", "audit": "writer",
                "tenant_version": "everywhere", "schema_migration": "everywhere",
            ]
            for (table, place) in expected { #expect(places[table] == place, "\(table)") }
            // Others join these.
            #expect(plan.prefix(2).map { "\($0.name)" } == ["application", "person"])
            let available = try await Distribution.isAvailable(owner)
            let done = plan.filter(\.isDone)
            #expect(!available && done.isEmpty)
        }
    }

    @Test("no statement locks rows of more than one tenant or person")
    func locks() async throws {
        try await Planted.run(.postgresql) { database in
            let notes = MutatingTransaction.Notes()
            for probe in Probe.all {
                _ = try await probe.run(
                    on: database, through: { MutatingTransaction(inner: $0, notes: notes, missing: nil) }
                ) { _, _ in 0 }
            }
            let locking = notes.statements.filter { $0.contains("FOR UPDATE") }
            #expect(locking.count >= 3, "the statements that lock are no longer found")
            for statement in locking where !DistributionRules.locksOneServer(statement) {
                Issue.record("locks rows on several servers: \(statement)")
            }
        }
    }

    @Test("a lock without the tenant is told from one with it")
    func lockRule() {
        #expect(DistributionRules.locksOneServer("SELECT a FROM t WHERE tenant = $1 AND a = $2 FOR UPDATE"))
        #expect(!DistributionRules.locksOneServer("SELECT a FROM t WHERE a = $2 FOR UPDATE"))
        #expect(
            !DistributionRules.locksOneServer(
                "UPDATE t SET a = 1 WHERE tenant = $1 AND id IN (SELECT id FROM t WHERE due < $2 FOR UPDATE SKIP LOCKED)"
            ))
    }
}

extension Distribution.Table {
    fileprivate var told: String {
        switch placement {
        case .everywhere: "everywhere"
        case .by(let column, let group): "\(column)" + (group.map { " beside \($0)" } ?? "")
        }
    }
}
