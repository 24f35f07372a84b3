import Enrollment
import Tenancy

/// Listing, showing and validating tenants; opens no database.
public struct TenantCommands: Sendable {
    let settings: Settings
    public init(_ settings: Settings) { self.settings = settings }

    public func list() throws -> CommandAnswer {
        let listings = try Installation.loadTenants(settings).listings
        return CommandAnswer(
            listings.map { "\($0.code)  \($0.name)  \($0.kind.rawValue)  \($0.status)" }
                + ["共 \(listings.count) 个租户。\(listings.count) tenants."], json: listings)
    }

    public func show(_ code: String) throws -> CommandAnswer {
        let registry = try Installation.loadTenants(settings)
        if let tenant = registry.tenant(TenantCode(rawValue: code)) {
            return CommandAnswer([TenantReport.show(tenant)], json: tenant)
        }
        let problems = try quarantined(code, registry)?.problems ?? []
        return CommandAnswer(problems.map { "\($0)" }, json: problems, exitCode: 1)
    }

    /// - Parameter code: nil validates everything.
    public func validate(_ code: String?) throws -> CommandAnswer {
        let registry: TenantRegistry
        do { registry = try Installation.loadTenants(settings) } catch let error as TenancyError {
            return CommandAnswer([TenantReport.validation(error)], json: error.problems, exitCode: 1)
        }
        guard let code else {
            return CommandAnswer(
                [TenantReport.validation(registry)], json: registry.problems,
                exitCode: registry.problems.isEmpty ? 0 : 1)
        }
        var problems: [TenantProblem] = []
        if registry.tenant(TenantCode(rawValue: code)) == nil {
            problems = try quarantined(code, registry)?.problems ?? []
        }
        return CommandAnswer(
            problems.map { "\($0)" }
                + [problems.isEmpty ? "没有问题。No problem." : "\(problems.count) 个问题。\(problems.count) problems."],
            json: problems, exitCode: problems.isEmpty ? 0 : 1)
    }

    private func quarantined(_ code: String, _ registry: TenantRegistry) throws -> QuarantinedTenant? {
        guard let found = registry.quarantined.first(where: { $0.code.rawValue == code }) else {
            throw AssemblyError.setting(name: "tenant", rule: "\(code) is no tenant; see ruxue tenant list")
        }
        return found
    }
}
