/// R: tenants, their published versions and the demonstration clock.
func referenceTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    return [
        table(
            dialect, "tenant_version",
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "version_hash TEXT NOT NULL",
                "bundle TEXT NOT NULL", "status TEXT NOT NULL", "created_at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, version_hash)",
            ]),
        table(
            dialect, "round", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "kind TEXT NOT NULL",
                "version_hash TEXT NOT NULL", "state TEXT NOT NULL", "pinned_at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, kind)",
            ]),
        table(
            dialect, "business_clock",
            ["id \(fragment: integer) PRIMARY KEY", "ahead_milliseconds \(fragment: integer) NOT NULL"]),
    ]
}
