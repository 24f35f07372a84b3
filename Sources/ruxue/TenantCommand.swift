import ArgumentParser
import Assembly
import Enrollment
import Tenancy

struct TenantCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "租户：列出、查看、校验。Tenants: list, show, validate.",
        subcommands: [ListCommand.self, ShowCommand.self, ValidateCommand.self])

    struct ListCommand: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出全部租户。Lists every tenant.")
        @OptionGroup var common: CommonOptions

        func run() throws {
            let listings = try Installation.loadTenants(try common.resolved()).listings
            if common.json { return try Output.json(listings) }
            for listing in listings {
                Output.line("\(listing.code)  \(listing.name)  \(listing.kind.rawValue)  \(listing.status)")
            }
            Output.line("共 \(listings.count) 个租户。\(listings.count) tenants.")
        }
    }

    struct ShowCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "查看一个租户生效的规则与出处。Shows a tenant's rules and where each is written.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "租户代码 Tenant code.") var code: String

        func run() throws {
            let registry = try Installation.loadTenants(try common.resolved())
            guard let tenant = registry.tenant(TenantCode(rawValue: code)) else {
                if let quarantined = registry.quarantined.first(where: { $0.code.rawValue == code }) {
                    for problem in quarantined.problems { Output.error("\(problem)") }
                    throw ExitCode(1)
                }
                throw AssemblyError.setting(name: "tenant", rule: "\(code) is no tenant; see ruxue tenant list")
            }
            if common.json { return try Output.json(tenant) }
            Output.line(TenantReport.show(tenant))
        }
    }

    struct ValidateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "validate", abstract: "校验全部文件，列出每个问题的文件与行。Validates every file; each problem with file and line.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "只看这个租户 Only this tenant.") var code: String?

        func run() throws {
            let registry: TenantRegistry
            do { registry = try Installation.loadTenants(try common.resolved()) } catch let error as TenancyError {
                if common.json { try Output.json(error.problems) } else { Output.line(TenantReport.validation(error)) }
                throw ExitCode(1)
            }
            var problems = registry.problems
            if let code {
                let quarantined = registry.quarantined.first { $0.code.rawValue == code }
                guard quarantined != nil || registry.tenant(TenantCode(rawValue: code)) != nil else {
                    throw AssemblyError.setting(name: "tenant", rule: "\(code) is no tenant; see ruxue tenant list")
                }
                problems = quarantined?.problems ?? []
            }
            if common.json {
                try Output.json(problems)
            } else if code == nil {
                Output.line(TenantReport.validation(registry))
            } else {
                for problem in problems { Output.line("\(problem)") }
                Output.line(problems.isEmpty ? "没有问题。No problem." : "\(problems.count) 个问题。\(problems.count) problems.")
            }
            if !problems.isEmpty { throw ExitCode(1) }
        }
    }
}
