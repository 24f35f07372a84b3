import Foundation
import Storage
import StorageDrivers

/// The PostgreSQL server that the tests were given: `RUXUE_TEST_POSTGRES` holds libpq keywords of its superuser, as
/// `Deploy/private-postgresql` sets them. Without it the tests fail; PostgreSQL is never optional.
///
/// Each test gets a database of its own, copied from a template that is migrated once a schema, and signs in as
/// `ruxue_app`, which owns nothing.
actor PostgreSQLServer {
    static let shared = PostgreSQLServer()

    /// A test's database: what it is called and on which server.
    struct Place: Sendable {
        let name: String
        let server: String

        /// Settings of the service's role, of the schema's owner (`ruxue_owner`), or, with no user, of the superuser.
        func settings(user: String? = "ruxue_app", isOwner: Bool = false, pool: Int = 4) throws -> PostgreSQLSettings {
            // A keyword that comes later wins.
            var settings = try PostgreSQLSettings(
                "postgres:\(server) dbname=\(name)" + (user.map { " user=\($0)" } ?? ""), isOwner: isOwner)
            settings.poolSize = pool
            return settings
        }
    }

    /// A server has so many connections, and tests run side by side.
    private static let databasesAtOnce = 16
    /// Tells apart what runs side by side: other processes, and other suites of this one that have this file too.
    private static let run =
        "\(ProcessInfo.processInfo.processIdentifier)_\(#fileID.prefix { $0 != "/" }.lowercased())"
    private var open = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var template: Task<Place, any Error>?
    private var counter = 0

    /// Runs a body with a database of its own, and drops the database afterwards.
    nonisolated func withDatabase<Result>(_ body: (Place) async throws -> Result) async throws -> Result {
        await enter()
        let place: Place
        do { place = try await make() } catch {
            await leave()
            throw error
        }
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(place)) } catch { result = .failure(error) }
        await leave()
        // On a busy machine a session may take longer to end than the server waits; what is left goes with the server.
        _ = try? await Self.psql(place.server, "DROP DATABASE \(place.name) WITH (FORCE)")
        return try result.get()
    }

    private func enter() async {
        guard open == Self.databasesAtOnce else {
            open += 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Whoever waits takes the place of who leaves.
    private func leave() {
        if waiting.isEmpty { open -= 1 } else { waiting.removeFirst().resume() }
    }

    private func make() async throws -> Place {
        let task = template ?? Task { try await Self.makeTemplate() }
        template = task
        let template = try await task.value
        counter += 1
        let place = Place(name: "ruxue_test_\(Self.run)_\(counter)", server: template.server)
        try await Self.psql(place.server, "CREATE DATABASE \(place.name) OWNER ruxue_owner TEMPLATE \(template.name)")
        return place
    }

    /// The template is named for its schema, so that a server that outlives a run migrates once.
    private static func makeTemplate() async throws -> Place {
        guard let server = ProcessInfo.processInfo.environment["RUXUE_TEST_POSTGRES"], !server.isEmpty else {
            throw NoServer()
        }
        let template = Place(name: "ruxue_template_\(schemaDigest)", server: server)
        let exists = try await psql(
            server, "SELECT count(*) FROM pg_database WHERE datname = '\(template.name)'")
        if exists == "1" { return template }
        try await psql(server, roles)
        let making = Place(name: "ruxue_making_\(run)", server: server)
        try await psql(
            server,
            """
            CREATE DATABASE \(making.name) OWNER ruxue_owner TEMPLATE template0 ENCODING 'UTF8' \
            LC_COLLATE 'C' LC_CTYPE 'C'
            """)
        try await psql(
            "\(server) dbname=\(making.name)",
            """
            ALTER SCHEMA public OWNER TO ruxue_owner; REVOKE ALL ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO ruxue_app
            """)
        let owner = try await PostgreSQLDatabase.open(
            making.settings(user: "ruxue_owner", isOwner: true, pool: 1))
        _ = try await Migrator(Schema.migrations).migrate(owner)
        try await owner.write(.migration) { tx in
            for year in 2025...2027 { _ = try tx.row("SELECT ruxue_open_season(\(year))") }
            _ = try tx.row("SELECT ruxue_grant_service('ruxue_app')")
        }
        try await owner.close()
        do {
            try await psql(server, "ALTER DATABASE \(making.name) RENAME TO \(template.name)")
        } catch {
            // Another run was quicker with the same schema.
            try await psql(server, "DROP DATABASE \(making.name)")
        }
        return template
    }

    /// As in Deploy/postgresql/roles.sql; two runs may make them at once.
    private static let roles = """
        DO $$ DECLARE role text; BEGIN
          FOREACH role IN ARRAY ARRAY['ruxue_owner', 'ruxue_app'] LOOP
            BEGIN
              EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END;
          END LOOP;
        END $$
        """

    /// Over the text of all migrations; FNV-1a.
    private static var schemaDigest: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for migration in Schema.migrations {
            for byte in "\(migration.statements(.postgresql))".utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return String(hash, radix: 16)
    }

    /// Runs statements outside a transaction, which making a database needs; the text of the result.
    @discardableResult
    private static func psql(_ keywords: String, _ statements: String) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d",
            keywords.contains("dbname=") ? keywords : keywords + " dbname=postgres", "-c", statements,
        ]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        let text = { (pipe: Pipe) in String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
        guard process.terminationStatus == 0 else { throw Refused(statement: statements, message: text(errors)) }
        return text(output).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    struct NoServer: Error, CustomStringConvertible {
        let description = """
            RUXUE_TEST_POSTGRES is not set: run the tests with Deploy/test, or beside a server with \
            Deploy/private-postgresql swift test …
            """
    }

    struct Refused: Error, CustomStringConvertible {
        let statement: String
        let message: String
        var description: String { "PostgreSQL refused «\(statement)»: \(message)" }
    }
}
