/// The queue as it is under load: jobs stand in slots by the time they are due, in the order in which they are claimed.
///
/// A slot is a partition on PostgreSQL. Finished work is only marked dead there, and a slot that is worked off is emptied
/// at once by TRUNCATE, which asks no old transaction; nothing is vacuumed, nothing moves. Pages are filled by half, so
/// that a lease, which touches no indexed column, is written beside its row and into no index.
func queueTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    let key: [SQL] = ["tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL"]
    let work: [SQL] = [
        "application \(fragment: blob) NOT NULL", "revision \(fragment: integer) NOT NULL", "credential TEXT NOT NULL",
    ]
    return [
        "ALTER TABLE job RENAME TO former_job",
        "DROP INDEX job_by_due",
        "CREATE TABLE job ("
            + (key + ["id \(fragment: blob) NOT NULL", "slot \(fragment: integer) NOT NULL", "kind TEXT NOT NULL"]
            + work + [
                "due \(fragment: integer) NOT NULL", "lease_until \(fragment: integer) NOT NULL",
                "attempts \(fragment: integer) NOT NULL", "takes \(fragment: integer) NOT NULL DEFAULT 0",
                // The order of claims, so that what is claimed together stands together and is found by its ends alone:
                // a planner without statistics has no other index to prefer.
                "PRIMARY KEY (tenant, season, slot, due, id)",
            ]).joined(separator: ", ") + ")" + dialect.tableOptions + dialect.jobSlots,
    ] + (dialect == .postgresql ? [makeSlots] : []) + [
        // Leads with the application for the same reason.
        "CREATE INDEX job_of_application ON job (application, tenant, season)",
        // What could not be done in any of its tries, for people to look at.
        table(
            dialect, "dead_job",
            key + ["id \(fragment: blob) NOT NULL"] + work + [
                "attempts \(fragment: integer) NOT NULL", "cause TEXT NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, id)",
            ]),
    ] + (dialect == .postgresql ? jobPolicies : []) + [
        """
        INSERT INTO job (tenant, season, id, slot, kind, application, revision, credential, due, lease_until, attempts)
        SELECT tenant, season, id, due / 120000 % 8, kind, application, revision, credential, due, 0, attempts
        FROM former_job
        """,
        "DROP TABLE former_job",
    ]
        + (dialect == .postgresql
            ? [rotateJobs, pinRotation, "REVOKE ALL ON FUNCTION ruxue_rotate_jobs FROM PUBLIC", grantQueue] : [])
}

/// The slots' tables. They are truncated, so vacuum is for those that could not be for very long.
private let makeSlots: SQL = """
    DO $$ BEGIN
        FOR slot IN 0..7 LOOP
            EXECUTE format('CREATE TABLE job_%s PARTITION OF job FOR VALUES IN (%s) WITH (fillfactor = 50, '
                'autovacuum_vacuum_threshold = 10000000, autovacuum_vacuum_scale_factor = 0, '
                'autovacuum_vacuum_insert_threshold = -1)', slot, slot);
            EXECUTE format('ALTER TABLE job_%s ENABLE ROW LEVEL SECURITY', slot);
            EXECUTE format('ALTER TABLE job_%s FORCE ROW LEVEL SECURITY', slot);
        END LOOP;
    END $$
    """

private let jobPolicies: [SQL] =
    filePolicies("job", isOnce: true) + [queueReads("job", isOnce: true)] + filePolicies("dead_job") + [
        queueReads("dead_job")
    ]

/// Empties a slot that is worked off: -1 when work under way, too much work, or somebody's transaction keeps it. The
/// service's role may call this and nothing else of the owner's; it waits for no lock, so nobody waits behind it.
private let rotateJobs: SQL = """
    CREATE FUNCTION ruxue_rotate_jobs(old bigint, into_slot bigint, now bigint) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER AS $$
    DECLARE
        callers text := current_setting('ruxue.scope', true);
        target regclass := format('%I.%I', current_schema(), 'job_' || old)::regclass;
        undone bigint;
        leased bigint;
    BEGIN
        IF old = into_slot OR current_setting('transaction_isolation') <> 'read committed' THEN RETURN -1; END IF;
        IF pg_relation_size(target) = 0 THEN RETURN 0; END IF;
        PERFORM set_config('ruxue.scope', 'migration|||||', true);
        -- Looked at before the lock, because a slot that is not worked off shows it at once; and again under it.
        FOR look IN 1..2 LOOP
            SELECT count(*), count(*) FILTER (WHERE lease_until > now) INTO undone, leased
            FROM (SELECT lease_until FROM job WHERE slot = old LIMIT 1001) AS remainder;
            IF undone > 1000 OR leased > 0 THEN
                undone := -1;
                EXIT;
            END IF;
            EXIT WHEN look = 2;
            BEGIN
                EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE NOWAIT', target);
            EXCEPTION WHEN lock_not_available THEN
                undone := -1;
                EXIT;
            END;
        END LOOP;
        IF undone > 0 THEN UPDATE job SET slot = into_slot WHERE slot = old; END IF;
        IF undone >= 0 THEN EXECUTE format('TRUNCATE TABLE %s', target); END IF;
        PERFORM set_config('ruxue.scope', callers, true);
        RETURN undone;
    END $$
    """

/// Whoever calls it cannot slip it a table of their own: temporary ones are looked for last.
private let pinRotation: SQL = """
    DO $$ BEGIN
        EXECUTE format('ALTER FUNCTION ruxue_rotate_jobs SET search_path = %I, pg_temp', current_schema());
    END $$
    """

/// The service's rights as before, and to empty slots.
private let grantQueue: SQL = """
    CREATE OR REPLACE FUNCTION ruxue_grant_service(service text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        target record;
    BEGIN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), service);
        EXECUTE format('GRANT EXECUTE ON FUNCTION ruxue_rotate_jobs TO %I', service);
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
