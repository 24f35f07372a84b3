@testable import Storage

/// What Citus asks of a schema, as its documentation and its sources say, read off a migrated database's own catalogue:
/// tables that nobody has thought of yet are held to it too.
enum DistributionRules {
    /// Tables of tenants that are not parted by season, and why.
    private static let withoutSeasons = ["job": "parted by the slot it is due in", "dead_job": "a few rows for people"]

    /// Every break of a rule, as `table: what`.
    static func problems(in source: any Reading) throws -> [String] {
        let shapes = try TableShape.all(from: source)
        let guarded = Set(try names(source, guardedTables))
        var problems: [String] = []
        for shape in shapes {
            let table = "\(shape.name)"
            guard
                case .by(let column, let group) = try Distribution.placement(
                    of: shape, isGuarded: guarded.contains(table))
            else { continue }
            for index in try source.rows(uniqueIndexes(table))
            where try !index.text("columns").split(separator: ",")
                .contains("\(column)"[...])
            {
                problems.append("\(table): \(try index.text("name")) is unique without \(column)")
            }
            guard group == "application" else { continue }
            let key = shape.key.prefix(2).map(\.description)
            if !key.isEmpty, key != ["tenant", "season"] {
                problems.append("\(table): the key does not begin with tenant and season")
            }
            let isParted = try source.row(partedBySeason(table)) != nil
            if isParted == (withoutSeasons[table] != nil) {
                problems.append("\(table): \(isParted ? "parted by season, needs no excuse" : "not parted by season")")
            }
        }
        problems += try names(source, foreignKeys).map { "\($0) is a foreign key" }
        problems += try names(source, policies).map { "\($0) asks another table" }
        problems += try names(source, sequences).map { "\($0): a sequence" }
        problems += try names(source, triggers).map { "\($0)" }
        return problems
    }

    /// Whether the SELECT that locks names one tenant.
    static func locksOneServer(_ statement: String) -> Bool {
        statement.matches(of: /FOR UPDATE/).allSatisfy { lock in
            let before = statement[..<lock.range.lowerBound]
            guard let start = before.ranges(of: "SELECT").last?.lowerBound else { return false }
            return before[start...].contains(/\btenant = \$\d/)
        }
    }

    private static func names(_ source: any Reading, _ sql: SQL) throws -> [String] {
        try source.rows(sql).map { try $0.text("name") }
    }

    private static let guardedTables: SQL = """
        SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relnamespace = current_schema()::regnamespace
        """

    private static func uniqueIndexes(_ table: String) -> SQL {
        """
        SELECT i.relname AS name, (SELECT string_agg(a.attname, ',') FROM pg_attribute a
            WHERE a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey::int2[])) AS columns
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        WHERE x.indisunique AND t.relname = \(table) AND t.relnamespace = current_schema()::regnamespace
        """
    }

    private static func partedBySeason(_ table: String) -> SQL {
        """
        SELECT 1 AS n FROM pg_partitioned_table p JOIN pg_class t ON t.oid = p.partrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = p.partattrs[0]
        WHERE t.relname = \(table) AND t.relnamespace = current_schema()::regnamespace AND a.attname = 'season'
          AND p.partstrat = 'l'
        """
    }

    private static let foreignKeys: SQL = """
        SELECT t.relname || ': ' || k.conname AS name FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
        WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace
        """

    /// Citus refuses subqueries in policies; those that read the scope only are taken out for it.
    private static let policies: SQL = """
        SELECT tablename || ': the policy ' || policyname AS name FROM pg_policies
        WHERE schemaname = current_schema() AND COALESCE(qual, '') || COALESCE(with_check, '') ~* '\\mSELECT\\M.*\\mFROM\\M'
        """

    private static let sequences: SQL = """
        SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace
        """

    private static let triggers: SQL = """
        SELECT t.relname || ': the trigger ' || g.tgname AS name FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
        WHERE NOT g.tgisinternal AND t.relnamespace = current_schema()::regnamespace
        """
}
