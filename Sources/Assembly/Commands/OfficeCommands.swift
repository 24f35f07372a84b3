import Enrollment
import Services
import Tenancy

/// Commands on an installation's own data that end by themselves: roles, seats, the demonstration clock, audit.
public struct OfficeCommands: Sendable {
    let settings: Settings
    public init(_ settings: Settings) { self.settings = settings }

    /// Names of the roles that can be granted.
    public static let roles = StaffRole.allCases.map(\.rawValue)

    /// The word that stands for every tenant.
    public static let everyTenant = "all"

    /// Gives a role in one tenant, several, or with ``everyTenant`` in all; a role that stands already is left as it is.
    public func grant(role: String, tenants: [String], subject: String) async throws -> CommandAnswer {
        guard let role = StaffRole(rawValue: role) else {
            throw AssemblyError.setting(name: "role", rule: "must be one of \(Self.roles.joined(separator: ", "))")
        }
        let grants = try await withPlatform { platform in
            let served = platform.tenants()
            let province = [served.provinceCode].compactMap(\.self)
            let asked = tenants.map { TenantCode(rawValue: $0) }
            let codes =
                role == .provinceOfficer
                ? province
                : tenants.contains(Self.everyTenant) ? served.tenants.map(\.code).sorted() : asked
            // The province's role is given for the province, by its own code or by naming every tenant.
            let isForProvince = tenants == [Self.everyTenant] || asked == codes
            guard role != .provinceOfficer || isForProvince else {
                throw AssemblyError.setting(
                    name: "tenant", rule: "must be \(province.first?.rawValue ?? Self.everyTenant) for \(role.rawValue)"
                )
            }
            for code in codes where role != .provinceOfficer && served.tenant(code) == nil {
                throw AssemblyError.setting(name: "tenant", rule: "\(code) is not served here; see ruxue tenant list")
            }
            var grants: [(tenant: TenantCode, id: StaffGrantID)] = []
            for code in codes {
                let id = try await GrantStaffRole(platform)(
                    subject: subject, tenant: code, role: role, until: nil, by: "operator")
                grants.append((code, id))
            }
            return grants
        }
        if grants.count == 1, let (tenant, id) = grants.first {
            return CommandAnswer(["已授予 Granted \(role.rawValue) · \(tenant) · \(id)"], json: ["id": id.description])
        }
        return CommandAnswer(
            ["已授予 Granted \(role.rawValue) · \(grants.count) 个租户 tenants"],
            json: Dictionary(
                grants.map { ($0.tenant.rawValue, $0.id.description) }, uniquingKeysWith: { first, _ in first }))
    }

    public func revoke(_ id: String) async throws -> CommandAnswer {
        guard let grant = StaffGrantID(id) else {
            throw AssemblyError.setting(name: "id", rule: "must be 32 hexadecimal digits; see ruxue staff list")
        }
        try await withPlatform { try await GrantStaffRole($0).revoke(grant, by: "operator") }
        return CommandAnswer(["已收回 Revoked \(id)"], json: ["id": id])
    }

    public func roles(in tenant: String?) async throws -> CommandAnswer {
        let grants = try await withPlatform(tenant) { platform in
            try await GrantStaffRole(platform).list(tenant: tenant.map { TenantCode(rawValue: $0) })
        }
        let lines = grants.map { "\($0.tenant)  \($0.role.rawValue)  \($0.id)" }
        return CommandAnswer(lines.isEmpty ? ["还没有授予任何角色。No role has been given."] : lines, json: grants)
    }

    public func runAdmission(_ tenant: String, provisional: Bool) async throws -> CommandAnswer {
        let summary = try await withPlatform(tenant) { platform in
            try await RunAdmission(platform)(asOperator: TenantCode(rawValue: tenant), provisional: provisional)
        }
        return CommandAnswer(
            [
                "参加 \(summary.candidates)，录取 \(summary.placed)，未录取 \(summary.unplaced)，暂列 \(summary.provisional)，直接统筹 \(summary.coordination)",
                "\(summary.candidates) took part: \(summary.placed) placed, \(summary.unplaced) without a seat, \(summary.provisional) provisional, \(summary.coordination) to coordination",
            ] + summary.schools.sorted { $0.key < $1.key }.map { "  \($0.key)  \($0.value)" }
                + ["家庭还看不到结果：请招生人员在工作台发布。Families see nothing yet: an officer releases it on the desk."],
            json: summary)
    }

    /// Moves a demonstration's time.
    public func moveClock(to text: String) async throws -> CommandAnswer {
        guard let instant = Instant(text) else {
            throw AssemblyError.setting(name: "instant", rule: "must read like 2026-07-25T09:00:00+08:00")
        }
        try await withPlatform { try await MoveDemonstrationClock($0)(to: instant) }
        return CommandAnswer(
            ["演示时间现在是 \(instant.text)。The demonstration's time is now \(instant.text)."],
            json: ["business_clock": instant.text])
    }

    public func verifyAudit() async throws -> CommandAnswer {
        let results = try await withPlatform { try await VerifyAudit($0)() }
        let lines = results.map { result in
            "\(result.writer)  \(result.entries)  "
                + (result.firstBroken.map { "第 \($0) 条断裂 broken at \($0)" } ?? "完整 whole")
        }
        return CommandAnswer(
            lines.isEmpty ? ["还没有审计记录。No entries yet."] : lines, json: results,
            exitCode: results.contains { $0.firstBroken != nil } ? 1 : 0)
    }

    /// Compares the counters with the applications they count, in one state of the database.
    public func recountCounters() async throws -> CommandAnswer {
        let result = try await withPlatform { try await RecountCounters($0)() }
        let codes = result.differing.map(\.rawValue).joined(separator: " ")
        return CommandAnswer(
            [
                "登记 Applications: \(result.applications)，计数行 counter rows: \(result.deltas)",
                result.agrees
                    ? "计数与重新清点一致。The counters equal a recount."
                    : "计数与重新清点不符 The counters differ from a recount: \(codes)",
            ], json: result, exitCode: result.agrees ? 0 : 1)
    }

    /// - Parameter tenant: the tenant the command is about, which has to be served here.
    private func withPlatform<Value>(
        _ tenant: String? = nil, _ body: (Platform) async throws -> Value
    ) async throws -> Value {
        let installation = try await Installation.open(settings, asksOutside: false)
        do {
            if let tenant, installation.platform.tenants().tenant(TenantCode(rawValue: tenant)) == nil {
                throw AssemblyError.setting(name: "tenant", rule: "\(tenant) is not served here; see ruxue tenant list")
            }
            let value = try await body(installation.platform)
            try await installation.close()
            return value
        } catch {
            try await installation.close()
            throw error
        }
    }
}
