/// T: claims, checks, facts, decisions, and the work that is due.
func verificationTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    return [
        table(
            dialect, "claimed_credential", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "revision \(fragment: integer) NOT NULL", "credential TEXT NOT NULL",
                "sealed_claim \(fragment: blob) NOT NULL", "status TEXT NOT NULL", "differing TEXT NOT NULL",
                "check_id \(fragment: blob)", "checked_at \(fragment: integer)", "retry_at \(fragment: integer)",
                "answer_by \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, revision, credential)",
            ]),
        table(
            dialect, "credential_check", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "id \(fragment: blob) NOT NULL", "revision \(fragment: integer) NOT NULL", "credential TEXT NOT NULL",
                "question_hash \(fragment: blob) NOT NULL", "outcome TEXT NOT NULL",
                "sealed_records \(fragment: blob)", "attempt \(fragment: integer) NOT NULL",
                "asked_at \(fragment: integer) NOT NULL", "answered_at \(fragment: integer) NOT NULL",
                "valid_until \(fragment: integer) NOT NULL", "PRIMARY KEY (tenant, season, application, id)",
            ]),
        table(
            dialect, "fact", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "revision \(fragment: integer) NOT NULL", "fact_key TEXT NOT NULL", "source TEXT NOT NULL",
                "value TEXT", "unknown_reason TEXT", "credential TEXT", "as_of TEXT NOT NULL",
                "fetched_at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, revision, fact_key, source)",
            ]),
        table(
            dialect, "decision", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "n \(fragment: integer) NOT NULL", "revision \(fragment: integer) NOT NULL",
                "version_hash TEXT NOT NULL",
                "program TEXT NOT NULL", "verdict TEXT NOT NULL", "category TEXT", "schools TEXT NOT NULL",
                "rank_keys TEXT NOT NULL", "pending TEXT NOT NULL", "fact_digest TEXT NOT NULL",
                "at \(fragment: integer) NOT NULL", "PRIMARY KEY (tenant, season, application, n)",
            ]),
        table(
            dialect, "job", keyed: false, bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "id \(fragment: blob) NOT NULL",
                "kind TEXT NOT NULL", "application \(fragment: blob) NOT NULL",
                "revision \(fragment: integer) NOT NULL",
                "credential TEXT NOT NULL", "due \(fragment: integer) NOT NULL",
                "lease_until \(fragment: integer) NOT NULL",
                "attempts \(fragment: integer) NOT NULL", "PRIMARY KEY (tenant, season, id)",
            ]),
        "CREATE INDEX job_by_due ON job (due)",
    ]
}
