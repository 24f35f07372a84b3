/// R: which seasons were closed, and when; what is not in it is open or was never begun.
func seasonTable(_ dialect: Dialect) -> [SQL] {
    let integer = dialect.integer
    return [
        table(
            dialect, "season",
            [
                "year \(fragment: integer) PRIMARY KEY", "state TEXT NOT NULL",
                "changed_at \(fragment: integer) NOT NULL",
            ])
    ]
}
