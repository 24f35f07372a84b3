import Enrollment
import Foundation
import Storage
import StorageDrivers

/// A database for the canary: embedded, or of its own on the server that the tests were given (`RUXUE_TEST_POSTGRES`),
/// where the service's role owns nothing.
enum CanaryDatabase: String, CaseIterable, Sendable {
    case sqlite, postgresql

    /// Runs a body with the service's database and, on PostgreSQL, the owner's.
    func run(
        _ body: (_ service: any Database, _ owner: (any Database)?) async throws -> Void
    ) async throws {
        switch self {
        case .sqlite:
            let database = try await SQLiteDatabase.temporary()
            _ = try await Migrator(Schema.migrations).migrate(database)
            try await body(database, nil)
            try await database.close()
        case .postgresql:
            guard let server = ProcessInfo.processInfo.environment["RUXUE_TEST_POSTGRES"], !server.isEmpty else {
                throw Problem(description: "RUXUE_TEST_POSTGRES is not set: run beside Deploy/private-postgresql")
            }
            let name = "ruxue_canary_\(UUID().uuidString.prefix(8).lowercased())"
            try await Self.psql("\(server) dbname=postgres", Self.roles)
            try await Self.psql(
                "\(server) dbname=postgres",
                "CREATE DATABASE \(name) OWNER ruxue_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
            let place = "\(server) dbname=\(name)"
            let result: Result<Void, any Error>
            do {
                try await Self.psql(place, "ALTER SCHEMA public OWNER TO ruxue_owner")
                result = .success(try await Self.opened(place, body))
            } catch { result = .failure(error) }
            try await Self.psql("\(server) dbname=postgres", "DROP DATABASE \(name) WITH (FORCE)")
            try result.get()
        }
    }

    private static func opened(
        _ place: String, _ body: (any Database, (any Database)?) async throws -> Void
    ) async throws {
        let owner = try await PostgreSQLDatabase.open(
            PostgreSQLSettings("postgres:\(place) user=ruxue_owner", isOwner: true))
        _ = try await Migrator(Schema.migrations).migrate(owner)
        _ = try await SeasonPartitions.open(SeasonYear(2026), owner)
        try await SeasonPartitions.grant(to: "ruxue_app", owner)
        let service = try await PostgreSQLDatabase.open(PostgreSQLSettings("postgres:\(place) user=ruxue_app"))
        try await body(service, owner)
        try await service.close()
        try await owner.close()
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

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

    private static func psql(_ place: String, _ statement: String) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", place, "-c", statement]
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        guard process.terminationStatus == 0 else { throw Problem(description: "psql refused a statement") }
    }
}
