import Services
import Storage

extension DatabaseCommands {
    /// What has to be known before an installation is moved.
    public static let beforeCopying =
        "搬迁期间，任何进程都不得使用源数据库：请先停止 ruxue serve 与 ruxue work。"
        + "No process may use the source meanwhile: stop ruxue serve and ruxue work first."

    /// Moves an installation's data to an empty database, and compares both sides.
    /// - Parameters:
    ///   - source: an address as the setting `database` takes it, on PostgreSQL by the tables' owner.
    ///   - target: the same.
    ///   - resumes: whether the target holds what an earlier copy brought before it was interrupted.
    ///   - progress: a label, how many rows are done, and of how many.
    public func copy(
        from source: String, to target: String, resumes: Bool,
        progress: @escaping @Sendable (_ label: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws -> CommandAnswer {
        guard source != target else { throw MovingProblem.sameDatabase }
        let directory = try DataDirectory(settings.dataDirectory)
        let from = try DatabaseAddress(source, in: directory, settings: settings, isOwner: true).patient
        let to = try DatabaseAddress(target, in: directory, settings: settings, isOwner: true).patient
        if from.isNew(directory) {
            throw AssemblyError.setting(name: "from", rule: "names a database that is not there: \(source)")
        }
        let report = try await withDatabase(from) { source in
            try await withDatabase(to) { target in
                // A file's schema is made with it; a server's belongs to another role and another command.
                if target.dialect == .sqlite { _ = try await Migrator(Schema.migrations).migrate(target) }
                return try await CopyDatabase(from: source, to: target, resumes: resumes)(
                    progress: { phase, table, done, total in
                        progress("\(Self.words(phase)) \(table)", done, total)
                    })
            }
        }
        var lines = report.tables.filter { $0.rows > 0 }.map { "  \($0.name)  \($0.rows)  \($0.digest.prefix(16))…" }
        lines.append(
            "已搬 \(report.tables.count) 张表、\(report.rows) 行，两边逐表一致。"
                + "Moved \(report.tables.count) tables, \(report.rows) rows; both sides are equal, table by table.")
        if report.skipped > 0 {
            lines.append("其中 \(report.skipped) 张表此前已搬完。\(report.skipped) tables had been moved before.")
        }
        if report.movesClock {
            lines.append("演示时间也一并搬了过去。The demonstration's clock was moved along.")
        }
        lines.append(
            "keys.json 须随数据目录一起搬走：没有它，数据无法打开。"
                + "Take keys.json of the data directory along: nothing opens without it.")
        return CommandAnswer(lines, json: report)
    }

    private static func words(_ phase: CopyDatabase.Phase) -> String {
        switch phase {
        case .comparing: "比对 Comparing"
        case .copying: "搬迁 Copying"
        case .verifying: "核对 Verifying"
        }
    }

    static func words(_ problem: MovingProblem) -> String {
        switch problem {
        case .schemasDiffer(let tables):
            "两个数据库的表不同 The databases differ in tables or columns: \(tables.joined(separator: ", "))"
        case .targetNotEmpty(let tables):
            "目标数据库里已有数据；接着上次中断的搬迁，请加 --resume。The target is not empty; to go on with an interrupted copy add --resume: "
                + tables.joined(separator: ", ")
        case .otherKeys:
            "目标数据库是用另一份密钥建立的；请用源数据目录的 keys.json 重新建库。"
                + "The target was begun with other keys; begin it anew with the source's keys.json."
        case .sameDatabase: "源与目标是同一个数据库。Source and target are one database."
        case .sourceChanged(let tables):
            "搬迁期间源数据库有改动：请停止所有进程，清空目标后重来。The source changed meanwhile; stop every process, empty the target, begin again: "
                + tables.joined(separator: ", ")
        case .differs(let tables):
            "两边不一致，目标不可使用。The sides differ; the target is not to be used: \(tables.joined(separator: ", "))"
        }
    }
}
