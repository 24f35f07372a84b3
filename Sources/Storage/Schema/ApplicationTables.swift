/// T: applications, their revisions, and the events that alone change their state.
func applicationTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    return [
        table(
            dialect, "application", keyed: false, bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL", "id \(fragment: blob) NOT NULL",
                "receipt TEXT NOT NULL", "child \(fragment: blob) NOT NULL", "guardian \(fragment: blob) NOT NULL",
                "round TEXT NOT NULL", "stage TEXT NOT NULL", "state TEXT NOT NULL",
                "state_since \(fragment: integer) NOT NULL", "revision \(fragment: integer) NOT NULL",
                "ticket TEXT NOT NULL", "twin_group \(fragment: blob) NOT NULL",
                "person_asked \(fragment: integer) NOT NULL", "submitted_at \(fragment: integer) NOT NULL",
                "settled_at \(fragment: integer)", "department_milliseconds \(fragment: integer)",
                "PRIMARY KEY (tenant, season, id)", "UNIQUE (tenant, season, receipt)",
            ]),
        "CREATE INDEX application_by_state ON application (tenant, season, state, receipt)",
        table(
            dialect, "application_revision", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "n \(fragment: integer) NOT NULL", "sealed_answers \(fragment: blob) NOT NULL",
                "by_person \(fragment: blob) NOT NULL", "channel TEXT NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, n)",
            ]),
        table(
            dialect, "choice", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "revision \(fragment: integer) NOT NULL", "rank \(fragment: integer) NOT NULL", "school TEXT NOT NULL",
                "PRIMARY KEY (tenant, season, application, revision, rank)",
            ]),
        table(
            dialect, "submission_key",
            [
                "person \(fragment: blob) NOT NULL", "season \(fragment: integer) NOT NULL",
                "key_hash \(fragment: blob) NOT NULL", "request_digest \(fragment: blob) NOT NULL",
                "receipt TEXT NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (person, season, key_hash)",
            ]),
        table(
            dialect, "application_event", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "seq \(fragment: integer) NOT NULL", "type TEXT NOT NULL", "state TEXT NOT NULL", "actor TEXT NOT NULL",
                "at \(fragment: integer) NOT NULL", "PRIMARY KEY (tenant, season, application, seq)",
            ]),
        table(
            dialect, "attachment", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "id \(fragment: blob) NOT NULL", "media_type TEXT NOT NULL", "size \(fragment: integer) NOT NULL",
                "sealed_body \(fragment: blob) NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, id)",
            ]),
    ]
}
