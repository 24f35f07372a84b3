/// The schema spread over several servers by the Citus extension: a tenant's rows on one of them, a person's on one, and
/// reference data on all. The engine is Citus; this only says which table goes where, in the order that Citus wants.
public enum Distribution {
    /// Where a table's rows are.
    public enum Placement: Hashable, Sendable {
        /// Where the value of this column says; with the tables of the same group together.
        case by(SQLIdentifier, group: String?)
        /// On every server.
        case everywhere
    }

    public struct Table: Hashable, Sendable {
        public let name: SQLIdentifier
        public let placement: Placement
        /// Whether Citus has it already.
        public let isDone: Bool
    }

    /// Whether the server has the extension.
    public static func isAvailable(_ database: any Database) async throws -> Bool {
        guard database.dialect == .postgresql else { return false }
        return try await database.read(.migration) { try isAvailable(from: $0) }
    }

    private static func isAvailable(from source: any Reading) throws -> Bool {
        try source.row("SELECT 1 AS n FROM pg_extension WHERE extname = 'citus'") != nil
    }

    /// Every table of the catalogue, those whose group others join first.
    public static func plan(_ database: any Database) async throws -> [Table] {
        try await database.read(.migration) { source in
            let done = try isAvailable(from: source) ? distributed(source) : []
            let shapes = try Dictionary(eachOnce: TableShape.all(from: source).map { ($0.name, $0) })
            let tables = try source.rows(
                """
                SELECT c.relname AS name, c.relrowsecurity AS guarded FROM pg_class c
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                ORDER BY c.relname
                """
            ).map { row in
                let name = try SQLIdentifier("name", of: row)
                let placement = try placement(of: shapes[name], isGuarded: try row.bool("guarded"))
                return Table(name: name, placement: placement, isDone: done.contains(name))
            }
            return tables.filter(\.leads) + tables.filter { !$0.leads }
        }
    }

    /// Hands the tables to Citus that it does not have yet, each in a transaction of its own: an attempt that was
    /// interrupted goes on where it stopped.
    /// - Returns: what was done now.
    /// - Throws: `StorageError.violation` when a table of a tenant or a person has rows; data are moved in afterwards.
    public static func distribute(
        _ database: any Database, progress: (SQLIdentifier, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws -> [Table] {
        let tables = try await plan(database).filter { !$0.isDone }
        try await database.read(.migration) { source in
            for table in tables where table.placement != .everywhere {
                guard try source.row("SELECT 1 AS n FROM \(name: table.name) LIMIT 1") == nil else {
                    throw StorageError.violation(constraint: "the table \(table.name) has rows already")
                }
            }
        }
        for (number, table) in tables.enumerated() {
            progress(table.name, number, tables.count)
            try await database.write(.migration) { tx in try distribute(table, tx) }
        }
        return tables
    }

    private static func distribute(_ table: Table, _ tx: any Writing) throws {
        // One connection a server: what was changed on one cannot be seen by another before the end.
        try tx.execute("SET LOCAL citus.multi_shard_modify_mode = 'sequential'")
        // Citus fills the parts by COPY, which forced row security would refuse their owner.
        let forced = try relations(of: table, with: "c.relforcerowsecurity", tx)
        for relation in forced { try tx.execute("ALTER TABLE \(name: relation) NO FORCE ROW LEVEL SECURITY") }
        // The queue's slots are truncated where one server holds them; elsewhere vacuum has to do its part again.
        for relation in try relations(of: table, with: "c.reloptions::text LIKE '%autovacuum%'", tx) {
            try tx.execute(
                """
                ALTER TABLE \(name: relation) RESET (autovacuum_vacuum_threshold, autovacuum_vacuum_scale_factor,
                  autovacuum_vacuum_insert_threshold)
                """)
        }
        try tx.execute(withoutSubqueries)
        let name = "\(table.name)"
        switch table.placement {
        case .everywhere:
            _ = try tx.rows("SELECT create_reference_table(CAST(\(name) AS text)::regclass)")
        case .by(let column, let group):
            let beside = group == nil || group == name ? "none" : group
            _ = try tx.rows(
                """
                SELECT create_distributed_table(CAST(\(name) AS text)::regclass, CAST(\("\(column)") AS text),
                  colocate_with => CAST(\(beside) AS text))
                """)
        }
        for relation in forced { try tx.execute("ALTER TABLE \(name: relation) FORCE ROW LEVEL SECURITY") }
    }

    /// Policies read the scope by subqueries where that is quicker (see `RowSecurity.swift`); Citus takes the same without.
    private static let withoutSubqueries: SQL = #"""
        DO $$
        DECLARE
            policy record;
            subquery text := '\( SELECT (.+?) AS "?\w+"?\)';
        BEGIN
            FOR policy IN
                SELECT policyname, tablename, qual, with_check FROM pg_policies
                WHERE schemaname = current_schema() AND COALESCE(qual, '') || COALESCE(with_check, '') ~ subquery
            LOOP
                EXECUTE format('ALTER POLICY %I ON %I', policy.policyname, policy.tablename)
                    || COALESCE(' USING (' || regexp_replace(policy.qual, subquery, '(\1)', 'g') || ')', '')
                    || COALESCE(' WITH CHECK (' || regexp_replace(policy.with_check, subquery, '(\1)', 'g') || ')', '');
            END LOOP;
        END $$
        """#

    /// The table and its partitions, as far as they are so.
    private static func relations(of table: Table, with condition: SQL, _ tx: any Reading) throws -> [SQLIdentifier] {
        try tx.rows(
            """
            SELECT c.relname AS name FROM pg_class c
            WHERE \(fragment: condition) AND c.relnamespace = current_schema()::regnamespace
              AND (c.relname = \("\(table.name)") OR c.oid IN (
                SELECT i.inhrelid FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
                WHERE p.relnamespace = current_schema()::regnamespace AND p.relname = \("\(table.name)")))
            ORDER BY c.relname
            """
        ).map { try SQLIdentifier("name", of: $0) }
    }

    private static func distributed(_ source: any Reading) throws -> Set<SQLIdentifier> {
        Set(
            try source.rows(
                """
                SELECT c.relname AS name FROM pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid
                WHERE c.relnamespace = current_schema()::regnamespace
                """
            ).map { try SQLIdentifier("name", of: $0) })
    }

    /// Reads the placement off the table itself, so that a later migration's tables have one too: what has no row security
    /// is reference data; a tenant's rows have the tenant in their key; of the others the first identifier or hash in the
    /// key says whose they are, and where there is none, the first column.
    static func placement(of shape: TableShape?, isGuarded: Bool) throws -> Placement {
        guard isGuarded, let shape else { return .everywhere }
        let key = shape.key.isEmpty ? shape.columns.map(\.name) : shape.key
        if let tenant = key.first(where: { $0.description == "tenant" }) { return .by(tenant, group: tenants) }
        let blobs = Set(shape.columns.filter { $0.kind == .blob }.map(\.name))
        guard let column = key.first(where: blobs.contains) ?? key.first else {
            throw StorageError.statement(message: "the table \(shape.name) has nothing to be spread by")
        }
        let isPerson = shape.name.description == persons || personColumns.contains(column.description)
        return .by(column, group: isPerson ? persons : nil)
    }

    /// The tables that others stand beside.
    private static let tenants = "application"
    private static let persons = "person"
    /// Columns that hold a person's identifier, guardian's or child's.
    private static let personColumns: Set<String> = ["person", "guardian", "child"]
}

extension Distribution.Table {
    fileprivate var leads: Bool {
        if case .by(_, let group) = placement { group == name.description } else { false }
    }
}
