import ArgumentParser
import Assembly

struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "租户：列出、查看、校验。Tenants: list, show, validate.",
        subcommands: [ListCommand.self, ShowCommand.self, ValidateCommand.self])

    struct ListCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "列出全部租户。Lists every tenant.")

        @OptionGroup var common: CommonOptions

        func run() throws {
            try Output.show(try TenantCommands(try common.resolved()).list(), json: common.json)
        }
    }

    struct ShowCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "查看一个租户生效的规则与出处。Shows a tenant's rules and where each is written.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "租户代码 Tenant code.") var code: String

        func run() throws {
            try Output.show(try TenantCommands(try common.resolved()).show(code), json: common.json)
        }
    }

    struct ValidateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "validate",
            abstract: "校验全部文件，列出每个问题的文件与行。Validates every file; each problem with file and line.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "只看这个租户 Only this tenant.") var code: String?

        func run() throws {
            try Output.show(try TenantCommands(try common.resolved()).validate(code), json: common.json)
        }
    }
}
