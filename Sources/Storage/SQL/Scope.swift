public import Enrollment

/// On whose behalf the database is used: the first of two guards that keep tenants and families apart.
///
/// On SQLite the scope reaches every repository, whose statements carry it as a predicate; SQLite itself enforces
/// nothing. PostgreSQL adds the second guard: the driver sets the scope for the transaction (`SET LOCAL`), and row-level
/// security shows no row outside it, none at all when nothing was set.
public enum Scope: Hashable, Sendable {
    /// A tenant's staff and its rounds in one season.
    case tenant(TenantCode, SeasonYear)
    /// A guardian or child: their own file, across all tenants.
    case person(PersonID)
    /// A guardian acting in one tenant: its own claims and that application only.
    case filing(PersonID, TenantCode, SeasonYear)
    /// A guardian moving an application from one tenant to another, in one transaction.
    case moving(PersonID, from: TenantCode, to: TenantCode, SeasonYear)
    /// A background worker, which chooses a tenant and then does that tenant's work; it may touch every tenant.
    case worker
    /// The province's desk: reference data and counters, no family's file.
    case province
    /// Changing the schema.
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
    /// The guard that every repository call on a tenant's rows passes first; outside it nothing exists.
    func require(_ key: TenantSeason) throws(StorageError) {
        switch self {
        case .tenant(key.tenant, key.season), .filing(_, key.tenant, key.season), .worker: return
        case .moving(_, key.tenant, _, key.season), .moving(_, _, key.tenant, key.season): return
        default: throw .notFound(what: "tenant in this scope")
        }
    }

    /// The guard of what belongs to no tenant and no family: sessions, roles, the queue of work.
    func requireWorker() throws(StorageError) {
        guard self == .worker else { throw .notFound(what: "work in this scope") }
    }

    /// The same for a person's rows.
    func require(_ person: PersonID) throws(StorageError) {
        switch self {
        case .person(person), .filing(person, _, _), .moving(person, _, _, _), .worker: return
        default: throw .notFound(what: "person in this scope")
        }
    }
}
