import Storage

/// What a database and a role must be for this program to work on them.
enum PostgreSQLRequirements {
    /// Throws `unavailable` with the first thing that is wrong and what to do.
    /// - Returns: whether Citus spreads tables over several servers.
    static func check(_ tx: any Reading, isOwner: Bool) throws(StorageError) -> Bool {
        let found = try tx.row(
            """
            SELECT d.datcollate AS collation, d.datlocprovider AS provider, pg_encoding_to_char(d.encoding) AS encoding,
              r.rolsuper AS is_superuser, r.rolbypassrls AS bypasses, current_user AS role,
              (SELECT count(*) FROM pg_class c
               WHERE c.relkind IN ('r', 'p') AND c.relnamespace = to_regnamespace(current_schema())
                 AND pg_has_role(r.oid, c.relowner, 'USAGE')) AS owned,
              EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') AS distributed,
              current_setting('citus.propagate_set_commands', true) AS propagated
            FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user
            """)
        guard let found else { throw .unavailable(reason: "the server does not know the role of this connection") }
        let encoding = try found.text("encoding")
        guard encoding == "UTF8" else {
            throw .unavailable(reason: "the database is encoded in \(encoding); make it with ENCODING 'UTF8'")
        }
        let (collation, provider) = (try found.text("collation"), try found.text("provider"))
        // PostgreSQL 17's own C.UTF-8 sorts by code point as well.
        let sortsByCode = (provider == "c" && ["C", "POSIX"].contains(collation)) || provider == "b"
        guard sortsByCode else {
            throw .unavailable(
                reason: "the database sorts by \(collation); make it with TEMPLATE template0 LC_COLLATE 'C'")
        }
        let isDistributed = try found.bool("distributed")
        // A pooler between may drop what a connection asks for; without it row-level security would show nothing.
        if isDistributed, try found.optionalText("propagated") != "local" {
            throw .unavailable(
                reason:
                    "citus.propagate_set_commands is not 'local'; set it for the role, or let the pooler pass options")
        }
        guard !isOwner else { return isDistributed }
        let role = try found.text("role")
        if try found.bool("is_superuser") {
            throw .unavailable(reason: "the role \(role) is a superuser, whom row-level security does not hold")
        }
        if try found.bool("bypasses") {
            throw .unavailable(reason: "the role \(role) has BYPASSRLS: row-level security does not hold it")
        }
        if try found.int("owned") > 0 {
            throw .unavailable(
                reason:
                    "the role \(role) owns tables, or is a member of their owner: row-level security does not hold it")
        }
        return isDistributed
    }
}
