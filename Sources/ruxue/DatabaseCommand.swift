import ArgumentParser
import Assembly

struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database", abstract: "数据库。The database.",
        subcommands: [
            MigrateCommand.self, StatusCommand.self, RecountCommand.self, CanaryCommand.self,
            CopyCommand.self, DistributeCommand.self,
        ])

    struct MigrateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "migrate", abstract: "升级表结构。Brings the schema forward.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try Output.show(try await DatabaseCommands(try common.resolved()).migrate(), json: common.json)
        }
    }

    struct StatusCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "查看表结构版本。Shows the schema's state.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try Output.show(try await DatabaseCommands(try common.resolved()).status(), json: common.json)
        }
    }

    struct RecountCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "recount",
            abstract: "核对计数与登记是否一致。Compares the counters with the applications they count.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try Output.show(try await OfficeCommands(try common.resolved()).recountCounters(), json: common.json)
        }
    }
}
