import Enrollment
import Storage

extension DatabaseCommands {
    private struct Opened: Encodable, Sendable {
        let season: Int
        let partitions: Int
        let reopened: Bool
    }

    private struct Closed: Encodable, Sendable {
        let season: Int
        let isClosed: Bool
        /// Applications that nothing has ended yet, by tenant.
        let unfinished: [String: Int]
    }

    /// Makes a season's partitions where there are none, and lets a closed season be written again.
    public func openSeason(_ year: Int) async throws -> CommandAnswer {
        let season = SeasonYear(year)
        let (dialect, opened) = try await withOwner { database in
            let made = database.dialect == .postgresql ? try await SeasonPartitions.open(season, database) : 0
            let reopened = try await SeasonClosing.reopen(season, database)
            return (database.dialect, Opened(season: year, partitions: made, reopened: reopened))
        }
        var lines = [
            dialect == .sqlite
                ? "内嵌数据库不分区，\(year) 年随时可用。The embedded database needs no partitions; \(year) can be used."
                : "已建 \(year) 年的分区 \(opened.partitions) 个。Made \(opened.partitions) partitions of \(year)."
        ]
        if opened.reopened { lines.append("\(year) 年此前已关闭，现已重新打开。\(year) had been closed and is open again.") }
        return CommandAnswer(lines, json: opened)
    }

    /// Ends a season, unless there is a child whose way through it has not ended.
    public func closeSeason(_ year: Int) async throws -> CommandAnswer {
        let season = SeasonYear(year)
        let ends = Set(ApplicationState.allCases.filter(\.endsSeason))
        let (dialect, unfinished) = try await withOwner { database in
            do {
                return (database.dialect, try await SeasonClosing.close(season, ends: ends, database))
            } catch StorageError.notFound {
                throw AssemblyError.setting(
                    name: "season", rule: "names no season that was opened: \(year); 这一年没有打开过")
            }
        }
        let value = Closed(
            season: year, isClosed: unfinished.isEmpty,
            unfinished: Dictionary(unfinished.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { $1 }))
        guard unfinished.isEmpty else {
            let count = unfinished.values.reduce(0, +)
            return CommandAnswer(
                [
                    "还有 \(count) 份登记没有着落，\(year) 年不能关闭。"
                        + "\(count) applications are not settled for good; \(year) cannot be closed."
                ] + unfinished.sorted { $0.key < $1.key }.map { "  \($0.key)  \($0.value)" }, json: value, exitCode: 1)
        }
        var lines = ["\(year) 年已关闭：登记不能再新增或修改。\(year) is closed: nothing of its files can be added or changed."]
        if dialect == .postgresql {
            lines.append(
                "建议以表的拥有者执行 vacuumdb --freeze --analyze，之后这些分区不必再清理。"
                    + "Run vacuumdb --freeze --analyze as the tables' owner once; these partitions need no vacuum after that."
            )
        }
        return CommandAnswer(lines, json: value)
    }

    /// The database by the role that may change its tables, with a current schema.
    private func withOwner<Value>(_ body: (any Database) async throws -> Value) async throws -> Value {
        let directory = try DataDirectory(settings.dataDirectory)
        let address = try owner(in: directory)
        guard !address.isNew(directory) else {
            throw AssemblyError.dataDirectory(
                path: settings.dataDirectory,
                reason: "没有数据库，请先执行 ruxue database migrate。There is no database; run ruxue database migrate.")
        }
        return try await withDatabase(address) { database in
            let migrator = Migrator(Schema.migrations)
            if database.dialect == .sqlite { _ = try await migrator.migrate(database) }
            try await migrator.requireCurrent(database)
            return try await body(database)
        }
    }
}
