public import Enrollment

/// Facts of a revision, one a key and source; a later one from the same source replaces the earlier.
public enum FactRepository {
    public static func put(
        _ fact: Fact, of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        let (value, reason) = columns(fact.state)
        try tx.execute(
            """
            INSERT INTO fact (tenant, season, application, revision, fact_key, source, value, unknown_reason,
              credential, as_of, fetched_at)
            VALUES (\(key.tenant), \(key.season), \(application), \(revision), \(fact.key), \(fact.source), \(value),
              \(reason), \(fact.credential), \(fact.asOf), \(fact.fetchedAt))
            ON CONFLICT (tenant, season, application, revision, fact_key, source) DO UPDATE SET
              value = excluded.value, unknown_reason = excluded.unknown_reason, credential = excluded.credential,
              as_of = excluded.as_of, fetched_at = excluded.fetched_at
            """)
    }

    /// Forgets what checks of a credential said, because it is asked again.
    public static func forget(
        credential: CredentialID, sources: [FactSource], of application: ApplicationID, revision: Int,
        _ key: TenantSeason, in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            DELETE FROM fact WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(revision) AND credential = \(credential) AND source IN \(in: sources)
            """)
    }

    public static func list(
        of application: ApplicationID, revision: Int, _ key: TenantSeason, in tx: any Reading
    ) throws -> [Fact] {
        try tx.scope.require(key, application)
        return try tx.rows(
            """
            SELECT fact_key, source, value, unknown_reason, credential, as_of, fetched_at FROM fact
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(revision)
            """
        ).map { row in
            Fact(
                key: try row.code("fact_key"), state: try state(row), source: try row.decode("source"),
                credential: try row.optionalCode("credential"), asOf: try row.date("as_of"),
                fetchedAt: try row.instant("fetched_at"))
        }
    }

    private static func columns(_ state: FactState) -> (value: String?, reason: String?) {
        switch state {
        case .known(let known): (known.encoded, nil)
        case .unknown(let unknown): (nil, unknown.rawValue)
        }
    }

    /// A fact's columns from `fact_key` to `fetched_at`.
    static func values(_ fact: Fact) -> [SQLValue] {
        let (value, reason) = columns(fact.state)
        return [
            .text(fact.key.rawValue), .text(fact.source.rawValue), value.sqlValue, reason.sqlValue,
            (fact.credential?.rawValue).sqlValue, fact.asOf.sqlValue, fact.fetchedAt.sqlValue,
        ]
    }

    private static func state(_ row: Row) throws -> FactState {
        if let text = try row.optionalText("value") {
            guard let value = FactValue(encoded: text) else {
                throw StorageError.column(name: "value", problem: "is no fact value")
            }
            return .known(value)
        }
        return .unknown(try row.decode("unknown_reason"))
    }
}
