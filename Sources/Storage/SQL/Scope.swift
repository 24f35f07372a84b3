public import Enrollment

/// On whose behalf the database is used: the first of two guards that keep tenants and families apart.
///
/// On SQLite the scope reaches every repository, whose statements carry it as a predicate; SQLite itself enforces
/// nothing. PostgreSQL adds the second guard: the driver sets the scope for the transaction (`SET LOCAL`), and row-level
/// security shows no row outside it, none at all when nothing was set.
public enum Scope: Hashable, Sendable {
    /// A tenant's staff, its rounds and its work in one season: the tenant's rows, nobody's own.
    case tenant(TenantCode, SeasonYear)
    /// A guardian or officer: what is that person's own, across all tenants.
    case person(PersonID)
    /// A guardian and one application in one tenant, whether the guardian acts or the machine does for them: the person's
    /// own rows and that application's, no other of the tenant.
    case filing(PersonID, TenantCode, SeasonYear, ApplicationID)
    /// The bearer of a session's token, before it is known who that is: that session.
    case session(tokenHash: [UInt8])
    /// Taking in submissions to one tenant: adds rows of that tenant and of the people who submit, uses up their drafts,
    /// and reads no family's file.
    case intake(TenantCode, SeasonYear)
    /// Signing in: finds or adds people by what they prove to know, and opens sessions.
    case signIn
    /// What is due in all tenants, to read; work is claimed in its tenant's scope.
    case queue
    /// The province's desk and its operator: reference data, roles, counters, audit; no family's file.
    case province
    /// Changing the schema, by the role that owns it.
    case migration
}

/// A tenant in one season: the first part of every key of a tenant's rows.
public struct TenantSeason: Hashable, Sendable {
    public let tenant: TenantCode
    public let season: SeasonYear

    public init(_ tenant: TenantCode, _ season: SeasonYear) {
        self.tenant = tenant
        self.season = season
    }
}

extension Scope {
    /// The guard of calls on all of a tenant's rows; outside its scope a tenant does not exist.
    func require(_ key: TenantSeason) throws(StorageError) {
        guard case .tenant(key.tenant, key.season) = self else { throw .notFound(what: "tenant in this scope") }
    }

    /// The guard of calls on one application's rows: the tenant's staff, or whoever files it.
    func require(_ key: TenantSeason, _ application: ApplicationID) throws(StorageError) {
        switch self {
        case .tenant(key.tenant, key.season), .filing(_, key.tenant, key.season, application): return
        default: throw .notFound(what: "application in this scope")
        }
    }

    /// The guard of what a tenant's staff and those who file in it share: its rounds and runs.
    func requireShared(_ key: TenantSeason) throws(StorageError) {
        switch self {
        case .tenant(key.tenant, key.season), .filing(_, key.tenant, key.season, _), .intake(key.tenant, key.season):
            return
        default: throw .notFound(what: "tenant in this scope")
        }
    }

    /// The guard of a person's rows.
    func require(_ person: PersonID) throws(StorageError) {
        switch self {
        case .person(person), .filing(person, _, _, _): return
        default: throw .notFound(what: "person in this scope")
        }
    }

    /// The guard of adding people: whoever signs in, and the child of whoever files.
    func requireAdding() throws(StorageError) {
        switch self {
        case .signIn, .filing: return
        default: throw .notFound(what: "people in this scope")
        }
    }

    /// The guard of taking in new applications.
    func requireIntake(_ key: TenantSeason? = nil) throws(StorageError) {
        guard case .intake(let tenant, let season) = self, key == nil || key == TenantSeason(tenant, season) else {
            throw .notFound(what: "intake in this scope")
        }
    }

    /// The guard of what a set of scopes shares.
    func require(oneOf scopes: Scope...) throws(StorageError) {
        guard scopes.contains(self) else { throw .notFound(what: "rows in this scope") }
    }
}

extension Scope {
    /// What row-level security reads: `kind|tenant|season|person|application|token`, identifiers in hexadecimal, parts
    /// that a scope does not have left empty. A tenant's code with `|` in it, which is none, is refused.
    public var setting: String {
        get throws(StorageError) {
            switch self {
            case .tenant(let tenant, let season): try Self.join("tenant", tenant, season)
            case .person(let person): try Self.join("person", nil, nil, person.description)
            case .filing(let person, let tenant, let season, let application):
                try Self.join("filing", tenant, season, person.description, application.description)
            case .session(let tokenHash): try Self.join("session", nil, nil, "", "", Self.hexadecimal(tokenHash))
            case .intake(let tenant, let season): try Self.join("intake", tenant, season)
            case .signIn: try Self.join("sign_in")
            case .queue: try Self.join("queue")
            case .province: try Self.join("province")
            case .migration: try Self.join("migration")
            }
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func join(
        _ kind: String, _ tenant: TenantCode? = nil, _ season: SeasonYear? = nil, _ rest: String...
    ) throws(StorageError) -> String {
        let code = tenant?.rawValue ?? ""
        guard !code.contains("|") else { throw .notFound(what: "tenant of this name") }
        let parts = [kind, code, season.map { String($0.value) } ?? ""] + rest
        return (parts + Array(repeating: "", count: 6 - parts.count)).joined(separator: "|")
    }
}
