/// P: people, what binds them to applications, and what is theirs alone.
func personTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    return [
        table(
            dialect, "person",
            [
                "id \(fragment: blob) NOT NULL PRIMARY KEY", "data_key \(fragment: blob) NOT NULL",
                "sealed_identity \(fragment: blob)", "created_at \(fragment: integer) NOT NULL",
            ]),
        table(
            dialect, "person_identifier",
            [
                "kind TEXT NOT NULL", "keyed_hash \(fragment: blob) NOT NULL", "person \(fragment: blob) NOT NULL",
                "PRIMARY KEY (kind, keyed_hash)",
            ]),
        table(
            dialect, "guardianship",
            [
                "guardian \(fragment: blob) NOT NULL", "child \(fragment: blob) NOT NULL", "relation TEXT NOT NULL",
                "source TEXT NOT NULL", "since \(fragment: integer) NOT NULL", "PRIMARY KEY (guardian, child)",
            ]),
        table(
            dialect, "consent",
            [
                "person \(fragment: blob) NOT NULL", "purpose TEXT NOT NULL", "at \(fragment: integer) NOT NULL",
                "text_version TEXT NOT NULL", "application \(fragment: blob)", "withdrawn_at \(fragment: integer)",
                "PRIMARY KEY (person, purpose, at)",
            ]),
        // The one live claim on a child in the whole province.
        table(
            dialect, "child_claim",
            [
                "child \(fragment: blob) NOT NULL", "season \(fragment: integer) NOT NULL", "tenant TEXT NOT NULL",
                "application \(fragment: blob) NOT NULL", "PRIMARY KEY (child, season)",
            ]),
        table(
            dialect, "person_application",
            [
                "person \(fragment: blob) NOT NULL", "season \(fragment: integer) NOT NULL", "tenant TEXT NOT NULL",
                "application \(fragment: blob) NOT NULL", "receipt TEXT NOT NULL", "role TEXT NOT NULL",
                "PRIMARY KEY (person, season, application)",
            ]),
        table(
            dialect, "draft",
            [
                "id \(fragment: blob) NOT NULL PRIMARY KEY", "person \(fragment: blob) NOT NULL",
                "season \(fragment: integer) NOT NULL", "sealed_body \(fragment: blob) NOT NULL",
                "updated_at \(fragment: integer) NOT NULL",
            ]),
        table(
            dialect, "household_extract",
            [
                "person \(fragment: blob) NOT NULL PRIMARY KEY", "sealed_body \(fragment: blob) NOT NULL",
                "fetched_at \(fragment: integer) NOT NULL",
            ]),
        table(
            dialect, "query_log",
            [
                "person \(fragment: blob) NOT NULL", "id \(fragment: blob) NOT NULL", "credential TEXT NOT NULL",
                "purpose TEXT NOT NULL", "operator TEXT NOT NULL", "organisation TEXT NOT NULL",
                "sealed_subject \(fragment: blob) NOT NULL", "outcome TEXT NOT NULL",
                "at \(fragment: integer) NOT NULL", "PRIMARY KEY (person, id)",
            ]),
    ]
}
