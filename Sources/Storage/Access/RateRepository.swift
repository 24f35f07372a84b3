/// How often somebody did something in a stretch of time, counted by all processes together. Subjects are keyed hashes.
public enum RateRepository {
    /// Adds what one process counted.
    /// - Returns: what all of them have counted now, by subject.
    public static func add(
        _ counts: [[UInt8]: Int], stretch: Int64, in tx: any Writing
    ) throws -> [[UInt8]: Int] {
        try tx.scope.require(oneOf: .province)
        guard !counts.isEmpty else { return [:] }
        // In one order everywhere, so that two processes that count the same ones wait and do not cross.
        let rows = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { subject, n in
            "(\(subject), \(stretch), \(n))" as SQL
        }
        let totals = try tx.rows(
            """
            INSERT INTO rate_count (subject, stretch, n) VALUES \(fragment: rows.joined(separator: ", "))
            ON CONFLICT (subject, stretch) DO UPDATE SET n = rate_count.n + excluded.n
            RETURNING subject, n
            """)
        return try Dictionary(eachOnce: totals.map { (try $0.blob("subject"), try $0.int("n")) })
    }

    /// Forgets stretches that are over.
    public static func forget(before stretch: Int64, in tx: any Writing) throws {
        try tx.scope.require(oneOf: .province)
        try tx.execute("DELETE FROM rate_count WHERE stretch < \(stretch)")
    }
}
