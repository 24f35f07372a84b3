import Storage
import Testing

@Suite("No statement can lose a condition unnoticed", .timeLimit(.minutes(5)))
struct PredicateMutationTests {
    private static let stretch = "the jobs are named; the stretch in which they stand spares the search"
    private static let slot = "the jobs are named, and each stands in one slot; naming it spares the search"
    private static let inVain = "a tenant without work in the slot is found in vain and left out"

    /// Conditions whose loss changes nothing that anybody could see, and why.
    static let equivalent: [String: String] = [
        "DELETE FROM job | (due, id) >= (?)": stretch, "DELETE FROM job | (due, id) <= (?)": stretch,
        "DELETE FROM job | slot IN (?)": slot,
        "UPDATE job SET lease_until = ? | (due, id) >= (?)": stretch,
        "UPDATE job SET lease_until = ? | (due, id) <= (?)": stretch,
        "UPDATE job SET lease_until = ? | slot IN (?)": slot,
        "UPDATE job SET lease_until = ?, takes = takes + 1 | (due, id) >= (?)": stretch,
        "UPDATE job SET lease_until = ?, takes = takes + 1 | (due, id) <= (?)": stretch,
        "UPDATE job SET lease_until = ?, takes = takes + 1 | slot IN (?)": slot,
        "UPDATE job SET slot = ?, due = ?, lease_until = 0, takes = ? | (due, id) >= (?)": stretch,
        "UPDATE job SET slot = ?, due = ?, lease_until = 0, takes = ? | (due, id) <= (?)": stretch,
        "UPDATE job SET slot = ?, due = ?, lease_until = 0, takes = ? | slot IN (?)": slot,
        "UPDATE job SET slot = ?, due = ?, lease_until = 0, takes = ? | id IN (?)":
            "one job's stretch goes from that job to that job",
        "WITH RECURSIVE queue(tenant) AS ( SELECT (SELECT tenant FROM job | slot IN (?)": inVain,
        "WITH RECURSIVE queue(tenant) AS ( SELECT (SELECT tenant FROM job | job.slot IN (?)": inVain,
        "UPDATE offer SET conditional = 0 | conditional = 1": "where it is 0 already, 0 is set",
        "SELECT kind, keyed_hash, person FROM person_identifier | keyed_hash IN (?)":
            "what is found is looked up by kind and hash once more; the condition spares reading everybody's papers",
        "SELECT id FROM application | id IN (?)": "what is found is matched with the new files' identifiers once more",
        "SELECT kind, keyed_hash, person FROM person_identifier | kind IN (?)": "the same",
    ]

    /// What a probe gave and left behind.
    private struct Seen: Equatable {
        let outcome: Probe.Outcome
        let rows: Set<String>
        let changes: [Int]
    }

    @Test("no condition that keeps tenants, seasons, people or files apart is excused")
    func excuses() {
        let isolating: Set<Substring> = [
            "tenant", "season", "person", "guardian", "child", "application", "token_hash", "key_hash", "subject",
        ]
        for excuse in Self.equivalent.keys {
            let column = excuse.split(separator: " | ").last?.split(separator: " ").first?.split(separator: ".").last
            #expect(column.map { !isolating.contains($0) } == true, "\(excuse)")
        }
    }

    @Test("every condition of every repository's statement is missed when it is gone")
    func predicates() async throws {
        try await Planted.run(.sqlite) { database in
            let dump = try await Dump(database)
            var seen: [String: Seen] = [:]
            var senders: [String: [(probe: Probe, predicate: Predicate)]] = [:]
            for probe in Probe.all {
                let notes = MutatingTransaction.Notes()
                seen[probe.name] = try await look(probe, database, dump, notes: notes)
                for predicate in notes.statements.flatMap(Predicate.all) {
                    senders[predicate.name, default: []].append((probe: probe, predicate: predicate))
                }
            }
            #expect(senders.count > 200, "the statements' conditions are no longer found")
            var survivors: Set<String> = []
            for (name, calls) in senders {
                var missed = false
                for (probe, predicate) in calls where !missed {
                    missed = try await look(probe, database, dump, missing: predicate) != seen[probe.name]
                }
                if !missed { survivors.insert(String(name.prefix { $0 != "\u{0}" })) }
            }
            let equivalent = Set(Self.equivalent.keys)
            for survivor in survivors.subtracting(equivalent).sorted() {
                Issue.record("nothing notices when this condition is gone: \(survivor)")
            }
            for stale in equivalent.subtracting(survivors).sorted() {
                Issue.record("this condition's loss is noticed; it needs no excuse: \(stale)")
            }
            print("predicates: \(Probe.all.count) calls, \(senders.count) mutants, \(survivors.count) equivalent")
        }
    }

    private func look(
        _ probe: Probe, _ database: any Database, _ dump: Dump, notes: MutatingTransaction.Notes = .init(),
        missing: Predicate? = nil
    ) async throws -> Seen {
        let (outcome, rows) = try await probe.run(
            on: database, through: { MutatingTransaction(inner: $0, notes: notes, missing: missing) }
        ) { tx, _ in try dump.rows(in: tx) }
        return Seen(outcome: outcome, rows: rows, changes: notes.changes)
    }
}

@Suite("Conditions are found in a statement's text")
struct PredicateTests {
    @Test("conditions of joins and subqueries are found, assignments and conflicts are not")
    func found() {
        let statement = """
            UPDATE t SET a = ?1, b = 'x AND y' WHERE c = ?2 AND id IN (
              SELECT u.id FROM u JOIN v ON v.k = u.k AND v.n = 1 WHERE u.d <= ?3 ORDER BY d LIMIT ?4) AND e = 'AND'
            RETURNING id
            """
        let found = Predicate.all(of: statement)
        #expect(
            Set(found.map(\.text)) == [
                "c = ?2",
                "id IN (\n  SELECT u.id FROM u JOIN v ON v.k = u.k AND v.n = 1 WHERE u.d <= ?3 ORDER BY d LIMIT ?4)",
                "e = 'AND'", "v.k = u.k", "v.n = 1", "u.d <= ?3",
            ])
        #expect(Predicate.all(of: "INSERT INTO t (a) VALUES (?1) ON CONFLICT (a) DO NOTHING").isEmpty)
    }

    @Test("a condition goes and its binds stay")
    func gone() {
        let found = Predicate.all(of: "DELETE FROM t WHERE a = ?1 AND b IN (?2, ?3)")
        #expect(
            found.map(\.withoutIt) == [
                "DELETE FROM t WHERE (1 = 1 OR ?1 IS NULL) AND b IN (?2, ?3)",
                "DELETE FROM t WHERE a = ?1 AND (1 = 1 OR ?2 IS NULL OR ?3 IS NULL)",
            ])
    }
}
