public import Enrollment

/// Takes what stays true over from one revision to the next.
public enum CarryOver {
    /// Claims of these credentials with their status, the facts their checks gave, and the work that is still due.
    public static func claims(
        _ credentials: [CredentialID], from old: Int, to new: Int, of application: ApplicationID, _ key: TenantSeason,
        in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        try tx.execute(
            """
            INSERT INTO claimed_credential (tenant, season, application, revision, credential, sealed_claim, status,
              differing, check_id, checked_at, retry_at, answer_by)
            SELECT tenant, season, application, \(new), credential, sealed_claim, status, differing, check_id,
              checked_at, retry_at, answer_by
            FROM claimed_credential WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND application = \(application) AND revision = \(old) AND credential IN \(in: credentials)
            """)
        try tx.execute(
            """
            INSERT INTO fact (tenant, season, application, revision, fact_key, source, value, unknown_reason, credential,
              as_of, fetched_at)
            SELECT tenant, season, application, \(new), fact_key, source, value, unknown_reason, credential, as_of,
              fetched_at
            FROM fact WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(old) AND credential IN \(in: credentials)
            """)
        try tx.execute(
            """
            UPDATE job SET revision = \(new) WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND application = \(application) AND credential IN \(in: credentials)
            """)
    }

    /// Facts that people found, but for those named: they are about what the family changed.
    public static func findings(
        from old: Int, to new: Int, except changed: [FactKey], of application: ApplicationID, _ key: TenantSeason,
        in tx: any Writing
    ) throws {
        try tx.scope.require(key, application)
        let clause: SQL = changed.isEmpty ? "" : "AND fact_key NOT IN \(in: changed)"
        try tx.execute(
            """
            INSERT INTO fact (tenant, season, application, revision, fact_key, source, value, unknown_reason, credential,
              as_of, fetched_at)
            SELECT tenant, season, application, \(new), fact_key, source, value, unknown_reason, credential, as_of,
              fetched_at
            FROM fact WHERE tenant = \(key.tenant) AND season = \(key.season) AND application = \(application)
              AND revision = \(old) AND source = 'finding' \(fragment: clause)
            """)
    }
}
