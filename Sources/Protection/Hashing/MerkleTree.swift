/// A Merkle tree hashed as RFC 6962 (2.1) says: leaves behind a zero byte, nodes behind a one, SHA-256. Its root commits
/// to a roster's entries and their order; a proof shows one entry without the others.
public struct MerkleTree: Sendable {
    /// From the leaves' hashes up to the root alone.
    private let levels: [[[UInt8]]]

    /// Hashes the leaves in their order; about two digests a leaf.
    public init(leaves: [[UInt8]]) {
        var levels = [leaves.map(Self.leafHash)]
        while let last = levels.last, last.count > 1 {
            var next: [[UInt8]] = []
            next.reserveCapacity((last.count + 1) / 2)
            for index in stride(from: 0, to: last.count, by: 2) {
                // A node without a neighbour moves up unchanged: the same tree as RFC 6962's split at a power of two.
                next.append(index + 1 < last.count ? Self.nodeHash(last[index], last[index + 1]) : last[index])
            }
            levels.append(next)
        }
        self.levels = levels
    }

    /// How many leaves there are.
    public var count: Int { levels[0].count }

    /// 32 bytes; for no leaves the digest of nothing.
    public var root: [UInt8] { levels.last?.first ?? Digest.sha256([]) }

    /// The hashes that lead from a leaf to the root, lowest first; nil when there is no such leaf.
    public func inclusionProof(at index: Int) -> [[UInt8]]? {
        guard levels[0].indices.contains(index) else { return nil }
        var proof: [[UInt8]] = []
        var position = index
        for level in levels.dropLast() {
            let neighbour = position ^ 1
            if neighbour < level.count { proof.append(level[neighbour]) }
            position /= 2
        }
        return proof
    }

    /// Whether a leaf stands at that place of a tree of that size and root (RFC 9162, 2.1.3.2).
    public static func verify(leaf: [UInt8], at index: Int, count: Int, proof: [[UInt8]], root: [UInt8]) -> Bool {
        guard index >= 0, index < count else { return false }
        var node = index
        var last = count - 1
        var hash = leafHash(leaf)
        for step in proof {
            guard last > 0, step.count == 32 else { return false }
            if node & 1 == 1 || node == last {
                hash = nodeHash(step, hash)
                while node & 1 == 0 && node > 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, step)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && constantTimeEqual(hash, root)
    }

    private static func leafHash(_ leaf: [UInt8]) -> [UInt8] { Digest.sha256([0] + leaf) }
    private static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { Digest.sha256([1] + left + right) }
}
