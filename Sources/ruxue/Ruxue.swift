// ruxue: the command line, one executable for every role.
//
// Purpose: reads flags, calls Assembly, prints what an officer who has never seen a terminal can read.
// Not here: anything a library could do; secrets are never read from flags.
// Start reading below, then one file a command group.

import ArgumentParser

@main
struct Ruxue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ruxue", abstract: "入学一件事：一省义务教育招生平台。Enrollment of a whole province, done once.",
        discussion:
            "每个命令都可加 --json。Every command takes --json. 退出码 Exit: 0 done, 1 a problem was found, 2 usage, 70 a defect.",
        subcommands: [
            ServeCommand.self, WorkCommand.self, SandboxCommand.self, SeasonCommand.self, TenantCommand.self,
            AdmissionCommand.self, StaffCommand.self, DatabaseCommand.self, AuditCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Output.stop(with: error, as: Self.self)
        }
    }
}
