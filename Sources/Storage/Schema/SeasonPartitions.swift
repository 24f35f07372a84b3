public import Enrollment

/// A season's partitions, and the service's rights to the tables: the owner's business, PostgreSQL only.
public enum SeasonPartitions {
    /// Makes the partitions of a season that are not there yet.
    /// - Returns: how many were made.
    public static func open(_ season: SeasonYear, _ database: any Database) async throws -> Int {
        try await database.write(.migration) { tx in
            try tx.row("SELECT ruxue_open_season(\(season)) AS made")?.int("made") ?? 0
        }
    }

    /// Lets the role that `serve` and `work` connect as use the tables. The role has to exist.
    public static func grant(to role: String, _ database: any Database) async throws {
        try await database.write(.migration) { tx in
            _ = try tx.row("SELECT ruxue_grant_service(\(role)) IS NULL AS done")
        }
    }
}
