import Services
import Storage

extension DatabaseCommands {
    /// Plants a family that does not exist and tries to come at it from everywhere else; takes it away again. Of the
    /// owner's database, where one is set, it removes what the service's role may only add.
    /// - Parameters:
    ///   - commands: every command that can be run, as one types it without `ruxue`.
    ///   - progress: how many of the portal's routes have been tried.
    public func canary(
        commands: [String], progress: @escaping (_ done: Int, _ total: Int) -> Void
    ) async throws -> CommandAnswer {
        let installation = try await Installation.open(settings, asksOutside: false)
        let report: CanaryReport
        do {
            report = try await canary(installation, commands, progress)
        } catch {
            try await installation.close()
            throw error
        }
        try await installation.close()
        return CommandAnswer(report.lines, json: report, exitCode: report.isSilent ? 0 : 1)
    }

    private func canary(
        _ installation: Installation, _ commands: [String], _ progress: @escaping (Int, Int) -> Void
    ) async throws -> CanaryReport {
        var canary = Canary(
            database: installation.database, vault: installation.platform.vault,
            tenants: installation.platform.tenants())
        guard settings.ownerDatabase != nil else { return try await canary(commands: commands, progress: progress) }
        let owner = try owner(in: DataDirectory(settings.dataDirectory))
        return try await withDatabase(owner) { database in
            canary.owner = database
            return try await canary(commands: commands, progress: progress)
        }
    }
}
