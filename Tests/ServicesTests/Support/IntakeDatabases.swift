import Foundation
import Services
import Storage
import StorageDrivers
import Tenancy

/// The databases that intake is tested on: the embedded one, and PostgreSQL where `RUXUE_TEST_POSTGRES` names a server by
/// libpq keywords of its superuser, as Deploy/test does.
enum IntakeDatabase: String, CaseIterable, Sendable {
    case sqlite, postgresql

    static var given: [IntakeDatabase] { server == nil ? [.sqlite] : allCases }

    private static var server: String? { ProcessInfo.processInfo.environment["RUXUE_TEST_POSTGRES"] }

    /// Runs a body on an empty database of its own, whose intake can be held up.
    func run(_ limits: IntakeLimits, _ body: @Sendable (TestSeason, HeldDatabase) async throws -> Void) async throws {
        let name = "ruxue_intake_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let held = HeldDatabase(try await open(name, lanes: limits.lanes))
        let season = try await TestSeason(on: held, intake: limits)
        let result: Result<Void, any Error>
        do { result = .success(try await body(season, held)) } catch { result = .failure(error) }
        held.letGo()
        try await held.close()
        if self == .postgresql { try await Self.psql("-c", "DROP DATABASE \(name) WITH (FORCE)") }
        try result.get()
    }

    private func open(_ name: String, lanes: Int) async throws -> any Database {
        guard self == .postgresql, let server = Self.server else {
            let database = try await SQLiteDatabase.temporary()
            _ = try await Migrator(Schema.migrations).migrate(database)
            return database
        }
        let roles = URL(fileURLWithPath: RealTenants.directory).deletingLastPathComponent()
            .appendingPathComponent("Deploy/postgresql/roles.sql").path
        // PostgreSQL refuses one of two sessions that change a role at once; the file may be run again.
        var tries = 0
        while true {
            do {
                try await Self.psql("-v", "database=\(name)", "-f", roles)
                break
            } catch {
                tries += 1
                guard tries < 10 else { throw error }
            }
        }
        let owner = try await PostgreSQLDatabase.open(
            PostgreSQLSettings("postgres:\(server) dbname=\(name) user=ruxue_owner", isOwner: true))
        _ = try await Migrator(Schema.migrations).migrate(owner)
        _ = try await SeasonPartitions.open(try RealTenants.loaded.get().season, owner)
        try await SeasonPartitions.grant(to: "ruxue_app", owner)
        try await owner.close()
        var settings = try PostgreSQLSettings("postgres:\(server) dbname=\(name) user=ruxue_app")
        // One connection, one audit chain: it tells the order in which transactions were written.
        settings.poolSize = lanes == 1 ? 1 : 8
        return try await PostgreSQLDatabase.open(settings)
    }

    private struct Refused: Error {
        let arguments: [String]
    }

    private static func psql(_ arguments: String...) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "\(server ?? "") dbname=postgres"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        guard process.terminationStatus == 0 else { throw Refused(arguments: arguments) }
    }
}
