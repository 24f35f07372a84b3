import Enrollment

/// A few children and schools, with ties in category and rank, lists of every length and too few seats.
struct SmallTown {
    let candidates: [Candidate]
    let seats: [SchoolCode: Int]

    init(_ generator: inout SeededGenerator, children: Int = 9) {
        let schools: [SchoolCode] = ["P01", "P02", "P03", "P04"]
        seats = Dictionary(uniqueKeysWithValues: schools.map { ($0, Int.random(in: 0...3, using: &generator)) })
        candidates = (0..<Int.random(in: 1...children, using: &generator)).map { number in
            SmallTown.child(
                number, category: Int.random(in: 1...3, using: &generator),
                rankKeys: [Int.random(in: 0...1, using: &generator)],
                draw: String(UInt8.random(in: 0...5, using: &generator), radix: 16),
                choices: Array(schools.shuffled(using: &generator).prefix(Int.random(in: 0...4, using: &generator))))
        }
    }

    static func child(_ number: Int, category: Int, rankKeys: [Int] = [], draw: String, choices: [SchoolCode])
        -> Candidate
    {
        Candidate(
            application: ApplicationID(high: 1, low: UInt64(number)),
            ticket: "ticket-\(100 + number * 7 % 50)-\(number)",
            category: category, rankKeys: rankKeys,
            drawNumber: DrawNumber(hexadecimal: String(repeating: "0", count: 64 - draw.count) + draw), choices: choices
        )
    }

    static func copy(_ child: Candidate, choices: [SchoolCode]) -> Candidate {
        Candidate(
            application: child.application, ticket: child.ticket, category: child.category, rankKeys: child.rankKeys,
            drawNumber: child.drawNumber, choices: choices)
    }

    /// The order the rules publish: category, rank, draw, and the ticket where twins share a number.
    static func stands(_ left: Candidate, before right: Candidate) -> Bool {
        let key = { (child: Candidate) in
            (child.category, child.rankKeys.first ?? 0, child.drawNumber.hexadecimal, child.ticket)
        }
        return key(left) < key(right)
    }
}
