/// Gives each application a key of its own, so that whoever reads it needs nobody's person row; drafts lead with the
/// person they belong to; a guardian's index says for which child.
func fileKeys(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    return [
        "ALTER TABLE application ADD COLUMN data_key \(fragment: blob)",
        "ALTER TABLE application ADD COLUMN key_subject \(fragment: blob)",
        """
        UPDATE application SET key_subject = child,
          data_key = (SELECT p.data_key FROM person p WHERE p.id = application.child)
        """,
        "ALTER TABLE person_application ADD COLUMN child \(fragment: blob)",
        """
        UPDATE person_application SET child = (
          SELECT a.child FROM application a WHERE a.tenant = person_application.tenant
            AND a.season = person_application.season AND a.id = person_application.application)
        """,
        "ALTER TABLE submission_key ADD COLUMN told \(fragment: integer) NOT NULL DEFAULT 0",
        "ALTER TABLE draft RENAME TO former_draft",
        table(
            dialect, "draft",
            [
                "person \(fragment: blob) NOT NULL", "id \(fragment: blob) NOT NULL",
                "season \(fragment: integer) NOT NULL", "sealed_body \(fragment: blob) NOT NULL",
                "updated_at \(fragment: integer) NOT NULL", "PRIMARY KEY (person, id)",
            ]),
        """
        INSERT INTO draft (person, id, season, sealed_body, updated_at)
        SELECT person, id, season, sealed_body, updated_at FROM former_draft
        """,
        "DROP TABLE former_draft",
        // How often somebody did something in a stretch of time, across all processes.
        table(
            dialect, "rate_count",
            [
                "subject \(fragment: blob) NOT NULL", "stretch \(fragment: integer) NOT NULL",
                "n \(fragment: integer) NOT NULL", "PRIMARY KEY (subject, stretch)",
            ]),
        // What tells whether a key file belongs to this database.
        table(dialect, "key_check", ["id \(fragment: integer) PRIMARY KEY", "proof \(fragment: blob) NOT NULL"]),
    ]
}
