import Storage
import StorageDrivers

/// The schema of an installation's database, looked at and brought forward.
public struct DatabaseCommands: Sendable {
    let settings: Settings
    public init(_ settings: Settings) { self.settings = settings }

    private struct Status: Encodable, Sendable {
        let applied: [Int]
        let pending: [Int]
        let problem: String?
        let isCurrent: Bool
    }

    public func migrate() async throws -> CommandAnswer {
        let applied = try await withDatabase { try await Migrator(Schema.migrations).migrate($0) }
        return CommandAnswer(
            [applied.isEmpty ? "已是最新。Nothing to do." : "已执行 Applied: \(applied)"], json: ["applied": applied])
    }

    public func status() async throws -> CommandAnswer {
        let status = try await withDatabase { try await Migrator(Schema.migrations).status($0) }
        let value = Status(
            applied: status.applied, pending: status.pending, problem: status.problem.map { "\($0)" },
            isCurrent: status.isCurrent)
        return CommandAnswer(
            ["已执行 Applied: \(value.applied)，待执行 pending: \(value.pending)"] + [value.problem].compactMap(\.self),
            json: value, exitCode: value.isCurrent ? 0 : 1)
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
