import ArgumentParser
import Assembly

extension DatabaseCommand {
    struct DistributeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "distribute",
            abstract: "在有 Citus 扩展的服务器上分布各表。Spreads the tables over a Citus cluster; repeat it after migrations.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let bar = ProgressBar()
            let answer = try await DatabaseCommands(try common.resolved()).distribute {
                bar.show($0, done: $1, total: $2)
            }
            bar.end()
            try Output.show(answer, json: common.json)
        }
    }

    struct CopyCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "copy",
            abstract: "把全部数据搬到另一个数据库，并逐表核对。Moves all data to another database and compares table by table.",
            discussion: DatabaseCommands.beforeCopying)

        @OptionGroup var common: CommonOptions
        @Option(help: "源 Source: sqlite:PATH, or PostgreSQL by the tables' owner.") var from: String
        @Option(help: "目标，已建表且为空 Target, migrated and empty: postgres:…, or sqlite:PATH.") var to: String
        @Flag(help: "接着上次中断的搬迁 Go on with a copy that was interrupted.") var resume = false

        func run() async throws {
            let bar = ProgressBar()
            Output.error(DatabaseCommands.beforeCopying)
            let answer = try await DatabaseCommands(try common.resolved()).copy(from: from, to: to, resumes: resume) {
                bar.show($0, done: $1, total: $2)
            }
            bar.end()
            try Output.show(answer, json: common.json)
        }
    }
}
