import ArgumentParser
import Assembly
import Services

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "数据库。The database.", subcommands: [MigrateCommand.self, StatusCommand.self])

    struct MigrateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "migrate", abstract: "升级表结构。Brings the schema forward.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let applied = try await DatabaseSchema(try common.resolved()).migrate()
            if common.json { return try Output.json(["applied": applied]) }
            Output.line(applied.isEmpty ? "已是最新。Nothing to do." : "已执行 Applied: \(applied)")
        }
    }

    struct StatusCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "查看表结构版本。Shows the schema's state.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let status = try await DatabaseSchema(try common.resolved()).status()
            if common.json {
                try Output.json(status)
            } else {
                Output.line("已执行 Applied: \(status.applied)，待执行 pending: \(status.pending)")
                if let problem = status.problem { Output.line(problem) }
            }
            if !status.isCurrent { throw ExitCode(1) }
        }
    }
}

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "审计链。The audit chains.", subcommands: [VerifyCommand.self])

    struct VerifyCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "核对每条审计链。Checks every chain from its start.")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let results = try await common.withInstallation { try await VerifyAudit($0.platform)() }
            if common.json {
                try Output.json(results)
            } else {
                for result in results {
                    Output.line(
                        "\(result.writer)  \(result.entries)  "
                            + (result.firstBroken.map { "第 \($0) 条断裂 broken at \($0)" } ?? "完整 whole"))
                }
            }
            if results.contains(where: { $0.firstBroken != nil }) { throw ExitCode(1) }
        }
    }
}
