import Enrollment
import StorageDrivers
import Testing

@testable import Storage

/// Citus itself is not on this machine. A stand-in with the names of its functions writes down what it is asked, so that
/// order, arguments and repetition are tested; whether Citus does it is for `RUXUE_TEST_CITUS_URL`.
@Suite("Tables are handed to Citus", .timeLimit(.minutes(5)))
struct DistributingTests {
    private static let standIn = [
        """
        INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
        VALUES (999999, 'citus', 10, 'public'::regnamespace, false, '0')
        """,
        "CREATE SCHEMA citus_stand_in",
        """
        CREATE TABLE citus_stand_in.pg_dist_partition (n bigserial, logicalrelid regclass, by text, beside text,
          forced boolean)
        """,
        """
        CREATE FUNCTION citus_stand_in.create_distributed_table(t regclass, c text, colocate_with text) RETURNS void
        LANGUAGE sql AS $$
          INSERT INTO citus_stand_in.pg_dist_partition (logicalrelid, by, beside, forced) VALUES (t, c, colocate_with,
            EXISTS (SELECT 1 FROM pg_class r WHERE r.relforcerowsecurity
              AND (r.oid = t OR r.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = t)))) $$
        """,
        """
        CREATE FUNCTION citus_stand_in.create_reference_table(t regclass) RETURNS void LANGUAGE sql AS $$
          INSERT INTO citus_stand_in.pg_dist_partition (logicalrelid, forced) VALUES (t, false) $$
        """,
        "GRANT ALL ON SCHEMA citus_stand_in TO PUBLIC",
        "GRANT ALL ON ALL TABLES IN SCHEMA citus_stand_in TO PUBLIC",
        "GRANT ALL ON ALL SEQUENCES IN SCHEMA citus_stand_in TO PUBLIC",
        """
        DO $$ BEGIN
          EXECUTE format('ALTER DATABASE %I SET search_path = public, citus_stand_in', current_database());
        END $$
        """,
    ]

    private func run(_ body: (_ owner: any Database, _ service: any Database) async throws -> Void) async throws {
        try await PostgreSQLServer.shared.withDatabase { place in
            let superuser = try await PostgreSQLDatabase.open(place.settings(user: nil, isOwner: true, pool: 1))
            try await superuser.write(.migration) { tx in
                try tx.execute("SET LOCAL allow_system_table_mods = on")
                for statement in Self.standIn { try tx.execute(raw(statement)) }
            }
            try await superuser.close()
            let owner = try await PostgreSQLDatabase.open(place.settings(user: "ruxue_owner", isOwner: true, pool: 1))
            let service = try await PostgreSQLDatabase.open(place.settings())
            try await body(owner, service)
            try await service.close()
            try await owner.close()
        }
    }

    @Test(
        "each table once, those first that others stand beside, without row security in the way of its owner meanwhile")
    func distributing() async throws {
        try await run { owner, _ in
            let done = try await Distribution.distribute(owner)
            let (asked, unforced) = try await owner.read(.migration) { tx in
                let asked = try tx.rows(
                    """
                    SELECT logicalrelid::text AS name, by, beside, forced FROM citus_stand_in.pg_dist_partition ORDER BY n
                    """
                ).map { row in
                    #expect(try !row.bool("forced"))
                    return try [row.text("name"), row.optionalText("by"), row.optionalText("beside")].compactMap(\.self)
                        .joined(separator: " ")
                }
                let unforced = try tx.rows(
                    """
                    SELECT relname AS name FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity
                      AND relnamespace = 'public'::regnamespace
                    """
                ).map { try $0.text("name") }
                return (asked, unforced)
            }
            #expect(asked.prefix(2) == ["application tenant none", "person id none"])
            #expect(asked.contains("fact tenant application"))
            #expect(asked.contains("child_claim child person"))
            #expect(asked.contains("person_identifier keyed_hash none"))
            #expect(asked.contains("tenant_version"))
            #expect(asked.count == done.count && done.count > 30)
            #expect(unforced.isEmpty, "row security is forced again")
            let subqueries = try await owner.read(.migration) { tx in
                try tx.rows(
                    "SELECT policyname FROM pg_policies WHERE COALESCE(qual, '') || COALESCE(with_check, '') ~ 'SELECT'"
                )
            }
            #expect(subqueries.isEmpty, "Citus refuses subqueries in policies")
            let again = try await Distribution.distribute(owner)
            #expect(again.isEmpty, "what Citus has is left alone")
            let plan = try await Distribution.plan(owner)
            let left = plan.filter { !$0.isDone }
            #expect(left.isEmpty)
        }
    }

    @Test("a table that has rows is not handed over")
    func filled() async throws {
        try await run { owner, service in
            _ = try await World.planted(in: service)
            await #expect(throws: StorageError.self) { _ = try await Distribution.distribute(owner) }
            let plan = try await Distribution.plan(owner)
            let begun = plan.filter(\.isDone)
            #expect(begun.isEmpty, "nothing was begun")
        }
    }

    @Test("on such a server rows are added and the queue is asked in the ways that Citus knows")
    func statements() async throws {
        try await run { _, service in
            let world = try await World.planted(in: service)
            let key = world.mine
            let isDistributed = try await service.write(.intake(key.tenant, key.season)) { tx in
                try tx.insert(IntakeArrays.of(key))
                return tx.isDistributed
            }
            #expect(isDistributed)
            let choices = try await service.read(world.staff(key)) { tx in
                try tx.rows("SELECT school FROM choice WHERE tenant = \(key.tenant) AND revision = 7 ORDER BY rank")
                    .map { try $0.text("school") }
            }
            #expect(choices == ["P03", "P04"])
            try await service.write(world.staff(key)) { tx in
                try JobRepository.enqueue(world.job(world.application), due: World.now, in: tx)
            }
            let due = try await service.read(.queue) { tx in
                try JobRepository.due(key.season, now: World.now.adding(.seconds(1)), in: tx)
            }
            #expect(due.map(\.key) == [key])
        }
    }
}

private enum IntakeArrays {
    static func of(_ key: TenantSeason) -> RowBatch {
        var rows = RowBatch(
            into: "choice",
            [
                .init("tenant", .text), .init("season", .integer), .init("application", .blob),
                .init("revision", .integer), .init("rank", .integer), .init("school", .text),
            ])
        for (rank, school) in ["P03", "P04"].enumerated() {
            rows.add([
                key.tenant.rawValue.sqlValue, key.season.sqlValue, .blob(Array(repeating: 5, count: 16)), 7.sqlValue,
                rank.sqlValue, school.sqlValue,
            ])
        }
        return rows
    }
}
