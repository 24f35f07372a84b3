import Enrollment
import Storage

extension DatabaseCommands {
    private struct Distributed: Encodable, Sendable {
        /// Where each table now is, by its name: a column, or `everywhere`.
        let tables: [String: String]
        let done: [String]
    }

    /// Spreads the migrated schema over the servers of a Citus cluster; to be repeated after every migration.
    public func distribute(
        progress: (_ label: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws -> CommandAnswer {
        let directory = try DataDirectory(settings.dataDirectory)
        let address = try owner(in: directory).patient
        guard case .postgresql = address else {
            throw AssemblyError.setting(
                name: "owner-database", rule: "must name a PostgreSQL server; SQLite is one file")
        }
        let value = try await withDatabase(address) { database in
            try await Migrator(Schema.migrations).requireCurrent(database)
            guard try await Distribution.isAvailable(database) else {
                throw AssemblyError.setting(
                    name: "owner-database",
                    rule: "names a server without the extension citus; 该服务器没有 Citus 扩展，单机 PostgreSQL 无需分布")
            }
            let done: [Distribution.Table]
            do {
                done = try await Distribution.distribute(database) { progress("分布 Distributing \($0)", $1, $2) }
            } catch StorageError.violation(let reason) {
                throw AssemblyError.setting(
                    name: "owner-database",
                    rule:
                        "names a database that cannot be spread: \(reason); distribute first, then ruxue database copy")
            }
            try await SeasonPartitions.grant(to: settings.applicationRole, database)
            let plan = try await Distribution.plan(database)
            return Distributed(
                tables: Dictionary(plan.map { ("\($0.name)", Self.words($0.placement)) }, uniquingKeysWith: { $1 }),
                done: done.map { "\($0.name)" })
        }
        let lines = value.done.map { "  \($0)  \(value.tables[$0] ?? "")" }
        return CommandAnswer(
            lines.isEmpty
                ? ["所有表都已分布。Every table is distributed already."]
                : lines + ["已分布 \(lines.count) 张表。Distributed \(lines.count) tables."], json: value)
    }

    private static func words(_ placement: Distribution.Placement) -> String {
        switch placement {
        case .by(let column, _): "\(column)"
        case .everywhere: "everywhere"
        }
    }
}
