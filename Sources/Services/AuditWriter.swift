import Enrollment
import Foundation
import Protection
import Storage
import Synchronization

/// Writes this process's audit chains, inside the transactions that do what they record: one chain a lane, so that
/// transactions under way at once never wait for each other's entry.
final class AuditWriter: Sendable {
    private struct Head {
        var sequence: Int
        var hash: [UInt8]
        /// The transaction that wrote it; nil once it is on disk.
        var transaction: Int?
    }

    private struct Chain {
        var standing: Head
        var written: Head?
    }

    private let process: String
    private let chains = Mutex<[Int: Chain]>([:])

    /// - Parameter process: a name that no other process has or had.
    init(process: String) { self.process = process }

    /// Something that was done.
    struct Entry {
        /// Such as `application.submit`.
        let action: String
        let tenant: TenantCode?
        /// An identifier; never personal data.
        let subject: String
        let actor: String

        func text(at now: Instant) throws -> String {
            let fields = [
                "action": action, "tenant": tenant?.rawValue ?? "", "subject": subject, "by": actor,
                "at": String(now.milliseconds),
            ]
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(fields), as: UTF8.self)
        }
    }

    func record(
        _ action: String, tenant: TenantCode?, subject: String, by actor: String, at now: Instant, in tx: any Writing
    ) throws {
        try record([Entry(action: action, tenant: tenant, subject: subject, actor: actor)], at: now, in: tx)
    }

    func record(_ entries: [Entry], at now: Instant, in tx: any Writing) throws {
        let writer = "\(process)-\(tx.lane)"
        var head = head(of: writer, tx)
        var rows: [AuditRepository.Entry] = []
        for entry in entries {
            let text = try entry.text(at: now)
            let hash = AuditChain.next(prev: head.hash, entry: Array(text.utf8))
            rows.append(
                .init(
                    sequence: head.sequence + 1, prevHash: Hex.encode(head.hash), entry: text, hash: Hex.encode(hash),
                    at: now))
            head = Head(sequence: head.sequence + 1, hash: hash, transaction: tx.number)
        }
        try AuditRepository.append(rows, writer: writer, in: tx)
        advance(tx, head)
    }

    /// What this transaction wrote last, or what stood before it. What a transaction wrote that was rolled back is
    /// forgotten here.
    private func head(of writer: String, _ tx: any Writing) -> Head {
        chains.withLock { chains in
            guard let chain = chains[tx.lane] else {
                return Head(sequence: 0, hash: AuditChain.start(writer: writer), transaction: nil)
            }
            if let written = chain.written, written.transaction == tx.number { return written }
            return chain.standing
        }
    }

    private func advance(_ tx: any Writing, _ head: Head) {
        let (lane, number) = (tx.lane, tx.number)
        let isFirst = chains.withLock { chains in
            let standing =
                chains[lane]?.standing
                ?? Head(sequence: 0, hash: AuditChain.start(writer: "\(process)-\(lane)"), transaction: nil)
            let isFirst = chains[lane]?.written?.transaction != number
            chains[lane] = Chain(standing: standing, written: head)
            return isFirst
        }
        guard isFirst else { return }
        tx.afterCommit { [self] in
            chains.withLock { chains in
                guard let written = chains[lane]?.written, written.transaction == number else { return }
                chains[lane] = Chain(standing: written, written: nil)
            }
        }
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
