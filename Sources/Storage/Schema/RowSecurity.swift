/// The second guard: PostgreSQL shows a row only to the scope it belongs to, and no row when no scope is set.
///
/// Policies compare columns of the row with parts of the transaction's setting and nothing else, because Citus refuses
/// subqueries in them. They hold for the tables' owner too (FORCE).
///
/// The parts are read for each row. Where many rows are touched at once that is half of the work, so the queue's policies
/// have them read once a statement (`isOnce`), by a subquery that ``Distribution`` takes out again for Citus. Elsewhere a
/// statement touches a few rows, and setting the subqueries up would cost more.
func rowSecurity(_ dialect: Dialect) -> [SQL] {
    guard dialect == .postgresql else { return [] }
    return applicationPolicies + filePolicies + sharedPolicies + personPolicies + accessPolicies
}

/// Parts of `ruxue.scope`, as ``Scope/setting`` writes them. Nil parts are empty and equal to nothing.
private enum Part {
    static let kind: SQL = "split_part(current_setting('ruxue.scope', true), '|', 1)"
    static let tenant: SQL = "split_part(current_setting('ruxue.scope', true), '|', 2)"
    static let season: SQL = "NULLIF(split_part(current_setting('ruxue.scope', true), '|', 3), '')::bigint"
    static let person: SQL = "decode(split_part(current_setting('ruxue.scope', true), '|', 4), 'hex')"
    static let application: SQL = "decode(split_part(current_setting('ruxue.scope', true), '|', 5), 'hex')"
    static let token: SQL = "decode(split_part(current_setting('ruxue.scope', true), '|', 6), 'hex')"
}

private func part(_ part: SQL, isOnce: Bool) -> SQL { isOnce ? "(SELECT \(fragment: part))" : part }

private let ofTenant = rowsOfTenant(isOnce: false)
private func rowsOfTenant(isOnce: Bool) -> SQL {
    """
    tenant = \(fragment: part(Part.tenant, isOnce: isOnce)) AND season = \(fragment: part(Part.season, isOnce: isOnce))
    """
}
private func kind(_ kinds: SQL, isOnce: Bool = false) -> SQL {
    "\(fragment: part(Part.kind, isOnce: isOnce)) IN (\(fragment: kinds))"
}

/// Turns row security on for a table, for everybody, and lets its owner move rows while the schema changes.
func guarded(_ table: StaticString) -> [SQL] {
    [
        "ALTER TABLE \(raw: table) ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE \(raw: table) FORCE ROW LEVEL SECURITY",
        """
        CREATE POLICY owner_moves ON \(raw: table) TO CURRENT_ROLE
        USING (\(fragment: kind("'migration'"))) WITH CHECK (\(fragment: kind("'migration'")))
        """,
    ]
}

/// A policy for reading and writing.
private func all(_ table: StaticString, _ name: StaticString, _ rows: SQL) -> SQL {
    "CREATE POLICY \(raw: name) ON \(raw: table) USING (\(fragment: rows)) WITH CHECK (\(fragment: rows))"
}

private func insert(_ table: StaticString, _ name: StaticString, _ rows: SQL) -> SQL {
    "CREATE POLICY \(raw: name) ON \(raw: table) FOR INSERT WITH CHECK (\(fragment: rows))"
}

private func select(_ table: StaticString, _ name: StaticString, _ rows: SQL) -> SQL {
    "CREATE POLICY \(raw: name) ON \(raw: table) FOR SELECT USING (\(fragment: rows))"
}

private func delete(_ table: StaticString, _ name: StaticString, _ rows: SQL) -> SQL {
    "CREATE POLICY \(raw: name) ON \(raw: table) FOR DELETE USING (\(fragment: rows))"
}

/// The policies of a table whose rows belong to one application: the tenant's staff, whoever files it, and intake, which
/// adds.
func filePolicies(_ table: StaticString, isOnce: Bool = false) -> [SQL] {
    let ofTenant = rowsOfTenant(isOnce: isOnce)
    let application = part(Part.application, isOnce: isOnce)
    return guarded(table) + [
        all(table, "staff", "\(fragment: kind("'tenant'", isOnce: isOnce)) AND \(fragment: ofTenant)"),
        all(
            table, "filing",
            """
            \(fragment: kind("'filing'", isOnce: isOnce)) AND \(fragment: ofTenant) AND application = \(fragment: application)
            """),
        insert(table, "intake", "\(fragment: kind("'intake'", isOnce: isOnce)) AND \(fragment: ofTenant)"),
    ]
}

/// The policy by which what is due is found in all tenants.
func queueReads(_ table: StaticString, isOnce: Bool = false) -> SQL {
    select(table, "queue", kind("'queue'", isOnce: isOnce))
}

private let applicationPolicies: [SQL] =
    guarded("application") + [
        all("application", "staff", "\(fragment: kind("'tenant'")) AND \(fragment: ofTenant)"),
        all(
            "application", "filing",
            """
            \(fragment: kind("'filing'")) AND \(fragment: ofTenant) AND id = \(fragment: Part.application)
              AND guardian = \(fragment: Part.person)
            """),
        insert("application", "intake", "\(fragment: kind("'intake'")) AND \(fragment: ofTenant)"),
        // Which of many found their receipt number in use.
        select("application", "intake_sees", "\(fragment: kind("'intake'")) AND \(fragment: ofTenant)"),
    ]

private let filePolicies: [SQL] =
    [
        "application_revision", "choice", "application_event", "attachment", "claimed_credential", "credential_check",
        "fact", "decision", "finding", "review", "note", "roster_entry", "placement", "offer", "job",
    ].flatMap { (table: StaticString) in filePolicies(table) }
    + [select("job", "queue", kind("'queue'"))]

/// Rows that a tenant's staff and those who file in it share.
private let sharedPolicies: [SQL] =
    guarded("round") + [
        all("round", "staff", "\(fragment: kind("'tenant'")) AND \(fragment: ofTenant)"),
        // The first submission pins a round that nobody has pinned.
        insert("round", "pinning", "\(fragment: kind("'filing', 'intake'")) AND \(fragment: ofTenant)"),
        select("round", "filing", "\(fragment: kind("'filing', 'intake'")) AND \(fragment: ofTenant)"),
        all("round", "province", kind("'province'")),
    ] + guarded("allocation_run") + [
        all("allocation_run", "staff", "\(fragment: kind("'tenant'")) AND \(fragment: ofTenant)"),
        select("allocation_run", "filing", "\(fragment: kind("'filing', 'intake'")) AND \(fragment: ofTenant)"),
    ]

/// A person's own rows; those that a submission adds may come by intake.
private func own(_ table: StaticString, _ column: StaticString, intake: SQL? = nil) -> [SQL] {
    guarded(table) + [
        all(
            table, "own", "\(fragment: kind("'person', 'filing'")) AND \(raw: column) = \(fragment: Part.person)")
    ] + (intake.map { [insert(table, "intake", $0)] } ?? [])
}

private let byIntake = kind("'intake'")

private let personPolicies: [SQL] =
    own("person", "id") + [insert("person", "adding", kind("'sign_in', 'filing', 'intake'"))]
    + guarded("person_identifier")
    // Who proves to know a paper may find its holder; nobody changes or removes one.
    + [
        select("person_identifier", "finding", kind("'sign_in', 'filing', 'intake'")),
        insert("person_identifier", "adding", kind("'sign_in', 'filing', 'intake'")),
    ]
    + own("guardianship", "guardian", intake: byIntake)
    + own("consent", "person", intake: byIntake)
    + own(
        "person_application", "person",
        intake: "\(fragment: byIntake) AND \(fragment: ofTenant)")
    + own("submission_key", "person", intake: "\(fragment: byIntake) AND season = \(fragment: Part.season)")
    + own("draft", "person")
    // A submission uses its draft up.
    + [
        select("draft", "intake_sees", "\(fragment: byIntake) AND season = \(fragment: Part.season)"),
        delete("draft", "intake", "\(fragment: byIntake) AND season = \(fragment: Part.season)"),
    ]
    + own("household_extract", "person")
    + own("query_log", "person")
    + guarded("child_claim")
    + [
        all("child_claim", "staff", "\(fragment: kind("'tenant'")) AND \(fragment: ofTenant)"),
        insert("child_claim", "intake", "\(fragment: byIntake) AND \(fragment: ofTenant)"),
        select("child_claim", "intake_sees", "\(fragment: byIntake) AND \(fragment: ofTenant)"),
        all(
            "child_claim", "filing",
            "\(fragment: kind("'filing'")) AND \(fragment: ofTenant) AND application = \(fragment: Part.application)"),
    ]

private let expired: SQL =
    "\(fragment: kind("'sign_in'")) AND expires_at <= (extract(epoch FROM now()) * 1000)::bigint"

private let accessPolicies: [SQL] =
    guarded("session") + [
        all("session", "bearer", "\(fragment: kind("'session'")) AND token_hash = \(fragment: Part.token)"),
        insert("session", "sign_in", kind("'sign_in'")),
        // Whoever signs in clears away what nobody can use any more.
        select("session", "expired_seen", expired), delete("session", "expired", expired),
    ] + guarded("staff_grant") + [
        select("staff_grant", "own", "\(fragment: kind("'person'")) AND person = \(fragment: Part.person)"),
        all("staff_grant", "province", kind("'province'")),
    ] + guarded("rate_count") + [all("rate_count", "province", kind("'province'"))]
    + guarded("audit") + [
        insert("audit", "anybody", "\(fragment: Part.kind) <> ''"), select("audit", "province", kind("'province'")),
    ]

/// Counts: a tenant's staff add and compact, whoever changes a file adds, and the province reads them.
let counterPolicies: [SQL] =
    guarded("counter_delta") + [
        all("counter_delta", "staff", "\(fragment: kind("'tenant'")) AND \(fragment: ofTenant)"),
        insert("counter_delta", "adding", "\(fragment: kind("'filing', 'intake'")) AND \(fragment: ofTenant)"),
        select("counter_delta", "province", kind("'province'")),
    ]
