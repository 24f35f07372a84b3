public import Enrollment

/// Published versions of tenants, the version a round is pinned to, and the demonstration clock.
public enum TenantVersionRepository {
    /// Keeps a version; one that is kept already is left as it is.
    public static func insert(
        _ key: TenantSeason, versionHash: String, bundle: String, at now: Instant, in tx: any Writing
    ) throws {
        try tx.execute(
            """
            INSERT INTO tenant_version (tenant, season, version_hash, bundle, status, created_at)
            VALUES (\(key.tenant), \(key.season), \(versionHash), \(bundle), 'loaded', \(now)) ON CONFLICT DO NOTHING
            """)
    }

    public static func bundle(_ key: TenantSeason, versionHash: String, in tx: any Reading) throws -> String? {
        try tx.row(
            """
            SELECT bundle FROM tenant_version
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND version_hash = \(versionHash)
            """
        ).map { try $0.text("bundle") }
    }

    /// Versions to which public rounds are pinned, by tenant.
    public static func pinned(season: SeasonYear, in tx: any Reading) throws -> [TenantCode: String] {
        try tx.scope.require(oneOf: .province)
        let rows = try tx.rows("SELECT tenant, version_hash FROM round WHERE season = \(season) AND kind = 'public'")
        return try Dictionary(eachOnce: rows.map { (try $0.code("tenant"), try $0.text("version_hash")) })
    }

    /// The version a tenant's public round is pinned to.
    public static func pinned(_ key: TenantSeason, in tx: any Reading) throws -> String? {
        if tx.scope != .province { try tx.scope.requireShared(key) }
        return try tx.row(
            """
            SELECT version_hash FROM round
            WHERE tenant = \(key.tenant) AND season = \(key.season) AND kind = 'public'
            """
        ).map { try $0.text("version_hash") }
    }

    /// Pins the public round of a tenant; a round that is pinned stays with its version.
    /// - Returns: false when it was pinned before.
    @discardableResult
    public static func pin(
        _ key: TenantSeason, versionHash: String, at now: Instant, in tx: any Writing
    ) throws -> Bool {
        if tx.scope != .province { try tx.scope.requireShared(key) }
        return try tx.execute(
            """
            INSERT INTO round (tenant, season, kind, version_hash, state, pinned_at)
            VALUES (\(key.tenant), \(key.season), 'public', \(versionHash), 'open', \(now)) ON CONFLICT DO NOTHING
            """) == 1
    }

    /// What the keys of this database made of a fixed text; nil before they were first used.
    public static func keyProof(in tx: any Reading) throws -> [UInt8]? {
        try tx.row("SELECT proof FROM key_check WHERE id = 1").map { try $0.blob("proof") }
    }

    /// Keeps the proof of the keys in use; one that is kept already stays.
    public static func keepKeyProof(_ proof: [UInt8], in tx: any Writing) throws {
        try tx.execute("INSERT INTO key_check (id, proof) VALUES (1, \(proof)) ON CONFLICT DO NOTHING")
    }

    /// By how many milliseconds the business clock is ahead of the machine's; nil when it was never set.
    public static func businessClockAhead(in tx: any Reading) throws -> Int64? {
        try tx.row("SELECT ahead_milliseconds FROM business_clock WHERE id = 1").map {
            try $0.int64("ahead_milliseconds")
        }
    }

    public static func setBusinessClockAhead(_ milliseconds: Int64, in tx: any Writing) throws {
        try tx.execute(
            """
            INSERT INTO business_clock (id, ahead_milliseconds) VALUES (1, \(milliseconds))
            ON CONFLICT (id) DO UPDATE SET ahead_milliseconds = excluded.ahead_milliseconds
            """)
    }
}
