import Enrollment
import Foundation
import Storage
import Testing

@testable import StorageDrivers

/// A database of one test on the server that RUXUE_TEST_POSTGRES names (libpq keywords of a superuser), gone with it.
struct PostgreSQLSandbox {
    let server: String
    let name: String

    /// What a test says when there is no server: it fails, because a driver that was not tested is not green.
    struct Missing: Error, CustomStringConvertible {
        let description = "set RUXUE_TEST_POSTGRES to the libpq keywords of a superuser, e.g. host=/run/x user=postgres"
    }

    /// Makes a database, has the test run, and drops the database whatever came of it.
    static func with(
        collation: String = "C", _ test: (PostgreSQLSandbox) async throws -> Void
    ) async throws {
        guard let server = ProcessInfo.processInfo.environment["RUXUE_TEST_POSTGRES"] else { throw Missing() }
        let sandbox = PostgreSQLSandbox(
            server: server, name: "ruxue_test_" + UUID().uuidString.lowercased().replacing("-", with: "_"))
        try sandbox.command(
            "CREATE DATABASE \(sandbox.name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE '\(collation)' LC_CTYPE '\(collation)'"
        )
        defer {
            // A test that failed may have left connections.
            #expect(throws: Never.self) { try sandbox.command("DROP DATABASE \(sandbox.name) WITH (FORCE)") }
        }
        try await test(sandbox)
    }

    /// libpq keywords for this database.
    var keywords: String { "postgres:\(server) dbname=\(name)" }

    /// Settings of the superuser, with no care for what the role may do.
    func settings(_ more: String = "") throws -> PostgreSQLSettings {
        try PostgreSQLSettings("\(keywords) \(more)", isOwner: true)
    }

    /// A database of the superuser, closed after use.
    @discardableResult
    func open<T>(
        _ settings: PostgreSQLSettings? = nil, _ use: (PostgreSQLDatabase) async throws -> T
    ) async throws -> T {
        let database = try await PostgreSQLDatabase.open(settings ?? self.settings())
        do {
            let value = try await use(database)
            try await database.close()
            return value
        } catch {
            try await database.close()
            throw error
        }
    }

    /// Runs what no transaction takes, on the server's own database.
    func command(_ text: String) throws {
        var settings = try PostgreSQLSettings("postgres:\(server)", isOwner: true)
        // Dropping a database waits for a checkpoint, and tests beside this one fill the disk's queue.
        settings.statementMilliseconds = 0
        let wire = try PostgreSQLWire(settings, wake: -1)
        try wire.send(text)
        try wire.mark()
        _ = try wire.answers()
    }

    /// A role of this name and right, dropped after use.
    func withRole(_ rights: String, _ test: (String) async throws -> Void) async throws {
        let role = "role_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        try command("CREATE ROLE \(role) LOGIN \(rights)")
        do {
            try await test(role)
            try await dropRole(role)
        } catch {
            try await dropRole(role)
            throw error
        }
    }

    private func dropRole(_ role: String) async throws {
        try await open { database in
            try await database.write(.migration) { tx in
                _ = try tx.rows("SELECT set_config('test.role', \(role), true) AS role")
                try tx.execute(
                    """
                    DO $$ BEGIN
                      EXECUTE 'DROP OWNED BY ' || current_setting('test.role');
                      EXECUTE 'DROP ROLE ' || current_setting('test.role');
                    END $$
                    """)
            }
        }
    }
}
