public import Enrollment

/// People, found by keyed hashes of their papers; identities are sealed under a key of the person's own.
public enum PersonRepository {
    public struct Row: Sendable, Hashable {
        public let id: PersonID
        /// The person's data key, wrapped by the master key.
        public let dataKey: [UInt8]
        public let sealedIdentity: [UInt8]?

        public init(id: PersonID, dataKey: [UInt8], sealedIdentity: [UInt8]?) {
            self.id = id
            self.dataKey = dataKey
            self.sealedIdentity = sealedIdentity
        }
    }

    /// Finds by identifier, when somebody signs in or files: they prove knowledge of it by its keyed hash.
    public static func find(kind: String, keyedHash: [UInt8], in tx: any Reading) throws -> PersonID? {
        try tx.scope.requireAdding()
        return try tx.row("SELECT person FROM person_identifier WHERE kind = \(kind) AND keyed_hash = \(keyedHash)").map
        {
            try $0.id("person")
        }
    }

    public static func find(_ id: PersonID, in tx: any Reading) throws -> Row? {
        try tx.scope.require(id)
        return try tx.row("SELECT id, data_key, sealed_identity FROM person WHERE id = \(id)").map {
            Row(
                id: try $0.id("id"), dataKey: try $0.blob("data_key"),
                sealedIdentity: try $0.optionalBlob("sealed_identity"))
        }
    }

    /// Adds a person under an identifier.
    /// - Returns: the person who holds the identifier, who may have been added by somebody else a moment before.
    public static func add(
        _ row: Row, kind: String, keyedHash: [UInt8], at now: Instant, in tx: any Writing
    ) throws -> PersonID {
        try tx.scope.requireAdding()
        let added = try tx.execute(
            """
            INSERT INTO person_identifier (kind, keyed_hash, person) VALUES (\(kind), \(keyedHash), \(row.id))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else {
            guard let holder = try find(kind: kind, keyedHash: keyedHash, in: tx) else {
                throw StorageError.notFound(what: "person")
            }
            return holder
        }
        try tx.execute(
            """
            INSERT INTO person (id, data_key, sealed_identity, created_at)
            VALUES (\(row.id), \(row.dataKey), \(row.sealedIdentity), \(now))
            """)
        return row.id
    }

    /// Gives a person one more identifier; one that somebody else holds is left alone.
    public static func addIdentifier(
        kind: String, keyedHash: [UInt8], to person: PersonID, in tx: any Writing
    ) throws {
        try tx.scope.requireAdding()
        try tx.execute(
            """
            INSERT INTO person_identifier (kind, keyed_hash, person) VALUES (\(kind), \(keyedHash), \(person))
            ON CONFLICT DO NOTHING
            """)
    }

    public static func setIdentity(_ sealed: [UInt8], of person: PersonID, in tx: any Writing) throws {
        try tx.scope.require(person)
        try tx.execute("UPDATE person SET sealed_identity = \(sealed) WHERE id = \(person)")
    }

    public static func setGuardianship(
        guardian: PersonID, child: PersonID, relation: Relation, source: String, at now: Instant, in tx: any Writing
    ) throws {
        try tx.scope.require(guardian)
        try tx.execute(
            """
            INSERT INTO guardianship (guardian, child, relation, source, since)
            VALUES (\(guardian), \(child), \(relation), \(source), \(now))
            ON CONFLICT (guardian, child) DO UPDATE SET relation = excluded.relation, source = excluded.source
            """)
    }

    public static func addConsent(
        person: PersonID, purpose: String, textVersion: String, application: ApplicationID?, at now: Instant,
        in tx: any Writing
    ) throws {
        try tx.scope.require(person)
        try tx.execute(
            """
            INSERT INTO consent (person, purpose, at, text_version, application)
            VALUES (\(person), \(purpose), \(now), \(textVersion), \(application)) ON CONFLICT DO NOTHING
            """)
    }

    public static func hasConsented(person: PersonID, purpose: String, in tx: any Reading) throws -> Bool {
        try tx.scope.require(person)
        return try tx.row(
            """
            SELECT 1 AS found FROM consent
            WHERE person = \(person) AND purpose = \(purpose) AND withdrawn_at IS NULL LIMIT 1
            """) != nil
    }

    public static func setHousehold(
        _ sealed: [UInt8], of person: PersonID, at now: Instant, in tx: any Writing
    ) throws {
        try tx.scope.require(person)
        try tx.execute(
            """
            INSERT INTO household_extract (person, sealed_body, fetched_at) VALUES (\(person), \(sealed), \(now))
            ON CONFLICT (person) DO UPDATE SET sealed_body = excluded.sealed_body, fetched_at = excluded.fetched_at
            """)
    }

    /// The sealed household extract and when it was fetched.
    public static func household(
        of person: PersonID, in tx: any Reading
    ) throws -> (sealed: [UInt8], fetchedAt: Instant)? {
        try tx.scope.require(person)
        return try tx.row("SELECT sealed_body, fetched_at FROM household_extract WHERE person = \(person)").map {
            (sealed: try $0.blob("sealed_body"), fetchedAt: try $0.instant("fetched_at"))
        }
    }
}
