import CPostgreSQL
public import Storage

/// Where a PostgreSQL database is and how long it is waited for.
public struct PostgreSQLSettings: Sendable {
    /// How many connections there are at most, each with a thread of its own.
    public var poolSize = 8
    /// How long a caller waits for a free connection before `StorageError.busy`.
    public var waitMilliseconds = 5_000
    /// How many callers may wait at once; one more gets `StorageError.busy` immediately.
    public var waitingLimit = 2_000
    /// How long the server may work on one statement before `StorageError.deadline`; 0 sets no limit.
    public var statementMilliseconds = 30_000
    /// How long connecting to one host may take.
    public var connectSeconds = 5
    /// What the server's lists of connections show, unless the text says something else.
    public var applicationName = "ruxue"
    /// Whether the role may own what it works on: for changing the schema only, because no row-level security holds an
    /// owner.
    public let isOwner: Bool
    /// libpq's keywords, as the text gave them.
    private let keywords: [String: String]

    /// Takes `postgres://…`, `postgresql://…` or `postgres:` followed by libpq's keywords (`postgres:service=ruxue`). TLS,
    /// several hosts and the like stand in the same text. Throws `unavailable` when it cannot be read or holds a password:
    /// passwords come from PGPASSFILE, a service file, or a client's certificate. The text is never quoted.
    public init(_ text: String, isOwner: Bool = false) throws(StorageError) {
        let isAddress = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
        guard isAddress || text.hasPrefix("postgres:") else {
            throw .unavailable(reason: "a PostgreSQL address begins with postgres:// or postgres:")
        }
        let keywords = try Self.parsed(isAddress ? text : String(text.dropFirst("postgres:".count)))
        guard keywords["password"] == nil, keywords["sslpassword"] == nil else {
            throw .unavailable(
                reason: "the database's address holds a password; put it into the file that PGPASSFILE names")
        }
        self.keywords = keywords
        self.isOwner = isOwner
    }

    /// All keywords for one connection, with what the text leaves open. `extra` are settings of the session
    /// (`synchronous_commit=off`).
    func connection(extra: [String] = []) -> [(keyword: String, value: String)] {
        var all = [
            "application_name": applicationName, "connect_timeout": "\(connectSeconds)",
            // A server that went without a word is noticed in a minute, not in the two hours that are usual.
            "keepalives": "1", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
            "tcp_user_timeout": "60000",
            // After a fail-over the connection goes to whichever of the hosts takes writes.
            "target_session_attrs": "read-write",
        ].merging(keywords) { _, own in own }
        all["client_encoding"] = "UTF8"
        // A body that stops half-way would otherwise keep its locks for ever.
        let session = [
            "statement_timeout=\(statementMilliseconds)",
            "idle_in_transaction_session_timeout=\(max(60_000, statementMilliseconds * 2))",
            // A season's tables are empty when it opens, and plans made then are kept: one that reads a whole table, cheap on
            // that morning, is used until the server next counts its rows. What asks about everybody turns it on again.
            // Where there is no other way the whole table is read at a price that would have the server compile the plan first.
            "enable_seqscan=off", "jit=off",
            // Where Citus spreads the tables, the scope must reach the servers that hold them; elsewhere it means nothing.
            "citus.propagate_set_commands=local",
        ]
        let options = (session + extra).map { "-c \($0)" }
        all["options"] = ([all["options"]].compactMap(\.self) + options).joined(separator: " ")
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func parsed(_ text: String) throws(StorageError) -> [String: String] {
        var problem: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &problem) else {
            // libpq's message may quote the text, and with it a password.
            PQfreemem(problem)
            throw .unavailable(reason: "the database's address cannot be read; see libpq's connection strings")
        }
        defer { PQconninfoFree(options) }
        var keywords: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val, value.pointee != 0 {
                keywords[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return keywords
    }
}

extension Scope {
    /// Whether its statements ask about everybody, so that reading a table from one end to the other may be the best way;
    /// all others look for a few rows by their keys.
    var readsWholeTables: Bool {
        switch self {
        case .province, .migration: true
        case .tenant, .person, .filing, .session, .intake, .signIn, .queue: false
        }
    }
}
