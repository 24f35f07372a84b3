import Enrollment
import Foundation
import StorageDrivers
import Testing

@testable import Storage

/// The cluster that the tests were given, where they were: `RUXUE_TEST_CITUS_URL` holds the address (or libpq keywords) of
/// a database of their own on a Citus coordinator, without a user and without a password. It has the extension and its
/// workers, sorts by code (`LC_COLLATE 'C'`), and its schema `public` belongs to `ruxue_owner`; the tests sign in as that
/// role and as `ruxue_app`, and leave nothing behind that they need again.
///
/// A database cannot be made by the dozen on several servers, so tests take turns with the one there is, emptied before
/// each.
actor CitusServer {
    static let shared = CitusServer()

    static var address: String? {
        ProcessInfo.processInfo.environment["RUXUE_TEST_CITUS_URL"].flatMap { $0.isEmpty ? nil : $0 }
    }

    private var isTaken = false
    private var isPrepared = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Runs a body as the service's role, on an empty database with the season before, the season and the season after.
    nonisolated func withDatabase<Result>(_ body: (any Database) async throws -> Result) async throws -> Result {
        await enter()
        let result: Swift.Result<Result, any Error>
        do {
            try await prepare()
            let database = try await PostgreSQLDatabase.open(Self.settings(user: "ruxue_app"))
            do { result = .success(try await body(database)) } catch { result = .failure(error) }
            try await database.close()
        } catch {
            await leave()
            throw error
        }
        await leave()
        return try result.get()
    }

    private func enter() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
    }

    private func prepare() async throws {
        let owner = try await PostgreSQLDatabase.open(Self.settings(user: "ruxue_owner", isOwner: true))
        if !isPrepared {
            _ = try await Migrator(Schema.migrations).migrate(owner)
            for year in 2025...2027 { _ = try await SeasonPartitions.open(.init(year), owner) }
            _ = try await Distribution.distribute(owner)
            try await SeasonPartitions.grant(to: "ruxue_app", owner)
            isPrepared = true
        }
        let tables = try await Distribution.plan(owner).map { "\($0.name)" }.filter { $0 != "schema_migration" }
        try await owner.write(.migration) { tx in
            try tx.execute(raw("TRUNCATE \(tables.joined(separator: ", "))"))
        }
        try await owner.close()
    }

    private static func settings(user: String, isOwner: Bool = false) throws -> PostgreSQLSettings {
        let address = try #require(address, "RUXUE_TEST_CITUS_URL is not set")
        var settings: PostgreSQLSettings
        if address.contains("://") {
            var parts = try #require(URLComponents(string: address), "RUXUE_TEST_CITUS_URL is no address")
            parts.user = user
            settings = try PostgreSQLSettings(try #require(parts.string), isOwner: isOwner)
        } else {
            settings = try PostgreSQLSettings("postgres:\(address) user=\(user)", isOwner: isOwner)
        }
        settings.poolSize = 8
        return settings
    }
}
