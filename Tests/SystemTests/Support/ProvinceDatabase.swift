import Foundation
import Testing

/// A PostgreSQL database of one test, with the two roles; the processes on it are told its address.
struct ProvinceDatabase: Sendable {
    let server: String
    let name: String

    /// For `serve` and `work`.
    var address: String { "postgres:\(server) dbname=\(name) user=ruxue_app" }
    var ownerAddress: String { "postgres:\(server) dbname=\(name) user=ruxue_owner" }

    struct NoServer: Error, CustomStringConvertible {
        let description =
            "RUXUE_TEST_POSTGRES is not set: run the tests with Deploy/test or beside Deploy/private-postgresql"
    }

    /// Runs a body with a database on the server that the tests were given (`RUXUE_TEST_POSTGRES`, libpq keywords of its
    /// superuser), and drops it.
    static func with(_ body: (ProvinceDatabase) async throws -> Void) async throws {
        guard let server = ProcessInfo.processInfo.environment["RUXUE_TEST_POSTGRES"], !server.isEmpty else {
            throw NoServer()
        }
        let database = try await make(on: server)
        let result: Result<Void, any Error>
        do { result = .success(try await body(database)) } catch { result = .failure(error) }
        _ = try await database.psql("DROP DATABASE \(database.name) WITH (FORCE)", in: "postgres")
        try result.get()
    }

    /// Makes roles and a database as an operator would.
    static func make(on server: String) async throws -> ProvinceDatabase {
        let database = ProvinceDatabase(
            server: server, name: "ruxue_system_" + UUID().uuidString.lowercased().replacing("-", with: ""))
        let roles = RuxueBinary.root.appendingPathComponent("Deploy/postgresql/roles.sql").path
        _ = try await run(["-v", "database=\(database.name)", "-f", roles, "\(server) dbname=postgres"])
        return database
    }

    /// What a statement of the superuser answers.
    func psql(_ statement: String, in name: String? = nil) async throws -> String {
        try await Self.run(["-c", statement, "\(server) dbname=\(name ?? self.name)"])
    }

    private static func run(_ arguments: [String]) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"] + arguments
        let output = Pipe()
        process.standardOutput = output
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
        try #require(process.terminationStatus == 0, "psql \(arguments)")
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
