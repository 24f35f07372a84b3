/// T: what people found and decided.
func reviewTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    return [
        table(
            dialect, "finding", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "id \(fragment: blob) NOT NULL", "revision \(fragment: integer) NOT NULL", "fact_key TEXT NOT NULL",
                "value TEXT NOT NULL", "sealed_reason \(fragment: blob) NOT NULL",
                "by_person \(fragment: blob) NOT NULL",
                "second_by \(fragment: blob)", "state TEXT NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, id)",
            ]),
        table(
            dialect, "review", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "n \(fragment: integer) NOT NULL", "revision \(fragment: integer) NOT NULL", "stage TEXT NOT NULL",
                "by_person \(fragment: blob) NOT NULL", "verdict TEXT NOT NULL",
                "sealed_reason \(fragment: blob) NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, n)",
            ]),
        // A note from an officer to the family or from the family to an officer.
        table(
            dialect, "note", bySeason: true,
            [
                "tenant TEXT NOT NULL", "season \(fragment: integer) NOT NULL",
                "application \(fragment: blob) NOT NULL",
                "n \(fragment: integer) NOT NULL", "author TEXT NOT NULL", "sealed_text \(fragment: blob) NOT NULL",
                "by_person \(fragment: blob) NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (tenant, season, application, n)",
            ]),
    ]
}
