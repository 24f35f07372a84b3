import Enrollment
import Foundation
import Protection
import Storage

/// Writes this process's audit chain, inside the transaction that does what it records.
struct AuditWriter: Sendable {
    let writer: String

    /// - Parameters:
    ///   - action: what was done, such as `application.submit`.
    ///   - subject: an identifier; never personal data.
    func record(
        _ action: String, tenant: TenantCode?, subject: String, by actor: String, at now: Instant, in tx: any Writing
    ) throws {
        let head = try AuditRepository.head(of: writer, in: tx)
        let fields = [
            "action": action, "tenant": tenant?.rawValue ?? "", "subject": subject, "by": actor,
            "at": String(now.milliseconds),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let entry = String(decoding: try encoder.encode(fields), as: UTF8.self)
        let previous = head.flatMap { Hex.decode($0.hash) } ?? AuditChain.start(writer: writer)
        let hash = AuditChain.next(prev: previous, entry: Array(entry.utf8))
        try AuditRepository.append(
            writer: writer, sequence: (head?.sequence ?? 0) + 1, prevHash: Hex.encode(previous), entry: entry,
            hash: Hex.encode(hash), at: now, in: tx)
    }
}

/// Checks every audit chain from its start.
public struct VerifyAudit: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// A writer's chain and the number of its first broken entry, nil when it is whole.
    public struct Result: Sendable, Codable {
        public let writer: String
        public let entries: Int
        public let firstBroken: Int?
    }

    public func callAsFunction() async throws -> [Result] {
        try await platform.database.read(.province) { tx in
            try AuditRepository.writers(in: tx).map { writer in
                var previous = AuditChain.start(writer: writer)
                var count = 0
                while true {
                    let page = try AuditRepository.entries(of: writer, after: count, limit: 1000, in: tx)
                    if page.isEmpty { return Result(writer: writer, entries: count, firstBroken: nil) }
                    for entry in page {
                        let hash = AuditChain.next(prev: previous, entry: Array(entry.entry.utf8))
                        // The columns beside the entry repeat what the hash covers, so they must agree with it.
                        guard entry.sequence == count + 1, Hex.encode(hash) == entry.hash,
                            entry.prevHash == Hex.encode(previous),
                            entry.entry.contains("\"at\":\"\(entry.at.milliseconds)\"")
                        else {
                            return Result(writer: writer, entries: count, firstBroken: count + 1)
                        }
                        previous = hash
                        count += 1
                    }
                }
            }
        }
    }
}
