public import Enrollment

/// The audit chain of each writer: what was done, by whom, bound to all before it.
public enum AuditRepository {
    public struct Entry: Sendable, Hashable {
        public let sequence: Int
        public let prevHash: String
        public let entry: String
        public let hash: String
        public let at: Instant
    }

    public static func append(
        writer: String, sequence: Int, prevHash: String, entry: String, hash: String, at now: Instant,
        in tx: any Writing
    ) throws {
        try tx.execute(
            """
            INSERT INTO audit (writer, seq, prev_hash, entry, hash, at)
            VALUES (\(writer), \(sequence), \(prevHash), \(entry), \(hash), \(now))
            """)
    }

    public static func entries(of writer: String, after: Int, limit: Int, in tx: any Reading) throws -> [Entry] {
        try tx.scope.require(oneOf: .province)
        return try tx.rows(
            """
            SELECT seq, prev_hash, entry, hash, at FROM audit
            WHERE writer = \(writer) AND seq > \(after) ORDER BY seq LIMIT \(limit)
            """
        ).map {
            Entry(
                sequence: try $0.int("seq"), prevHash: try $0.text("prev_hash"), entry: try $0.text("entry"),
                hash: try $0.text("hash"), at: try $0.instant("at"))
        }
    }

    public static func writers(in tx: any Reading) throws -> [String] {
        try tx.scope.require(oneOf: .province)
        return try tx.rows("SELECT DISTINCT writer FROM audit ORDER BY writer").map { try $0.text("writer") }
    }
}
