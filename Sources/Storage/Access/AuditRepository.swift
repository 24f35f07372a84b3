public import Enrollment

/// The audit chain of each writer: what was done, by whom, bound to all before it.
public enum AuditRepository {
    public struct Entry: Sendable, Hashable {
        public let sequence: Int
        public let prevHash: String
        public let entry: String
        public let hash: String
        public let at: Instant

        public init(sequence: Int, prevHash: String, entry: String, hash: String, at: Instant) {
            self.sequence = sequence
            self.prevHash = prevHash
            self.entry = entry
            self.hash = hash
            self.at = at
        }
    }

    public static func append(_ entries: [Entry], writer: String, in tx: any Writing) throws {
        var rows = RowBatch(
            into: "audit",
            [
                .init("writer", .text), .init("seq", .integer), .init("prev_hash", .text), .init("entry", .text),
                .init("hash", .text), .init("at", .integer),
            ])
        for entry in entries {
            rows.add([
                .text(writer), entry.sequence.sqlValue, .text(entry.prevHash), .text(entry.entry), .text(entry.hash),
                entry.at.sqlValue,
            ])
        }
        try tx.insert(rows)
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
