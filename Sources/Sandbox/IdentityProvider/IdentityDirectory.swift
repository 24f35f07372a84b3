/// Everybody who can sign in: the sample people always, and whoever the season folders add.
struct IdentityDirectory: Sendable {
    /// The sample people, in the page's order.
    let samples: [SandboxIdentity]
    /// The first few of the season folders' people.
    let firstOfSeason: [SandboxIdentity]
    /// How many people the season folders add.
    let seasonCount: Int
    private let bySubject: [String: SandboxIdentity]

    /// How many people of a season the page lists.
    private static let shown = 5

    /// A subject that stands twice belongs to the first: nobody takes a sample person's place.
    init(samples: [SandboxIdentity], season: [SandboxIdentity]) {
        self.samples = samples
        firstOfSeason = Array(season.prefix(Self.shown))
        seasonCount = season.count
        bySubject = Dictionary((samples + season).map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(_ subject: String) -> SandboxIdentity? { bySubject[subject] }
}
