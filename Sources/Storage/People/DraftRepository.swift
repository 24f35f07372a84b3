public import Enrollment

/// What a family has begun and not submitted, sealed.
public enum DraftRepository {
    public static func save<Kind>(
        _ id: TypedID<Kind>, sealed: [UInt8], person: PersonID, season: SeasonYear, at now: Instant, in tx: any Writing
    ) throws {
        try tx.scope.require(person)
        try tx.execute(
            """
            INSERT INTO draft (id, person, season, sealed_body, updated_at)
            VALUES (\(id), \(person), \(season), \(sealed), \(now))
            ON CONFLICT (person, id) DO UPDATE SET sealed_body = excluded.sealed_body, updated_at = excluded.updated_at
            """)
    }

    public static func find<Kind>(_ id: TypedID<Kind>, person: PersonID, in tx: any Reading) throws -> [UInt8]? {
        try tx.scope.require(person)
        return try tx.row("SELECT sealed_body FROM draft WHERE id = \(id) AND person = \(person)").map {
            try $0.blob("sealed_body")
        }
    }

    /// A person's drafts of a season, the latest touched first.
    public static func list<Kind>(
        of person: PersonID, season: SeasonYear, as kind: Kind.Type = Kind.self, in tx: any Reading
    ) throws -> [(id: TypedID<Kind>, sealed: [UInt8])] {
        try tx.scope.require(person)
        return try tx.rows(
            """
            SELECT id, sealed_body FROM draft WHERE person = \(person) AND season = \(season)
            ORDER BY updated_at DESC, id LIMIT 20
            """
        ).map { (id: try $0.id("id"), sealed: try $0.blob("sealed_body")) }
    }

    public static func delete<Kind>(_ id: TypedID<Kind>, person: PersonID, in tx: any Writing) throws {
        try tx.scope.require(person)
        try tx.execute("DELETE FROM draft WHERE id = \(id) AND person = \(person)")
    }
}
