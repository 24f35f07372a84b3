public import Enrollment

/// Roles given to people.
public enum StaffRepository {
    public struct Row: Sendable, Hashable {
        public let id: StaffGrantID
        public let person: PersonID
        public let tenant: TenantCode
        public let role: String
        public let from: Instant
        public let until: Instant?
        public let grantedBy: String

        public init(
            id: StaffGrantID, person: PersonID, tenant: TenantCode, role: String, from: Instant, until: Instant?,
            grantedBy: String
        ) {
            self.id = id
            self.person = person
            self.tenant = tenant
            self.role = role
            self.from = from
            self.until = until
            self.grantedBy = grantedBy
        }
    }

    public static func insert(_ row: Row, in tx: any Writing) throws {
        try tx.scope.require(oneOf: .province)
        try tx.execute(
            """
            INSERT INTO staff_grant (person, id, tenant, role, from_at, until_at, granted_by)
            VALUES (\(row.person), \(row.id), \(row.tenant), \(row.role), \(row.from), \(row.until), \(row.grantedBy))
            """)
    }

    /// Ends a grant.
    /// - Returns: false when there is no such grant in force.
    public static func revoke(_ id: StaffGrantID, at now: Instant, in tx: any Writing) throws -> Bool {
        try tx.scope.require(oneOf: .province)
        return try tx.execute("UPDATE staff_grant SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL") == 1
    }

    /// A person's grants in force.
    public static func grants(of person: PersonID, at now: Instant, in tx: any Reading) throws -> [Row] {
        try tx.scope.require(oneOf: .person(person))
        return try tx.rows(
            """
            SELECT id, person, tenant, role, from_at, until_at, granted_by FROM staff_grant
            WHERE person = \(person) AND revoked_at IS NULL AND from_at <= \(now)
              AND (until_at IS NULL OR until_at > \(now))
            ORDER BY tenant, role
            """
        ).map(read)
    }

    /// Grants in force in a tenant, or in all.
    public static func list(tenant: TenantCode?, at now: Instant, in tx: any Reading) throws -> [Row] {
        try tx.scope.require(oneOf: .province)
        let clause: SQL = tenant.map { "AND tenant = \($0)" } ?? ""
        return try tx.rows(
            """
            SELECT id, person, tenant, role, from_at, until_at, granted_by FROM staff_grant
            WHERE revoked_at IS NULL AND (until_at IS NULL OR until_at > \(now)) \(fragment: clause)
            ORDER BY tenant, role, id
            """
        ).map(read)
    }

    private static func read(_ row: Storage.Row) throws -> Row {
        Row(
            id: try row.id("id"), person: try row.id("person"), tenant: try row.code("tenant"),
            role: try row.text("role"), from: try row.instant("from_at"), until: try row.optionalInstant("until_at"),
            grantedBy: try row.text("granted_by"))
    }
}
