import ArgumentParser
import Assembly

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "审计链。The audit chains.",
        subcommands: [VerifyCommand.self])

    struct VerifyCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "核对每条审计链。Checks every chain from its start.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            try Output.show(try await OfficeCommands(try common.resolved()).verifyAudit(), json: common.json)
        }
    }
}
