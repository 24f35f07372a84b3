/// Whose turn it is, by deficit round-robin (Shreedhar and Varghese, 1995): everybody who has work is asked in a circle
/// and may have as much each time as everybody else, or in proportion to a weight. However much work somebody brings, the
/// others' next turn comes as soon. Who has none leaves the circle and takes no credit along.
public struct DeficitRoundRobin<Key: Hashable & Sendable>: Sendable {
    private struct Member: Sendable {
        let weight: Int
        /// What is left of the present turn.
        var credit = 0
    }

    private let quantum: Int
    private var members: [Key: Member] = [:]
    /// Everybody who has work, in the order of their turns; the first one's may have begun.
    private var circle: [Key] = []

    /// - Parameter quantum: how much a member of weight one may have each turn, at least one.
    public init(quantum: Int) {
        precondition(quantum > 0, "a turn is good for something")
        self.quantum = quantum
    }

    public var isEmpty: Bool { circle.isEmpty }
    /// Everybody who has work, the next one first.
    public var keys: [Key] { circle }

    public func contains(_ key: Key) -> Bool { members[key] != nil }

    /// Takes somebody in at the end of the circle, without credit. Whoever is in it already stays as they are.
    public mutating func add(_ key: Key, weight: Int = 1) {
        precondition(weight > 0, "a weight is at least one")
        guard members[key] == nil else { return }
        members[key] = Member(weight: weight)
        circle.append(key)
    }

    /// Lets somebody go who has no work left; their credit goes with them.
    public mutating func remove(_ key: Key) {
        guard members.removeValue(forKey: key) != nil else { return }
        circle.removeAll { $0 == key }
    }

    /// Whose turn it is and how much they may have now; nil when nobody has work. To be followed by ``serve(_:of:)`` or
    /// ``remove(_:)``.
    /// - Parameters:
    ///   - limit: how much there is to give, at least one. A turn cut short by it goes on next time.
    ///   - busy: those who are being served at the moment; they keep their places.
    public mutating func next(atMost limit: Int, except busy: Set<Key> = []) -> (key: Key, allowance: Int)? {
        precondition(limit > 0, "there is something to give")
        guard let key = circle.first(where: { !busy.contains($0) }), var member = members[key] else { return nil }
        // Alone, nobody is kept waiting by a long turn.
        if circle.count == 1 { return (key, limit) }
        if member.credit == 0 {
            member.credit = quantum * member.weight
            members[key] = member
        }
        return (key, min(member.credit, limit))
    }

    /// Notes what somebody had in their turn; once their credit is used up they go to the end of the circle.
    public mutating func serve(_ count: Int, of key: Key) {
        guard var member = members[key] else { return }
        member.credit = max(0, member.credit - count)
        members[key] = member
        guard member.credit == 0, let place = circle.firstIndex(of: key) else { return }
        circle.remove(at: place)
        circle.append(key)
    }
}
