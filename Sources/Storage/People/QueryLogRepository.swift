public import Enrollment

/// Who asked which register about a family, and why.
public enum QueryLogRepository {
    public struct Entry: Sendable, Hashable {
        public let credential: CredentialID
        public let purpose: QueryPurpose
        public let operatorAccount: String
        public let organisation: TenantCode
        public let sealedSubject: [UInt8]
        public let outcome: String
        public let at: Instant

        public init(
            credential: CredentialID, purpose: QueryPurpose, operatorAccount: String, organisation: TenantCode,
            sealedSubject: [UInt8], outcome: String, at: Instant
        ) {
            self.credential = credential
            self.purpose = purpose
            self.operatorAccount = operatorAccount
            self.organisation = organisation
            self.sealedSubject = sealedSubject
            self.outcome = outcome
            self.at = at
        }
    }

    public static func add<Kind>(
        _ entry: Entry, id: TypedID<Kind>, about person: PersonID, in tx: any Writing
    ) throws {
        try tx.scope.require(person)
        try tx.execute(
            """
            INSERT INTO query_log (person, id, credential, purpose, operator, organisation, sealed_subject, outcome, at)
            VALUES (\(person), \(id), \(entry.credential), \(entry.purpose), \(entry.operatorAccount),
              \(entry.organisation), \(entry.sealedSubject), \(entry.outcome), \(entry.at))
            """)
    }

    /// The latest entries first.
    public static func list(about person: PersonID, limit: Int, in tx: any Reading) throws -> [Entry] {
        try tx.scope.require(person)
        return try tx.rows(
            """
            SELECT credential, purpose, operator, organisation, sealed_subject, outcome, at FROM query_log
            WHERE person = \(person) ORDER BY at DESC, id LIMIT \(limit)
            """
        ).map {
            Entry(
                credential: try $0.code("credential"), purpose: try $0.decode("purpose"),
                operatorAccount: try $0.text("operator"), organisation: try $0.code("organisation"),
                sealedSubject: try $0.blob("sealed_subject"), outcome: try $0.text("outcome"), at: try $0.instant("at"))
        }
    }
}
