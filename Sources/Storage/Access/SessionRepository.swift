public import Enrollment

/// Signed-in sessions, found by the hash of their token.
public enum SessionRepository {
    public struct Row: Sendable, Hashable {
        public let person: PersonID
        public let csrf: String
        public let expiresAt: Instant

        public init(person: PersonID, csrf: String, expiresAt: Instant) {
            self.person = person
            self.csrf = csrf
            self.expiresAt = expiresAt
        }
    }

    public static func insert(_ row: Row, tokenHash: [UInt8], at now: Instant, in tx: any Writing) throws {
        try tx.scope.require(oneOf: .signIn)
        try tx.execute(
            """
            INSERT INTO session (token_hash, person, csrf, created_at, expires_at)
            VALUES (\(tokenHash), \(row.person), \(row.csrf), \(now), \(row.expiresAt))
            """)
    }

    /// The session, unless it has expired.
    public static func find(tokenHash: [UInt8], at now: Instant, in tx: any Reading) throws -> Row? {
        try tx.scope.require(oneOf: .session(tokenHash: tokenHash))
        return try tx.row(
            "SELECT person, csrf, expires_at FROM session WHERE token_hash = \(tokenHash) AND expires_at > \(now)"
        ).map { Row(person: try $0.id("person"), csrf: try $0.text("csrf"), expiresAt: try $0.instant("expires_at")) }
    }

    public static func delete(tokenHash: [UInt8], in tx: any Writing) throws {
        try tx.scope.require(oneOf: .session(tokenHash: tokenHash))
        try tx.execute("DELETE FROM session WHERE token_hash = \(tokenHash)")
    }

    /// Removes sessions that have expired.
    public static func deleteExpired(before now: Instant, in tx: any Writing) throws {
        try tx.scope.require(oneOf: .signIn)
        try tx.execute("DELETE FROM session WHERE expires_at <= \(now)")
    }
}
