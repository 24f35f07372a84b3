import Storage
import StorageDrivers
import Testing

/// The databases on which every repository keeps the same promises.
enum Driver: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgresql
    /// PostgreSQL spread over several servers, where the tests were given some.
    case citus

    static let allCases: [Driver] = [.sqlite, .postgresql] + (CitusServer.address == nil ? [] : [.citus])

    var testDescription: String { rawValue }

    /// Runs a body on an empty, migrated database of its own, with the season before, the season and the season after
    /// open; on PostgreSQL as the role of the service.
    func run<Result>(_ body: (any Database) async throws -> Result) async throws -> Result {
        switch self {
        case .sqlite:
            let database = try await SQLiteDatabase.temporary()
            _ = try await Migrator(Schema.migrations).migrate(database)
            return try await closing(database, body)
        case .postgresql:
            return try await PostgreSQLServer.shared.withDatabase { place in
                try await closing(PostgreSQLDatabase.open(place.settings(pool: 8)), body)
            }
        case .citus: return try await CitusServer.shared.withDatabase(body)
        }
    }

    private func closing<Result>(
        _ database: any Database, _ body: (any Database) async throws -> Result
    ) async throws -> Result {
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(database)) } catch { result = .failure(error) }
        try await database.close()
        return try result.get()
    }
}
