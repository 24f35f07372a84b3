import ArgumentParser
import Assembly

struct AdmissionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admission", abstract: "录取。Gives the seats.",
        subcommands: [RunCommand.self])

    struct RunCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run",
            abstract: "冻结名单、抽号、分配学位；由招生人员在工作台发布。Freezes the roster, draws, gives seats; an officer releases it.")

        @OptionGroup var common: CommonOptions
        @Option(help: "租户代码 Tenant code.") var tenant: String
        @Flag(help: "没有结论的登记按申报类别暂列。Unresolved applications enter as claimed.") var provisional = false

        func run() async throws {
            try Output.show(
                try await OfficeCommands(try common.resolved()).runAdmission(tenant, provisional: provisional),
                json: common.json)
        }
    }
}
