/// T: how many applications stand where, as deltas written with the events; and an application's settled category.
///
/// A delta has no key: it is added, read in sums, and removed together with others when their sum takes their place. It
/// names no application, so that whoever may read counts learns nothing of a family.
func counterTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    return [
        table(
            dialect, "counter_delta", keyed: false, bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "stage TEXT NOT NULL",
                // Empty while none is settled.
                "category TEXT NOT NULL",
                "state TEXT NOT NULL", "n \(fragment: integer) NOT NULL",
            ]),
        "CREATE INDEX counter_delta_by_tenant ON counter_delta (tenant, season)",
        "ALTER TABLE application ADD COLUMN category TEXT",
        """
        UPDATE application SET category = (
          SELECT d.category FROM decision d
          WHERE d.tenant = application.tenant AND d.season = application.season AND d.application = application.id
            AND d.verdict = 'settled' AND d.n = (
              SELECT MAX(l.n) FROM decision l
              WHERE l.tenant = application.tenant AND l.season = application.season AND l.application = application.id))
        """,
    ] + (dialect == .postgresql ? [openSeasonsAgain] : []) + [
        """
        INSERT INTO counter_delta (tenant, season, stage, category, state, n)
        SELECT tenant, season, stage, COALESCE(category, ''), state, COUNT(*) FROM application
        GROUP BY tenant, season, stage, category, state
        """
    ] + (dialect == .postgresql ? counterPolicies : [])
}

/// Seasons that are open get the new table's partitions.
private let openSeasonsAgain: SQL = """
    DO $$ DECLARE year text; BEGIN
      FOR year IN
        SELECT substring(c.relname FROM '^application_([0-9]+)$') FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'application'::regclass
      LOOP
        PERFORM ruxue_open_season(year::bigint);
      END LOOP;
    END $$
    """
