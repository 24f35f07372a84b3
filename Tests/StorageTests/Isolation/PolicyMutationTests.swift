import Testing

@testable import Storage

@Suite("No row policy can be lost or loosened unnoticed", .timeLimit(.minutes(5)))
struct PolicyMutationTests {
    private struct Policy: Sendable {
        let name: String
        let table: String
        let using: String?
        let check: String?
    }

    private struct Mutant: Sendable {
        let table: String
        let statement: String

        /// Who should notice comes first.
        var roles: [RowSecurityProbe.Role] {
            statement.contains("owner_moves") || statement.contains("NO FORCE")
                ? [.owner, .service] : [.service, .owner]
        }
    }

    /// Carries a mutant's outcome out of its transaction.
    private struct Undone: Error {
        let noticed: Bool
    }

    @Test("every policy, every condition in one, and every table's guard is missed when it is gone")
    func policies() async throws {
        try await RowSecurityProbe.run { probe in
            let policies = try await probe.database.read(.migration) { tx in
                try tx.rows(
                    """
                    SELECT policyname::text AS name, tablename::text AS "table", qual AS using, with_check AS "check"
                    FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, policyname
                    """
                ).map {
                    Policy(
                        name: try $0.text("name"), table: try $0.text("table"), using: try $0.optionalText("using"),
                        check: try $0.optionalText("check"))
                }
            }
            #expect(policies.count > 60, "the policies are no longer found")
            let mutants =
                policies.flatMap(Self.mutants)
                + probe.tables.flatMap { table in
                    ["DISABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"].map {
                        Mutant(table: table.name, statement: "ALTER TABLE \(table.name) \($0)")
                    }
                }
            for mutant in mutants where try await !Self.isNoticed(mutant, probe) {
                Issue.record("nothing notices this: \(mutant.statement)")
            }
            print("policies: \(policies.count), mutants: \(mutants.count)")
        }
    }

    /// The policy gone, always true, and without each of its conditions, for reading and for writing.
    private static func mutants(of policy: Policy) -> [Mutant] {
        var statements = ["DROP POLICY \(policy.name) ON \(policy.table)"]
        for (clause, text) in [("USING", policy.using), ("WITH CHECK", policy.check)] {
            guard let text else { continue }
            let conditions = Predicate.conditions(ofExpression: withoutOuterBrackets(text))
            let loosened = ["true"] + (conditions.count > 1 ? conditions.map(\.withoutIt) : [])
            statements += loosened.map { "ALTER POLICY \(policy.name) ON \(policy.table) \(clause) (\($0))" }
        }
        return statements.map { Mutant(table: policy.table, statement: $0) }
    }

    /// Of `((a) AND (b))` the inside; of `(a) AND (b)` everything.
    private static func withoutOuterBrackets(_ text: String) -> String {
        guard text.hasPrefix("("), text.hasSuffix(")") else { return text }
        var depth = 0
        for (offset, character) in text.enumerated() {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0, offset < text.count - 1 { return text }
        }
        return String(text.dropFirst().dropLast())
    }

    private static func isNoticed(_ mutant: Mutant, _ probe: RowSecurityProbe) async throws -> Bool {
        guard let table = probe.tables.first(where: { $0.name == mutant.table }) else { return false }
        do {
            try await probe.database.write(.migration) { tx in
                try tx.execute(raw(mutant.statement))
                let noticed = try mutant.roles.contains {
                    try probe.difference(on: table, as: $0, in: tx) != nil
                }
                throw Undone(noticed: noticed)
            }
            return false
        } catch let undone as Undone {
            return undone.noticed
        }
    }
}
