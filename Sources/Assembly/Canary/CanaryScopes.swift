import Enrollment
import Services
import Storage

/// Below the pages: the watched family's rows in every scope that is not its own. PostgreSQL shows none of them whatever
/// the statement; on both databases no repository hands one out.
struct CanaryScopes {
    let run: CanaryRun
    let visitors: CanaryPeople.Visitors
    let neighbours: ReceiptNumber
    let strangers: ReceiptNumber

    private struct Foreign: Sendable {
        let title: String
        let scope: Scope
        /// Tables that this scope may see beyond a family's: `of` says why.
        var sees: Set<String> = []
    }

    /// What the scopes see by their purpose, none of which says who the family is: rounds and the run are a tenant's;
    /// counts name nobody; a waiting check is two identifiers and a credential's name; whoever proves to know a paper
    /// finds its holder's identifier; intake uses up the sealed draft of what it takes in, and a draft has no tenant.
    private func foreign() async throws -> [Foreign] {
        let (home, other, season) = (CanaryGround.home, CanaryGround.other, run.portal.ground.season)
        let neighbour = try viewer(visitors.neighbour).person
        let stranger = try viewer(visitors.stranger).person
        let shared: Set = ["round", "allocation_run"]
        return [
            Foreign(title: "another tenant's staff", scope: .tenant(other, season)),
            Foreign(title: "another season's staff", scope: .tenant(home, SeasonYear(season.value - 1))),
            Foreign(title: "a neighbour", scope: .person(neighbour)),
            Foreign(title: "a family of another tenant", scope: .person(stranger)),
            Foreign(
                title: "a neighbour's file",
                scope: .filing(neighbour, home, season, try await application(neighbours, of: home)),
                sees: shared.union(["person_identifier"])),
            Foreign(
                title: "another tenant's file",
                scope: .filing(stranger, other, season, try await application(strangers, of: other)),
                sees: ["person_identifier"]),
            Foreign(
                title: "another tenant's intake", scope: .intake(other, season), sees: ["person_identifier", "draft"]),
            Foreign(title: "signing in", scope: .signIn, sees: ["person_identifier"]),
            Foreign(title: "another's session", scope: .session(tokenHash: Array(repeating: 7, count: 32))),
            Foreign(title: "the queue", scope: .queue, sees: ["job"]),
            Foreign(title: "the province", scope: .province, sees: ["round", "counter_delta"]),
        ]
    }

    /// Tables whose rows are nobody's.
    private static let reasons = [
        "audit": "identifiers and actions, for the province; anybody adds",
        "business_clock": "one number", "key_check": "one proof of the keys", "schema_migration": "the schema's own",
        "rate_count": "keyed hashes and numbers", "season": "a year, and whether it is open",
    ]

    /// - Parameter counting: whether these cases are to be counted; false where they are tried once more.
    func check(counting: Bool) async throws {
        for table in run.survey.unclassified where Self.reasons[table] == nil {
            run.find(.noCase, "table \(table)", "—")
        }
        if counting {
            run.count("仓库 Repositories", cases: CanaryReads.all.count)
            run.count("数据表 Tables", cases: run.survey.surveyed.count, reasoned: run.survey.unclassified.count)
        }
        let (survey, family) = (run.survey, run.family)
        let database = run.portal.platform.database
        for foreign in try await foreign() {
            if database.dialect == .postgresql {
                let seen = try await database.read(foreign.scope) { try survey.rows(of: family, in: $0) }
                run.count("行级安全 Row security", cases: counting ? 1 : 0, attempts: survey.surveyed.count)
                // Versions are published; they are everybody's.
                for table in seen.keys.sorted() where table != "tenant_version" && !foreign.sees.contains(table) {
                    run.find(.leaked, "table \(table)", foreign.title)
                }
            }
            for (name, read) in CanaryReads.all {
                run.count("仓库 Repositories", attempts: 1)
                let saw = try await database.read(foreign.scope) { tx in
                    // A repository says that there is no such thing where the scope is another's.
                    do { return try read(family, tx) } catch StorageError.notFound { return false }
                }
                if saw { run.find(.leaked, name, foreign.title) }
            }
        }
        try await control()
    }

    /// The same reads in the scopes that are the family's own find it: otherwise they would find it nowhere.
    private func control() async throws {
        let family = run.family
        let person = try viewer(visitors.mother).person
        for (name, read) in CanaryReads.all {
            var isFound = false
            for scope in [Scope.tenant(family.key.tenant, family.key.season), .person(person)] where !isFound {
                isFound = try await run.portal.platform.database.read(scope) { tx in
                    do { return try read(family, tx) } catch StorageError.notFound { return false }
                }
            }
            if !isFound { run.find(.noControl, name, "its own scope") }
        }
    }

    /// A worker of another tenant finds no work here, and cannot take what it knows of.
    func jobs() async throws {
        let (home, other) = (run.key, TenantSeason(CanaryGround.other, run.portal.ground.season))
        let family = run.family
        let now = run.portal.platform.clock.real()
        let database = run.portal.platform.database
        for key in [home, other] {
            let taken = try await database.write(.tenant(other.tenant, other.season)) { tx in
                do {
                    return try JobRepository.claim(of: key, limit: 100, now: now, leaseUntil: now, in: tx)
                } catch StorageError.notFound { return [] }
            }
            run.count("任务 Jobs", cases: 1, attempts: 1)
            if taken.contains(where: { family.applications.contains($0.row.application) }) {
                run.find(.leaked, "job claimed", "another tenant's worker")
            }
        }
        let own = try await database.write(.tenant(home.tenant, home.season)) {
            try JobRepository.claim(of: home, limit: 100, now: now, leaseUntil: now, in: $0)
        }
        guard let job = own.map(\.row).first(where: { family.applications.contains($0.application) }) else {
            return run.find(.noControl, "job", "its own tenant's worker")
        }
        let seen = try await database.read(.tenant(other.tenant, other.season)) { tx in
            do {
                return try JobRepository.find(job.id, of: job.application, home, in: tx) != nil
            } catch StorageError.notFound { return false }
        }
        run.count("任务 Jobs", cases: 1, attempts: 1)
        if seen { run.find(.leaked, "job read", "another tenant's worker") }
    }

    private func application(_ receipt: ReceiptNumber, of tenant: TenantCode) async throws -> ApplicationID {
        try await run.portal.row(receipt, of: tenant).id
    }

    private func viewer(_ visitor: CanaryVisitor) throws -> Viewer {
        guard let viewer = visitor.viewer else { throw CanaryError.unplanted("viewer") }
        return viewer
    }
}

extension CanaryPortal {
    func row(_ receipt: ReceiptNumber, of tenant: TenantCode) async throws -> ApplicationRow {
        let key = TenantSeason(tenant, ground.season)
        let row = try await platform.database.read(.tenant(tenant, ground.season)) {
            try ApplicationRepository.find(receipt: receipt, of: key, in: $0)
        }
        guard let row else { throw CanaryError.unplanted("application") }
        return row
    }
}

/// Reads of repositories about the family; each says whether it found something.
enum CanaryReads {
    typealias Read = @Sendable (RowSurvey.Family, any Reading) throws -> Bool

    static let all: [(name: String, read: Read)] = files + persons

    private static func file(
        _ name: String, _ read: @escaping @Sendable (ApplicationID, TenantSeason, any Reading) throws -> Bool
    ) -> (name: String, read: Read) {
        (name, { family, tx in try family.applications.contains { try read($0, family.key, tx) } })
    }

    private static func person(
        _ name: String, _ read: @escaping @Sendable (PersonID, SeasonYear, any Reading) throws -> Bool
    ) -> (name: String, read: Read) {
        (
            name,
            { family, tx in
                try family.people.contains { person in
                    do { return try read(person, family.key.season, tx) } catch StorageError.notFound { return false }
                }
            }
        )
    }

    private static let files: [(name: String, read: Read)] = [
        file("ApplicationRepository.find") { try ApplicationRepository.find($0, of: $1, in: $2) != nil },
        (
            "ApplicationRepository.list",
            { try !ApplicationRepository.list(state: nil, after: nil, limit: 9, of: $0.key, in: $1).isEmpty }
        ),
        file("ApplicationRepository.revision") {
            try ApplicationRepository.revision(1, of: $0, $1, in: $2) != nil
        },
        file("ApplicationRepository.events") { try !ApplicationRepository.events(of: $0, $1, in: $2).isEmpty },
        file("ApplicationRepository.attachments") {
            try !ApplicationRepository.attachments(of: $0, $1, in: $2).isEmpty
        },
        file("ClaimRepository.list") { try !ClaimRepository.list(of: $0, revision: 1, $1, in: $2).isEmpty },
        file("FactRepository.list") { try !FactRepository.list(of: $0, revision: 1, $1, in: $2).isEmpty },
        file("DecisionRepository.latest") { try DecisionRepository.latest(of: $0, $1, in: $2) != nil },
        file("ReviewRepository.notes") { try !ReviewRepository.notes(of: $0, $1, in: $2).isEmpty },
        file("ReviewRepository.reviews") { application, key, tx in
            try (1...3).contains { try !ReviewRepository.reviews(of: application, revision: $0, key, in: tx).isEmpty }
        },
        file("ReviewRepository.findings") { application, key, tx in
            try (1...3).contains { try !ReviewRepository.findings(of: application, revision: $0, key, in: tx).isEmpty }
        },
    ]

    private static let persons: [(name: String, read: Read)] = [
        person("PersonRepository.find") { person, _, tx in try PersonRepository.find(person, in: tx) != nil },
        person("PersonRepository.household") { person, _, tx in
            try PersonRepository.household(of: person, in: tx) != nil
        },
        person("QueryLogRepository.list") { person, _, tx in
            try !QueryLogRepository.list(about: person, limit: 9, in: tx).isEmpty
        },
        person("SubmissionRepository.entries") { person, season, tx in
            try !SubmissionRepository.entries(of: person, season: season, in: tx).isEmpty
        },
    ]
}
