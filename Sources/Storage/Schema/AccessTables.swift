/// Sessions, roles, and the audit chain.
func accessTables(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    let blob = dialect.blob
    return [
        table(
            dialect, "session",
            [
                "token_hash \(fragment: blob) NOT NULL PRIMARY KEY", "person \(fragment: blob) NOT NULL",
                "csrf TEXT NOT NULL", "created_at \(fragment: integer) NOT NULL",
                "expires_at \(fragment: integer) NOT NULL",
            ]),
        table(
            dialect, "staff_grant",
            [
                "person \(fragment: blob) NOT NULL", "id \(fragment: blob) NOT NULL", "tenant TEXT NOT NULL",
                "role TEXT NOT NULL", "from_at \(fragment: integer) NOT NULL", "until_at \(fragment: integer)",
                "granted_by TEXT NOT NULL", "revoked_at \(fragment: integer)", "PRIMARY KEY (person, id)",
            ]),
        table(
            dialect, "audit",
            [
                "writer TEXT NOT NULL", "seq \(fragment: integer) NOT NULL", "prev_hash TEXT NOT NULL",
                "entry TEXT NOT NULL", "hash TEXT NOT NULL", "at \(fragment: integer) NOT NULL",
                "PRIMARY KEY (writer, seq)",
            ]),
    ]
}
