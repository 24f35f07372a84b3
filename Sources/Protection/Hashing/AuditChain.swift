/// Links audit entries so that none can be changed, dropped or moved without every later hash changing. A chain by
/// itself does not show that its end was cut off: heads are anchored elsewhere for that.
public struct AuditChain: Sendable {
    /// One entry and the hash it was stored with.
    public struct Link: Hashable, Sendable {
        public let entry: [UInt8]
        public let hash: [UInt8]

        public init(entry: [UInt8], hash: [UInt8]) {
            self.entry = entry
            self.hash = hash
        }
    }

    /// The hash before a writer's first entry: chains of two writers never share a hash.
    public static func start(writer: String) -> [UInt8] {
        Digest.sha256(Array("ruxue audit chain".utf8) + lengthPrefixed(writer))
    }

    /// The hash of an entry that follows `prev` (32 bytes).
    public static func next(prev: [UInt8], entry: [UInt8]) -> [UInt8] {
        precondition(prev.count == 32, "a chain's hash has 32 bytes")
        return Digest.sha256(prev + entry)
    }

    /// The offset of the first entry that does not follow from what stands before it; nil when all do.
    public static func firstBreak(after prev: [UInt8], in links: some Sequence<Link>) -> Int? {
        var previous = prev
        for (offset, link) in links.enumerated() {
            guard constantTimeEqual(next(prev: previous, entry: link.entry), link.hash) else { return offset }
            previous = link.hash
        }
        return nil
    }

    /// Whether every entry follows from the one before.
    public static func verify(after prev: [UInt8], _ links: some Sequence<Link>) -> Bool {
        firstBreak(after: prev, in: links) == nil
    }
}
