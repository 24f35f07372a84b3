import Enrollment

/// What `ruxue tenant show` and `ruxue tenant validate` print, Chinese first.
public enum TenantReport {
    /// The resolved tenant, with file and line of each section.
    public static func show(_ tenant: Tenant) -> String { tenant.code.rawValue }

    /// Every problem, one a line, and a closing sentence.
    public static func validation(_ registry: TenantRegistry) -> String { validation(registry.problems) }

    /// The same for a `Tenants/` that refuses to load.
    public static func validation(_ error: TenancyError) -> String { error.description }

    private static func validation(_ problems: [TenantProblem]) -> String {
        problems.map(\.description).joined(separator: "\n")
    }
}
