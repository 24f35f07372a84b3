import Storage
import StorageDrivers
import Testing

@Suite("Row-level security, with nothing else in the way", .timeLimit(.minutes(5)))
struct RowSecurityTests {
    @Test("in each scope exactly its own rows are shown, changed, removed and added; without one, none")
    func rows() async throws {
        try await RowSecurityProbe.run { probe in
            let bare = probe.tables.filter { $0.rows.count < 2 }.map(\.name)
            #expect(probe.tables.count > 20 && bare.isEmpty, "tables without look-alikes: \(bare)")
            for table in probe.tables {
                for role in RowSecurityProbe.Role.allCases {
                    let found = try await probe.database.write(.migration) {
                        try probe.difference(on: table, as: role, in: $0)
                    }
                    #expect(found == nil, "\(role) on \(table.name)")
                }
            }
            print(
                """
                row security: \(probe.tables.count) tables, \(probe.settings.count) scopes, \
                \(probe.tables.reduce(0) { $0 + $1.rows.count }) rows
                """)
        }
    }

    @Test("every table that names a tenant or a person has forced row security and policies")
    func tables() async throws {
        try await RowSecurityProbe.run { probe in
            let tables = try await probe.database.read(.migration) { tx in
                try tx.rows(
                    """
                    SELECT c.relname::text AS name, c.relispartition AS is_partition, c.relrowsecurity AS enabled,
                      c.relforcerowsecurity AS forced,
                      (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
                      c.relowner = 'ruxue_owner'::regrole AS is_owners,
                      has_table_privilege('ruxue_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE') AS reachable
                    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                    """
                ).map { row in
                    (
                        name: try row.text("name"), isPartition: try row.bool("is_partition"),
                        guarded: try row.bool("enabled") && row.bool("forced"), policies: try row.int("policies"),
                        isOwners: try row.bool("is_owners"), reachable: try row.bool("reachable")
                    )
                }
            }
            for table in tables where !Visibility.reference.contains(table.name) {
                #expect(table.guarded, "\(table.name)")
                // Nobody reaches a partition but through its table, whose policies hold.
                #expect(
                    table.isPartition ? table.policies == 0 && !table.reachable : table.policies > 1, "\(table.name)")
            }
            let strangers = tables.filter { !$0.isOwners }.map(\.name)
            #expect(strangers.isEmpty)
            let partitions = tables.filter(\.isPartition)
            #expect(!partitions.isEmpty)
        }
    }

    @Test("the service's role owns nothing, is in no other role, and steps over no policy")
    func role() async throws {
        try await RowSecurityProbe.run { probe in
            let row = try await probe.database.read(.migration) { tx in
                try tx.row(
                    """
                    SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS powerful,
                      (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid) AS memberships,
                      (SELECT count(*) FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS owned
                    FROM pg_roles r WHERE rolname = 'ruxue_app'
                    """)
            }
            #expect(try row?.bool("powerful") == false)
            #expect(try row?.int("memberships") == 0)
            #expect(try row?.int("owned") == 0)
        }
    }

    @Test("a partition is not reached directly, and what is never changed cannot be")
    func refused() async throws {
        try await PostgreSQLServer.shared.withDatabase { place in
            let database = try await PostgreSQLDatabase.open(place.settings(pool: 1))
            try await Planted.plant(in: database)
            for statement in [
                "SELECT * FROM application_2026", "DELETE FROM fact_2026", "TRUNCATE application",
                "UPDATE application_event SET actor = 'family'", "DELETE FROM audit", "DELETE FROM decision",
                "UPDATE schema_migration SET number = 9", "ALTER TABLE application DISABLE ROW LEVEL SECURITY",
                "SET LOCAL ROLE ruxue_owner",
            ] {
                await #expect(throws: StorageError.self, "\(statement)") {
                    try await database.write(Probe.staff[0]) { try $0.execute(raw(statement)) }
                }
            }
            try await database.close()
        }
    }
}
