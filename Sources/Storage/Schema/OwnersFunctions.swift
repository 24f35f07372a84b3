/// What the schema's owner does by name: a season's partitions, and what the service's role may do.
func ownersFunctions(_ dialect: Dialect) -> [SQL] {
    guard dialect == .postgresql else { return [] }
    return [openSeason, grantService]
}

/// Makes a season's partition of every tenant's table that has none yet. Nobody reaches a partition but through its
/// table: it has row security on and no policy.
private let openSeason: SQL = """
    CREATE FUNCTION ruxue_open_season(year bigint) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        parent record;
        made bigint := 0;
    BEGIN
        FOR parent IN
            SELECT c.relname FROM pg_partitioned_table p
            JOIN pg_class c ON c.oid = p.partrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
            WHERE c.relnamespace = current_schema()::regnamespace AND p.partstrat = 'l' AND a.attname = 'season'
            ORDER BY c.relname
        LOOP
            IF to_regclass(format('%I.%I', current_schema(), parent.relname || '_' || year)) IS NULL THEN
                EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES IN (%s)',
                    parent.relname || '_' || year, parent.relname, year);
                EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', parent.relname || '_' || year);
                EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', parent.relname || '_' || year);
                made := made + 1;
            END IF;
        END LOOP;
        RETURN made;
    END $$
    """

/// Lets the service's role read and write the tables, and only add to those that are never changed. It owns nothing.
private let grantService: SQL = """
    CREATE FUNCTION ruxue_grant_service(service text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        target record;
    BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), service);
        FOR target IN
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        LOOP
            IF target.relname IN ('audit', 'application_event', 'application_revision', 'decision', 'credential_check',
                'query_log') THEN
                EXECUTE format('GRANT SELECT, INSERT ON %I TO %I', target.relname, service);
            ELSIF target.relname = 'schema_migration' THEN
                EXECUTE format('GRANT SELECT ON %I TO %I', target.relname, service);
            ELSE
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO %I', target.relname, service);
            END IF;
        END LOOP;
    END $$
    """
