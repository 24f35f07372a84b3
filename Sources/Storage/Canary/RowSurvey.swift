public import Enrollment

/// Every row about one family, table by table, as whatever scope is asked shows it: what the canary compares before and
/// after a stranger's attempt, and searches for in every scope that is not the family's.
///
/// Tables are read from the database's own catalogue, so that a new one is looked at without anybody thinking of it.
public struct RowSurvey: Sendable {
    /// Whose rows are looked for.
    public struct Family: Sendable, Hashable {
        public let key: TenantSeason
        public let applications: [ApplicationID]
        /// Guardians and children.
        public let people: [PersonID]

        public init(key: TenantSeason, applications: [ApplicationID], people: [PersonID]) {
            self.key = key
            self.applications = applications
            self.people = people
        }
    }

    struct Table: Sendable {
        let name: String
        let columns: [String]
        /// Whether the role that asks may delete rows.
        let isDeletable: Bool
    }

    let tables: [Table]

    /// Reads the catalogue.
    public init(_ database: any Database) async throws {
        let catalogue: SQL =
            switch database.dialect {
            case .sqlite:
                """
                SELECT t.name AS "table", c.name AS "column", 1 AS deletable
                FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid
                """
            case .postgresql:
                """
                SELECT t.relname::text AS "table", c.attname::text AS "column",
                  has_table_privilege(t.oid, 'DELETE')::int::bigint AS deletable
                FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
                WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
                  AND NOT t.relispartition
                ORDER BY t.relname, c.attnum
                """
            }
        let columns = try await database.read(.province) { tx in
            try tx.rows(catalogue).map {
                (table: try $0.text("table"), column: try $0.text("column"), deletable: try $0.bool("deletable"))
            }
        }
        tables = Dictionary(grouping: columns, by: \.table).sorted { $0.key < $1.key }.map { name, columns in
            Table(name: name, columns: columns.map(\.column), isDeletable: columns.allSatisfy(\.deletable))
        }
    }

    /// Tables whose rows this survey cannot lay to anybody: they need a written reason.
    public var unclassified: [String] { tables.filter { $0.owner == nil }.map(\.name) }

    /// Tables that hold rows of a tenant or a person.
    public var surveyed: [String] { tables.filter { $0.owner != nil }.map(\.name) }

    /// The family's rows that the transaction's scope shows, by table, each as text; tables without any are left out.
    public func rows(of family: Family, in tx: any Reading) throws -> [String: [String]] {
        let looked = tables.compactMap { table in
            table.condition(family).map {
                (table: table, sql: SQL(pieces: [.text("SELECT * FROM \(table.name) WHERE ")] + $0.pieces))
            }
        }
        var found: [String: [String]] = [:]
        for (look, rows) in zip(looked, try tx.rows(ofEach: looked.map(\.sql))) where !rows.isEmpty {
            found[look.table.name] = try rows.map { row in
                try look.table.columns.map { "\($0)=\(try row.value($0))" }.joined(separator: " ")
            }.sorted()
        }
        return found
    }

    /// Deletes everything that the scope shows of a reserved tenant, except in tables that are only ever added to.
    /// - Returns: rows that are left, by table.
    @discardableResult
    public func eraseTenant(_ key: TenantSeason, in tx: any Writing) throws -> [String: Int] {
        let condition: SQL = "tenant = \(key.tenant) AND season = \(key.season)"
        return try erase(
            tables.filter { $0.columns.contains("tenant") && $0.columns.contains("season") }, condition, in: tx)
    }

    /// Deletes what is a person's own, except the person, and what is only ever added to.
    /// - Returns: rows that are left, by table.
    @discardableResult
    public func erasePerson(_ person: PersonID, in tx: any Writing) throws -> [String: Int] {
        var left: [String: Int] = [:]
        for table in tables {
            // Who is who stays, so that the next run finds the same people; sessions end by their tokens, roles with
            // ``eraseGrants(in:in:)``.
            guard case .person(let column)? = table.owner,
                !["person", "person_identifier", "session", "staff_grant"].contains(table.name)
            else { continue }
            let condition = SQL(pieces: [.text("\(column) = "), .bind(person.sqlValue)])
            left.merge(try erase([table], condition, in: tx)) { $0 + $1 }
        }
        return left
    }

    /// Deletes the roles that were given in a reserved tenant; in the province's scope.
    public func eraseGrants(in tenant: TenantCode, in tx: any Writing) throws {
        try tx.execute("DELETE FROM staff_grant WHERE tenant = \(tenant)")
    }

    private func erase(_ tables: [Table], _ condition: SQL, in tx: any Writing) throws -> [String: Int] {
        var left: [String: Int] = [:]
        for table in tables {
            if table.isDeletable {
                try tx.execute(SQL(pieces: [.text("DELETE FROM \(table.name) WHERE ")] + condition.pieces))
            }
            let count = try tx.row(
                SQL(pieces: [.text("SELECT COUNT(*) AS n FROM \(table.name) WHERE ")] + condition.pieces)
            ).map { try $0.int("n") }
            if let count, count > 0 { left[table.name] = count }
        }
        return left
    }
}

extension RowSurvey.Table {
    /// How a row says whose it is.
    enum Owner {
        /// By this column, a person's.
        case person(String)
        /// An application's, in its tenant, by this column.
        case file(String)
        /// A whole tenant's.
        case tenant
    }

    /// Nil where a row says nothing of a tenant or a person.
    var owner: Owner? {
        switch name {
        case "person": return .person("id")
        case "guardianship": return .person("guardian")
        case "child_claim": return .person("child")
        case "application": return .file("id")
        default: break
        }
        if columns.contains("person") { return .person("person") }
        guard columns.contains("tenant"), columns.contains("season") else { return nil }
        return columns.contains("application") ? .file("application") : .tenant
    }

    /// Chosen by the first column of the table's key, so that a large table is not read through.
    func condition(_ family: RowSurvey.Family) -> SQL? {
        let ofTenant: SQL = "tenant = \(family.key.tenant) AND season = \(family.key.season)"
        switch owner {
        case .person(let column):
            return SQL(pieces: [.text("\(column) IN "), .list(family.people.map(\.sqlValue))])
        case .file(let column):
            return SQL(
                pieces: ofTenant.pieces + [.text(" AND \(column) IN "), .list(family.applications.map(\.sqlValue))])
        case .tenant: return ofTenant
        case nil: return nil
        }
    }
}
