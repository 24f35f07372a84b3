/// T: rosters, runs, placements and offers.
func admissionTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    return [
        table(
            dialect, "allocation_run", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "id \(fragment: blob) NOT NULL",
                "round TEXT NOT NULL", "version_hash TEXT NOT NULL", "seed \(fragment: blob) NOT NULL",
                "roster_root TEXT NOT NULL", "seats TEXT NOT NULL", "outputs_hash TEXT NOT NULL",
                "candidates \(fragment: integer) NOT NULL", "placed \(fragment: integer) NOT NULL",
                "provisional \(fragment: integer) NOT NULL", "by_person \(fragment: blob)",
                "at \(fragment: integer) NOT NULL", "released_by \(fragment: blob)", "released_at \(fragment: integer)",
                "PRIMARY KEY (tenant, season, id)", "UNIQUE (tenant, season, round)",
            ]),
        table(
            dialect, "roster_entry", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "run \(fragment: blob) NOT NULL",
                "application \(fragment: blob) NOT NULL", "ticket TEXT NOT NULL", "category TEXT NOT NULL",
                "category_ordinal \(fragment: integer) NOT NULL", "rank_keys TEXT NOT NULL",
                "draw_number TEXT NOT NULL",
                "choices TEXT NOT NULL", "provisional \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, run, application)",
            ]),
        table(
            dialect, "placement", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "run \(fragment: blob) NOT NULL",
                "application \(fragment: blob) NOT NULL", "school TEXT NOT NULL", "basis TEXT NOT NULL",
                "PRIMARY KEY (tenant, season, run, application)",
            ]),
        table(
            dialect, "offer", keyed: false, bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "id \(fragment: blob) NOT NULL",
                "application \(fragment: blob) NOT NULL", "run \(fragment: blob) NOT NULL", "school TEXT NOT NULL",
                "state TEXT NOT NULL", "until TEXT NOT NULL", "conditional \(fragment: integer) NOT NULL",
                "answered_at \(fragment: integer)", "PRIMARY KEY (tenant, season, id)",
                "UNIQUE (tenant, season, application, run)",
            ]),
    ]
}
