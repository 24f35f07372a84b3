import Enrollment
import StorageDrivers

@testable import Storage

/// Looks at every table of a planted PostgreSQL database through raw statements without a condition, as a role and in a
/// scope: what is shown, what can be changed, removed and added. No repository and no scope of Swift stands between.
struct RowSecurityProbe: Sendable {
    enum Role: String, CaseIterable, Sendable {
        case service = "ruxue_app"
        case owner = "ruxue_owner"
    }

    struct Table: Sendable {
        let name: String
        let rows: [PostgreSQLRow]
    }

    /// The superuser's connection; it takes on the roles.
    let database: any Database
    let tables: [Table]
    let settings: [Visibility]

    /// Runs a body beside a planted database.
    static func run<Result>(_ body: (RowSecurityProbe) async throws -> Result) async throws -> Result {
        try await PostgreSQLServer.shared.withDatabase { place in
            let service = try await PostgreSQLDatabase.open(place.settings(pool: 1))
            try await Planted.plant(in: service)
            try await service.close()
            let database = try await PostgreSQLDatabase.open(place.settings(user: nil, isOwner: true, pool: 1))
            let probe = try await RowSecurityProbe(database)
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body(probe)) } catch { result = .failure(error) }
            try await database.close()
            return try result.get()
        }
    }

    private init(_ database: any Database) async throws {
        self.database = database
        settings = try Self.settings()
        tables = try await database.write(.migration) { tx in
            for statement in Self.functions { try tx.execute(statement) }
            let names = try tx.rows(
                """
                SELECT relname::text AS name FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                ORDER BY relname
                """
            ).map { try $0.text("name") }
            return try names.filter { !Visibility.reference.contains($0) }.map { name in
                let rows = try tx.rows(raw("SELECT to_jsonb(t)::text AS line FROM \(name) t ORDER BY 1"))
                return Table(name: name, rows: try rows.map { try PostgreSQLRow($0.text("line")) })
            }
        }
    }

    /// Scopes as Swift writes them; each kind with all parts filled, as nobody writes it, so that a policy that forgets to
    /// ask for the kind is found; an unknown kind; and none.
    private static func settings() throws -> [Visibility] {
        let more: [Scope] = [
            .filing(Planted.personBefore, Planted.mine.tenant, Planted.season, Planted.file),
            .person(Planted.child), .session(tokenHash: Planted.expiredToken),
        ]
        let written = try (Planted.scopes + more).map { try $0.setting }
        let full = [
            Planted.mine.tenant.rawValue, "2026", Planted.mother.description, Planted.file.description, "01",
        ].joined(separator: "|")
        let kinds = [
            "tenant", "person", "filing", "session", "intake", "sign_in", "queue", "province", "migration", "nobody",
            "",
        ]
        // The unusual first: what is loosened shows there, and a look ends at the first difference.
        return ([""] + kinds.map { "\($0)|\(full)" } + written).map(Visibility.init)
    }

    /// The first thing that is otherwise than it should be on a table; nil when all is well.
    func difference(on table: Table, as role: Role, in tx: any Writing) throws -> String? {
        try tx.execute(raw("SET LOCAL ROLE \(role.rawValue)"))
        let row = try tx.row(
            SQL(pieces: [
                .text("SELECT isolation.difference("), .bind(.text(table.name)), .text(", "),
                .bind(.text(Self.array(settings.map(\.setting)))), .text("::text::text[], "),
                .bind(.text(Self.array(try settings.map { try expected(on: table, $0, role) }))),
                .text("::text::text[], "), .bind(.text(Self.array(table.rows.map(\.json)))),
                .text("::text::jsonb[]) AS found"),
            ]))
        try tx.execute("RESET ROLE")
        return try row?.optionalText("found")
    }

    struct UnknownTable: Error {
        let name: String
    }

    /// What `isolation.look` should say.
    private func expected(on table: Table, _ setting: Visibility, _ role: Role) throws -> String {
        // The owner moves rows while it migrates, and is held by the policies like everybody else otherwise.
        let moves = role == .owner && setting.setting.hasPrefix("migration|")
        let may = try table.rows.map { row in
            guard let actions = setting.actions(on: table.name, row) else { throw UnknownTable(name: table.name) }
            return moves ? Set(Visibility.Action.allCases) : actions
        }
        let numbers = { (action: Visibility.Action) in
            may.indices.filter { may[$0].contains(action) }.map { String($0 + 1) }.joined(separator: ",")
        }
        // Rows that are shown and may be changed: a change reads what it changes.
        let count = { (action: Visibility.Action) in may.count { $0.contains(action) && $0.contains(.select) } }
        let keeps = role == .service && Visibility.appendOnly.contains(table.name)
        return "select \(numbers(.select)); update \(keeps ? -1 : count(.update)); "
            + "delete \(keeps ? -1 : count(.delete)); insert \(numbers(.insert))"
    }

    private static func array(_ texts: [String]) -> String {
        let quoted = texts.map {
            "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        return "{" + quoted.joined(separator: ",") + "}"
    }

    /// They run with the rights of whoever calls, and undo what they did.
    private static let functions: [SQL] = [
        "CREATE SCHEMA isolation", "GRANT USAGE ON SCHEMA isolation TO PUBLIC",
        """
        CREATE FUNCTION isolation.look(target text, setting text, lines jsonb[]) RETURNS text LANGUAGE plpgsql AS $$
        DECLARE
            shown text;
            changed bigint;
            removed bigint;
            added text[] := '{}';
            key text := (SELECT attname FROM pg_attribute WHERE attrelid = target::regclass AND attnum = 1);
        BEGIN
            PERFORM set_config('ruxue.scope', setting, true);
            BEGIN
                EXECUTE format('SELECT string_agg(n::text, '','' ORDER BY n)
                    FROM (SELECT array_position($1, to_jsonb(t)) AS n FROM %I t) s', target) INTO shown USING lines;
            EXCEPTION WHEN insufficient_privilege THEN shown := 'refused';
            END;
            BEGIN
                EXECUTE format('UPDATE %I SET %I = %I', target, key, key);
                GET DIAGNOSTICS changed = ROW_COUNT;
                RAISE SQLSTATE 'UNDO0';
            EXCEPTION WHEN SQLSTATE 'UNDO0' THEN NULL; WHEN insufficient_privilege THEN changed := -1;
            END;
            BEGIN
                EXECUTE format('DELETE FROM %I', target);
                GET DIAGNOSTICS removed = ROW_COUNT;
                RAISE SQLSTATE 'UNDO0';
            EXCEPTION WHEN SQLSTATE 'UNDO0' THEN NULL; WHEN insufficient_privilege THEN removed := -1;
            END;
            FOR n IN 1..cardinality(lines) LOOP
                -- Policies are asked before keys: a row that may be added says that it is there already.
                BEGIN
                    EXECUTE format('INSERT INTO %I SELECT * FROM jsonb_populate_record(NULL::%I, $1)', target, target)
                        USING lines[n];
                    RAISE SQLSTATE 'UNDO0';
                EXCEPTION WHEN unique_violation OR SQLSTATE 'UNDO0' THEN added := added || n::text;
                    WHEN insufficient_privilege THEN NULL;
                END;
            END LOOP;
            RETURN format('select %s; update %s; delete %s; insert %s', shown, changed, removed,
                array_to_string(added, ','));
        END $$
        """,
        """
        CREATE FUNCTION isolation.difference(target text, settings text[], expected text[], lines jsonb[])
        RETURNS text LANGUAGE plpgsql AS $$
        DECLARE found text;
        BEGIN
            FOR n IN 1..cardinality(settings) LOOP
                found := isolation.look(target, settings[n], lines);
                IF found IS DISTINCT FROM expected[n] THEN
                    RETURN format('%s in «%s»: %s and not %s', target, settings[n], found, expected[n]);
                END IF;
            END LOOP;
            RETURN NULL;
        END $$
        """,
    ]
}

/// Text that a test has put together.
func raw(_ text: String) -> SQL { SQL(pieces: [.text(text)]) }
