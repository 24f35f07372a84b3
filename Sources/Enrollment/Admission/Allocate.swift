/// One child in an allocation.
public struct Candidate: Hashable, Sendable, Codable {
    public let application: ApplicationID
    /// The child's pseudonym, bound to the child and not to the form: hexadecimal.
    public let ticket: String
    /// 1 for the first category.
    public let category: Int
    /// Rank keys within the category, smaller is earlier.
    public let rankKeys: [Int]
    /// The child's number in the draw; tied twins carry the same.
    public let drawNumber: DrawNumber
    /// Schools open to the child, in the family's order.
    public let choices: [SchoolCode]

    public init(
        application: ApplicationID, ticket: String, category: Int, rankKeys: [Int], drawNumber: DrawNumber,
        choices: [SchoolCode]
    ) {
        self.application = application
        self.ticket = ticket
        self.category = category
        self.rankKeys = rankKeys
        self.drawNumber = drawNumber
        self.choices = choices
    }

    /// The school's priority: category, rank keys, draw number, and the ticket where twins share a number.
    static func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.category != right.category { return left.category < right.category }
        if left.rankKeys != right.rankKeys { return left.rankKeys.lexicographicallyPrecedes(right.rankKeys) }
        if left.drawNumber != right.drawNumber { return left.drawNumber < right.drawNumber }
        return left.ticket < right.ticket
    }
}

/// What an allocation gave.
public struct Allocation: Hashable, Sendable, Codable {
    public let placements: [ApplicationID: SchoolCode]
    /// Children for whom no chosen school had room, in the order of priority; nobody is left out silently.
    public let unplaced: [ApplicationID]
}

/// Gives seats by student-proposing deferred acceptance (Gale and Shapley, 1962): each child proposes to its schools in
/// the family's order; a school that is full keeps those of highest priority.
///
/// The result does not depend on the order of candidates or schools, is stable, and no family gains by ranking its
/// schools otherwise than it likes them. A school that is not in `seats` has none.
/// - Complexity: O(proposals × log(seats of the largest school)).
public func allocate(_ candidates: [Candidate], seats: [SchoolCode: Int]) -> Allocation {
    let ordered = candidates.sorted(by: Candidate.precedes)
    let schools = seats.keys.sorted()
    let schoolIndex = Dictionary(uniqueKeysWithValues: schools.enumerated().map { ($1, $0) })
    let choices: [[Int]] = ordered.map { candidate in
        var seen: Set<Int> = []
        return candidate.choices.compactMap { schoolIndex[$0] }.filter { seen.insert($0).inserted }
    }
    let capacity = schools.map { max(0, seats[$0] ?? 0) }
    // A candidate's position in `ordered` is its priority at every school: smaller is higher.
    var held = [PriorityHeap](repeating: PriorityHeap(), count: schools.count)
    var nextChoice = [Int](repeating: 0, count: ordered.count)
    var proposing = Array(ordered.indices.reversed())
    while let child = proposing.popLast() {
        guard nextChoice[child] < choices[child].count else { continue }
        let school = choices[child][nextChoice[child]]
        nextChoice[child] += 1
        held[school].push(child)
        if held[school].count > capacity[school], let displaced = held[school].popLowest() {
            proposing.append(displaced)
        }
    }
    var placements: [ApplicationID: SchoolCode] = [:]
    for (school, heap) in held.enumerated() {
        for child in heap.elements { placements[ordered[child].application] = schools[school] }
    }
    return Allocation(
        placements: placements, unplaced: ordered.map(\.application).filter { placements[$0] == nil })
}

/// A binary heap of priorities whose root is the lowest one held.
private struct PriorityHeap {
    private(set) var elements: [Int] = []
    var count: Int { elements.count }

    mutating func push(_ value: Int) {
        elements.append(value)
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard elements[parent] < elements[child] else { return }
            elements.swapAt(parent, child)
            child = parent
        }
    }

    mutating func popLowest() -> Int? {
        guard let lowest = elements.first, let last = elements.popLast() else { return nil }
        guard !elements.isEmpty else { return lowest }
        elements[0] = last
        var parent = 0
        while true {
            var largest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < elements.count {
                if elements[child] > elements[largest] { largest = child }
            }
            guard largest != parent else { return lowest }
            elements.swapAt(parent, largest)
            parent = largest
        }
    }
}
