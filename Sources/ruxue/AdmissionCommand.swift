import ArgumentParser
import Enrollment
import Services

struct AdmissionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admission", abstract: "录取。Gives the seats.", subcommands: [RunCommand.self])

    struct RunCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "run",
            abstract: "冻结名单、抽号、分配学位；由县里的招生人员在工作台发布。Freezes the roster, draws, gives seats; an officer releases on the desk.")

        @OptionGroup var common: CommonOptions
        @Option(help: "租户代码 Tenant code.") var tenant: String
        @Flag(help: "没有结论的登记按申报类别暂列。Unresolved applications enter as claimed.") var provisional = false

        func run() async throws {
            let code = TenantCode(rawValue: tenant)
            let summary = try await common.withInstallation { installation in
                try await RunAdmission(installation.platform)(asOperator: code, provisional: provisional)
            }
            if common.json { return try Output.json(summary) }
            Output.line(
                "参加 \(summary.candidates)，录取 \(summary.placed)，未录取 \(summary.unplaced)，暂列 \(summary.provisional)，直接统筹 \(summary.coordination)")
            Output.line(
                "\(summary.candidates) took part: \(summary.placed) placed, \(summary.unplaced) without a seat, "
                    + "\(summary.provisional) provisional, \(summary.coordination) to coordination")
            for (school, count) in summary.schools.sorted(by: { $0.key < $1.key }) { Output.line("  \(school)  \(count)") }
            Output.line("家庭还看不到结果：请招生人员在工作台发布。Families see nothing yet: an officer releases it on the desk.")
        }
    }
}

struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "工作人员的角色。Roles of staff.",
        subcommands: [GrantCommand.self, RevokeCommand.self, ListCommand.self])

    struct GrantCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "grant", abstract: "授予角色。Gives a role.")
        @OptionGroup var common: CommonOptions
        @Option(help: "租户代码 Tenant code.") var tenant: String
        @Option(help: "角色 first_reviewer, second_reviewer, admission_officer") var role: String
        @Option(help: "登录账号（统一身份认证的 sub）The sign-in subject.") var subject: String

        func run() async throws {
            guard let role = StaffRole(rawValue: role) else {
                throw ValidationError("角色 role: \(StaffRole.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            let id = try await common.withInstallation { installation in
                try await GrantStaffRole(installation.platform)(
                    subject: subject, tenant: TenantCode(rawValue: tenant), role: role, until: nil, by: "operator")
            }
            if common.json { return try Output.json(["id": id.description]) }
            Output.line("已授予 Granted \(role.rawValue) · \(tenant) · \(id)")
        }
    }

    struct RevokeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "revoke", abstract: "收回角色。Ends a role.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "授权编号 The grant's id.") var id: String

        func run() async throws {
            guard let grant = StaffGrantID(id) else { throw ValidationError("编号是 32 位十六进制数。") }
            try await common.withInstallation { installation in
                try await GrantStaffRole(installation.platform).revoke(grant, by: "operator")
            }
            if common.json { return try Output.json(["id": id]) }
            Output.line("已收回 Revoked \(id)")
        }
    }

    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出角色。Lists roles.")
        @OptionGroup var common: CommonOptions
        @Option(help: "租户代码 Tenant code.") var tenant: String?

        func run() async throws {
            let grants = try await common.withInstallation { installation in
                try await GrantStaffRole(installation.platform).list(tenant: tenant.map { TenantCode(rawValue: $0) })
            }
            if common.json { return try Output.json(grants) }
            for grant in grants { Output.line("\(grant.tenant)  \(grant.role.rawValue)  \(grant.id)") }
            if grants.isEmpty { Output.line("还没有授予任何角色。No role has been given.") }
        }
    }
}
