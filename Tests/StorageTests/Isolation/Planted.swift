import Enrollment
import Storage

/// A database in which every row has look-alikes: the same identifiers, receipts and keys in the tenants and seasons on
/// both sides, a family before and a family behind in the same tenant, and people before and behind. A statement that
/// loses one of its predicates then meets a row that is not its own, whichever way the rows are sorted.
enum Planted {
    static let now = World.now
    /// What is compared with the database's own clock: long ago, and not in this century's half.
    static let longAgo = Instant(milliseconds: 1_000_000_000_000)
    static let far = Instant(milliseconds: 4_000_000_000_000)
    static let season = SeasonYear(2026)
    static let mine = TenantSeason("430922", season)
    static let before = TenantSeason("430921", season)
    static let behind = TenantSeason("430923", season)
    static let lastYear = TenantSeason("430922", SeasonYear(2025))
    static let nextYear = TenantSeason("430922", SeasonYear(2027))
    /// Tenants that have work, but none for now: all of it is due later, or leased.
    static let idle = TenantSeason("430924", season)
    static let leased = TenantSeason("430925", season)

    /// The file that probes work on, and the files before and behind it in the same tenant.
    static let file = ApplicationID(high: 5, low: 100)
    static let fileBefore = ApplicationID(high: 5, low: 99)
    static let fileBehind = ApplicationID(high: 5, low: 101)
    static let qualified = ApplicationID(high: 5, low: 102)
    static let withdrawn = ApplicationID(high: 5, low: 103)
    /// A file that nobody has planted.
    static let newFile = ApplicationID(high: 5, low: 110)

    /// Files that another tenant has, and the tenant itself had last year.
    static let elsewhere = ApplicationID(high: 5, low: 120)
    static let alsoElsewhere = ApplicationID(high: 5, low: 121)

    static let mother = PersonID(high: 6, low: 200)
    static let personBefore = PersonID(high: 6, low: 199)
    static let personBehind = PersonID(high: 6, low: 201)
    static let child = PersonID(high: 6, low: 300)
    /// Children whom others have claimed: the family before, the tenants before and behind.
    static let childBefore = PersonID(high: 6, low: 299)
    static let childOfTenantBefore = PersonID(high: 6, low: 298)
    static let childOfTenantBehind = PersonID(high: 6, low: 301)
    /// Claimed last year under the file's identifier, and by nobody since.
    static let childOfLastYear = PersonID(high: 6, low: 297)
    /// Nobody's yet.
    static let newcomer = PersonID(high: 6, low: 400)

    static let run = AllocationRunID(high: 7, low: 500)
    static let secondRun = AllocationRunID(high: 7, low: 499)
    static let newRun = AllocationRunID(high: 7, low: 510)
    static let token: [UInt8] = [1]
    static let othersToken: [UInt8] = [2]
    static let expiredToken: [UInt8] = [3]
    static let newToken: [UInt8] = [4]

    static func id<Kind>(_ number: UInt64) -> TypedID<Kind> { TypedID(high: 8, low: number) }

    /// Where a file lies. `tag` tells its rows from all others; the file that probes work on has the smallest, so that
    /// whatever is counted or numbered across files comes out higher than it should.
    struct Place: Sendable {
        let tag: Int
        let key: TenantSeason
        let file: ApplicationID
        let guardian: PersonID
        let child: PersonID
        let receipt: String

        init(_ tag: Int, _ key: TenantSeason, _ number: UInt64, _ guardian: PersonID, _ child: PersonID) {
            self.tag = tag
            self.key = key
            file = ApplicationID(high: 5, low: number)
            self.guardian = guardian
            self.child = child
            receipt = "R-\(number)"
        }
    }

    static let here = Place(1, mine, 100, mother, child)

    /// The file is planted in the middle, for tables that are read in the order of planting.
    static let places = [
        Place(2, mine, 99, personBefore, childBefore), Place(4, before, 100, mother, child),
        Place(6, lastYear, 100, mother, child), here, Place(7, nextYear, 100, mother, child),
        Place(5, behind, 100, mother, child), Place(3, mine, 101, personBehind, PersonID(high: 6, low: 302)),
    ]

    /// Scopes in which repositories are called: every kind, and of those with a tenant, a person, a file or a token
    /// another one too.
    static let scopes: [Scope] = [
        .tenant(mine.tenant, season), .tenant(before.tenant, season), .tenant(mine.tenant, lastYear.season),
        .person(mother), .person(personBefore),
        .filing(mother, mine.tenant, season, file), .filing(personBefore, mine.tenant, season, fileBefore),
        .filing(mother, before.tenant, season, file), .filing(mother, mine.tenant, lastYear.season, file),
        .session(tokenHash: token), .session(tokenHash: othersToken),
        .intake(mine.tenant, season), .intake(before.tenant, season),
        .signIn, .queue, .province, .migration,
    ]

    /// Scopes that together see everything planted and everything that probes write.
    static let everything: [Scope] =
        [mine, before, behind, lastYear, nextYear, idle, leased].map { .tenant($0.tenant, $0.season) }
        + [
            mother, personBefore, personBehind, child, childBefore, childOfTenantBefore, childOfTenantBehind,
            childOfLastYear, newcomer,
        ].map { .person($0) }
        + [token, othersToken, expiredToken, newToken].map { .session(tokenHash: $0) } + [.signIn, .province]
}
