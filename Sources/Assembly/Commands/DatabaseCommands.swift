import Enrollment
import Protection
import Services
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
        /// Checks of the season that were given up, by tenant; people have the cases.
        let givenUp: [String: Int]
    }

    private struct Migrated: Encodable, Sendable {
        let applied: [Int]
        let partitions: Int
    }

    /// Brings the schema forward; on PostgreSQL as the tables' owner, who then grants them to the service's role and opens
    /// the season.
    public func migrate() async throws -> CommandAnswer {
        let directory = try DataDirectory(settings.dataDirectory)
        let address = try owner(in: directory)
        let isNew = address.isNew(directory)
        let migrated = try await withDatabase(address) { database in
            let migrator = Migrator(Schema.migrations)
            let before = try await migrator.status(database)
            // A new database comes with its keys: one without them would be taken for data whose keys are lost.
            let keys = try KeyFile.loadOrCreate(
                directory.keys, createIfMissing: isNew || before.applied.isEmpty && before.problem == nil)
            let applied = try await migrator.migrate(database)
            var partitions = 0
            if database.dialect == .postgresql {
                partitions = try await SeasonPartitions.open(settings.season, database)
                try await SeasonPartitions.grant(to: settings.applicationRole, database)
            }
            guard try await KeysBelong(Vault(keys))(database) else {
                throw AssemblyError.account(file: directory.keys, rule: AssemblyError.foreignKeys)
            }
            return Migrated(applied: applied, partitions: partitions)
        }
        var lines = [
            migrated.applied.isEmpty
                ? "表结构已是最新。The schema is current." : "已执行 Applied: \(migrated.applied)"
        ]
        if migrated.partitions > 0 {
            lines.append("已建 \(settings.season.value) 年的分区 \(migrated.partitions) 个。Made the season's partitions.")
        }
        return CommandAnswer(lines, json: migrated)
    }

    public func status() async throws -> CommandAnswer {
        let directory = try DataDirectory(settings.dataDirectory)
        let address = try DatabaseAddress(settings.database, in: directory, settings: settings)
        if address.isNew(directory) {
            throw AssemblyError.dataDirectory(
                path: settings.dataDirectory,
                reason: "没有数据库，请先执行 ruxue database migrate。There is no database; run ruxue database migrate.")
        }
        let season = settings.season
        let (status, givenUp) = try await withDatabase(address) { database in
            let status = try await Migrator(Schema.migrations).status(database)
            guard status.isCurrent else { return (status, [TenantCode: Int]()) }
            return (status, try await database.read(.queue) { try DeadJobRepository.counts(season, in: $0) })
        }
        let value = Status(
            applied: status.applied, pending: status.pending, problem: status.problem.map { "\($0)" },
            isCurrent: status.isCurrent,
            givenUp: Dictionary(uniqueKeysWithValues: givenUp.map { ($0.key.rawValue, $0.value) }))
        var lines = ["已执行 Applied: \(value.applied)，待执行 pending: \(value.pending)"] + [value.problem].compactMap(\.self)
        if !givenUp.isEmpty {
            let counts = value.givenUp.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            lines.append("已放弃、转人工的核验 Checks given up and handed to people: \(counts.joined(separator: "、"))")
        }
        return CommandAnswer(lines, json: value, exitCode: value.isCurrent ? 0 : 1)
    }

    /// The database by the role that may change its tables; the embedded one has no roles.
    func owner(in directory: DataDirectory) throws -> DatabaseAddress {
        if let text = settings.ownerDatabase {
            return try DatabaseAddress(text, in: directory, settings: settings, isOwner: true)
        }
        let address = try DatabaseAddress(settings.database, in: directory, settings: settings)
        guard case .sqlite = address else {
            throw AssemblyError.setting(
                name: "owner-database", rule: "names the database by the role that owns its tables; it is needed here")
        }
        return address
    }

    func withDatabase<Value>(
        _ address: DatabaseAddress, _ body: (any Database) async throws -> Value
    ) async throws -> Value {
        let database = try await address.open()
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
