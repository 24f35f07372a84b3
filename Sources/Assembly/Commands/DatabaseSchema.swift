import Storage
import StorageDrivers

/// The schema of an installation's database, looked at and brought forward.
public struct DatabaseSchema: Sendable {
    let settings: Settings
    public init(_ settings: Settings) { self.settings = settings }

    public struct Status: Sendable, Codable {
        public let applied: [Int]
        public let pending: [Int]
        public let problem: String?
        public let isCurrent: Bool
    }

    public func migrate() async throws -> [Int] {
        try await withDatabase { try await Migrator(Schema.migrations).migrate($0) }
    }

    public func status() async throws -> Status {
        try await withDatabase { database in
            let status = try await Migrator(Schema.migrations).status(database)
            return Status(
                applied: status.applied, pending: status.pending, problem: status.problem.map { "\($0)" },
                isCurrent: status.isCurrent)
        }
    }

    private func withDatabase<Value>(_ body: (SQLiteDatabase) async throws -> Value) async throws -> Value {
        let database = try await SQLiteDatabase.open(path: try DataDirectory(settings.dataDirectory).database)
        do {
            let value = try await body(database)
            try await database.close()
            return value
        } catch {
            try await database.close()
            throw error
        }
    }
}
