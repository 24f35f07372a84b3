import Protection
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
        let directory = try DataDirectory(settings.dataDirectory)
        // A new database comes with its keys: one without them would be taken for data whose keys are lost.
        _ = try KeyFile.loadOrCreate(directory.keys, createIfMissing: !directory.exists(directory.database))
        let applied = try await withDatabase(directory) { try await Migrator(Schema.migrations).migrate($0) }
        return CommandAnswer(
            [applied.isEmpty ? "已是最新。Nothing to do." : "已执行 Applied: \(applied)"], json: ["applied": applied])
    }

    public func status() async throws -> CommandAnswer {
        let directory = try DataDirectory(settings.dataDirectory)
        guard directory.exists(directory.database) else {
            throw AssemblyError.dataDirectory(
                path: settings.dataDirectory,
                reason: "没有数据库，请先执行 ruxue database migrate。There is no database; run ruxue database migrate.")
        }
        let status = try await withDatabase(directory) { try await Migrator(Schema.migrations).status($0) }
        let value = Status(
            applied: status.applied, pending: status.pending, problem: status.problem.map { "\($0)" },
            isCurrent: status.isCurrent)
        return CommandAnswer(
            ["已执行 Applied: \(value.applied)，待执行 pending: \(value.pending)"] + [value.problem].compactMap(\.self),
            json: value, exitCode: value.isCurrent ? 0 : 1)
    }

    private func withDatabase<Value>(
        _ directory: DataDirectory, _ body: (SQLiteDatabase) async throws -> Value
    ) async throws -> Value {
        let database = try await SQLiteDatabase.open(path: directory.database)
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
