public import Enrollment

/// Dead letters: work that failed in every try by a defect of ours. A source that says nothing never brings work here.
public enum DeadJobRepository {
    /// Takes work out of the queue and keeps what it was and the error's code; false when it is no longer in the queue.
    public static func bury(
        _ row: JobRepository.Row, cause: String, at: Instant, in tx: any Writing
    ) throws -> Bool {
        try tx.scope.require(row.key, row.application)
        guard try JobRepository.find(row.id, of: row.application, row.key, in: tx) != nil else { return false }
        try JobRepository.finish(row.id, of: row.application, row.key, in: tx)
        try tx.execute(
            """
            INSERT INTO dead_job (tenant, season, id, application, revision, credential, attempts, cause, at)
            VALUES (\(row.key.tenant), \(row.key.season), \(row.id), \(row.application), \(row.revision),
              \(row.credential), \(row.attempts), \(cause), \(at))
            """)
        return true
    }

    /// How many a season has in each tenant, tenants without any left out.
    public static func counts(_ season: SeasonYear, in tx: any Reading) throws -> [TenantCode: Int] {
        try tx.scope.require(oneOf: .queue)
        let rows = try tx.rows(
            "SELECT tenant, COUNT(*) AS n FROM dead_job WHERE season = \(season) GROUP BY tenant")
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.code("tenant"), try $0.int("n")) })
    }
}
