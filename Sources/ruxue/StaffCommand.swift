import ArgumentParser
import Assembly

struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "工作人员的角色。Roles of staff.",
        subcommands: [GrantCommand.self, RevokeCommand.self, ListCommand.self])

    struct GrantCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant", abstract: "授予角色。Gives a role.")

        @OptionGroup var common: CommonOptions
        @Option(help: "租户代码，可重复，all 为全部 Tenant code; may be repeated, all for every tenant.") var tenant: [String]
        @Option(help: "角色 Role: first_reviewer, second_reviewer, admission_officer, province_officer.") var role: String
        @Option(help: "统一身份认证的账号 The sign-in subject.") var subject: String

        func validate() throws {
            guard !tenant.isEmpty else { throw ValidationError("--tenant") }
        }

        func run() async throws {
            try Output.show(
                try await OfficeCommands(try common.resolved()).grant(
                    role: role, tenants: tenant, subject: subject), json: common.json)
        }
    }

    struct RevokeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "收回角色。Ends a role.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "授权编号 The grant's id.") var id: String

        func run() async throws {
            try Output.show(try await OfficeCommands(try common.resolved()).revoke(id), json: common.json)
        }
    }

    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "列出角色。Lists roles.")

        @OptionGroup var common: CommonOptions
        @Option(help: "租户代码 Tenant code.") var tenant: String?

        func run() async throws {
            try Output.show(try await OfficeCommands(try common.resolved()).roles(in: tenant), json: common.json)
        }
    }
}
