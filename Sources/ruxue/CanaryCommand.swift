import ArgumentParser
import Assembly

struct CanaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canary",
        abstract: "放入一户不存在的家庭，从别处逐一试着读取。Plants a family that does not exist and tries to read it from everywhere else.",
        discussion:
            "样例家庭在保留的租户里，做完即删，不影响任何真实家庭。It lives in reserved tenants and is taken away again; no real family is touched."
    )

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let bar = ProgressBar()
        let answer = try await DatabaseCommands(try common.resolved()).canary(commands: Self.paths(of: Ruxue.self)) {
            bar.show("金丝雀 Canary", done: $0, total: $1)
        }
        bar.end()
        try Output.show(answer, json: common.json)
    }

    /// Every command that does something, as one types it.
    private static func paths(of command: any ParsableCommand.Type) -> [String] {
        let subcommands = command.configuration.subcommands
        guard !subcommands.isEmpty else { return [""] }
        return subcommands.flatMap { subcommand in
            let name = subcommand.configuration.commandName ?? "\(subcommand)"
            return paths(of: subcommand).map { $0.isEmpty ? name : "\(name) \($0)" }
        }
    }
}
