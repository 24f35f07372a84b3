import Foundation

/// Who may do what with a row, said once more and otherwise than in the policies: table by table, from the design.
///
/// A table without a rule here fails the tests: whoever adds one says whose its rows are.
struct Visibility {
    enum Action: String, CaseIterable, Sendable {
        case select, insert, update, delete
    }

    /// Reference data, which everybody reads and which names no family.
    static let reference: Set<String> = [
        "tenant_version", "business_clock", "key_check", "season", "schema_migration",
    ]
    /// What is never changed, not even by whom it belongs to.
    static let appendOnly: Set<String> = [
        "audit", "application_event", "application_revision", "decision", "credential_check", "query_log",
    ]
    /// Rows of one application.
    private static let files: Set<String> = [
        "application_revision", "choice", "application_event", "attachment", "claimed_credential", "credential_check",
        "fact", "decision", "finding", "review", "note", "roster_entry", "placement", "offer", "job", "dead_job",
    ]
    /// Rows of one person, and the column that says whose.
    private static let persons: [String: String] = [
        "person": "id", "guardianship": "guardian", "consent": "person", "person_application": "person",
        "submission_key": "person", "draft": "person", "household_extract": "person", "query_log": "person",
    ]
    private static let everything = Set(Action.allCases)

    /// A scope as the server reads it: `kind|tenant|season|person|application|token`.
    let setting: String
    private let kind: String
    private let tenant: String
    private let season: String
    private let person: String
    private let application: String
    private let token: String

    init(_ setting: String) {
        self.setting = setting
        let parts =
            setting.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            + Array(repeating: "", count: 6)
        (kind, tenant, season) = (parts[0], parts[1], parts[2])
        (person, application, token) = (parts[3], parts[4], parts[5])
    }

    /// What the service's role may do with a row in this scope; nil for a table nobody has thought of.
    func actions(on table: String, _ row: PostgreSQLRow) -> Set<Action>? {
        if Self.files.contains(table) { return file(table, row) }
        if let column = Self.persons[table] { return own(table, column, row) }
        switch table {
        case "application":
            switch kind {
            case "tenant": return isOfTenant(row) ? Self.everything : []
            case "filing":
                let own = row.hex("id") == application && row.hex("guardian") == person
                return isOfTenant(row) && own ? Self.everything : []
            case "intake": return isOfTenant(row) ? [.select, .insert] : []
            default: return []
            }
        case "round":
            switch kind {
            case "tenant": return isOfTenant(row) ? Self.everything : []
            case "filing", "intake": return isOfTenant(row) ? [.select, .insert] : []
            case "province": return Self.everything
            default: return []
            }
        case "allocation_run":
            switch kind {
            case "tenant": return isOfTenant(row) ? Self.everything : []
            case "filing", "intake": return isOfTenant(row) ? [.select] : []
            default: return []
            }
        case "counter_delta":
            switch kind {
            case "tenant": return isOfTenant(row) ? Self.everything : []
            case "filing", "intake": return isOfTenant(row) ? [.insert] : []
            case "province": return [.select]
            default: return []
            }
        case "child_claim":
            switch kind {
            case "tenant": return isOfTenant(row) ? Self.everything : []
            case "filing": return isOfTenant(row) && row.hex("application") == application ? Self.everything : []
            case "intake": return isOfTenant(row) ? [.select, .insert] : []
            default: return []
            }
        case "person_identifier": return ["sign_in", "filing", "intake"].contains(kind) ? [.select, .insert] : []
        case "session":
            switch kind {
            case "session": return row.hex("token_hash") == token ? Self.everything : []
            case "sign_in":
                let expired = (row.number("expires_at") ?? 0) < Int(Date().timeIntervalSince1970 * 1000)
                return expired ? [.select, .insert, .delete] : [.insert]
            default: return []
            }
        case "staff_grant":
            switch kind {
            case "person": return row.hex("person") == person ? [.select] : []
            case "province": return Self.everything
            default: return []
            }
        case "rate_count": return kind == "province" ? Self.everything : []
        case "audit": return kind.isEmpty ? [] : kind == "province" ? [.select, .insert] : [.insert]
        default: return nil
        }
    }

    private func isOfTenant(_ row: PostgreSQLRow) -> Bool {
        row.text("tenant") == tenant && row.number("season").map(String.init) == season
    }

    private func file(_ table: String, _ row: PostgreSQLRow) -> Set<Action> {
        switch kind {
        case "tenant": isOfTenant(row) ? Self.everything : []
        case "filing": isOfTenant(row) && row.hex("application") == application ? Self.everything : []
        case "intake": isOfTenant(row) ? [.insert] : []
        case "queue": ["job", "dead_job"].contains(table) ? [.select] : []
        default: []
        }
    }

    private func own(_ table: String, _ column: String, _ row: PostgreSQLRow) -> Set<Action> {
        let isOwn = ["person", "filing"].contains(kind) && row.hex(column) == person
        var actions = isOwn ? Self.everything : []
        let season = row.number("season").map(String.init) == season
        switch (table, kind) {
        case ("person", "sign_in"), ("person", "filing"), ("person", "intake"): actions.insert(.insert)
        case ("guardianship", "intake"), ("consent", "intake"): actions.insert(.insert)
        case ("person_application", "intake"): if isOfTenant(row) { actions.insert(.insert) }
        case ("submission_key", "intake"): if season { actions.insert(.insert) }
        // A submission uses its draft up.
        case ("draft", "intake"): if season { actions.formUnion([.select, .delete]) }
        default: break
        }
        return actions
    }
}

/// A row as PostgreSQL writes it in JSON.
struct PostgreSQLRow: @unchecked Sendable {
    let json: String
    /// Made once from text, of Foundation's immutable classes.
    private let columns: [String: Any]

    init(_ json: String) throws {
        self.json = json
        columns = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
    }

    func text(_ column: String) -> String? { columns[column] as? String }
    func number(_ column: String) -> Int? { (columns[column] as? NSNumber)?.intValue }
    /// Bytes in hexadecimal; PostgreSQL writes `\x` before them.
    func hex(_ column: String) -> String? { text(column).map { String($0.dropFirst(2)) } }
}
