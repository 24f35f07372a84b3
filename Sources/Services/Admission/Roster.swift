import Catchments
import Enrollment
import Protection
import Storage
import Tenancy

/// Everybody who takes part in a round, as the rules put them, before numbers are drawn.
struct Roster: Sendable {
    struct Entry: Sendable {
        let application: ApplicationID
        let ticket: String
        let twinGroup: [UInt8]
        let category: CategoryID
        let ordinal: Int
        let rankKeys: [Int]
        let choices: [SchoolCode]
        let provisional: Bool
    }

    let entries: [Entry]
    /// Applications that no catchment gives a school: the bureau places them.
    let coordination: [ApplicationID]

    /// Reads a tenant's roster from its applications. Unresolved applications enter provisionally, in the category their claim would give.
    static func read(
        _ applications: [ApplicationRow], _ tenant: Tenant, _ key: TenantSeason, platform: Platform, in tx: any Reading
    ) throws -> Roster {
        let decisions = try DecisionRepository.latest(of: key, in: tx)
        var entries: [Entry] = []
        var coordination: [ApplicationID] = []
        for row in applications {
            guard row.state == .qualified || row.state.isUnresolved else { continue }
            let ranking = try ApplicationRepository.choices(of: row.id, revision: row.revision, key, in: tx)
            let reading =
                row.state == .qualified
                ? decisions[row.id].flatMap { stored in
                    stored.category.map { (category: $0, schools: stored.schools, rankKeys: stored.rankKeys) }
                }
                : try provisional(row, tenant, platform, tx)
            guard let reading, let category = tenant.policy.category(reading.category),
                let ordinal = tenant.policy.ordinal(of: reading.category), category.seat == .catchment,
                !reading.schools.isEmpty
            else {
                coordination.append(row.id)
                continue
            }
            entries.append(
                Entry(
                    application: row.id, ticket: row.ticket, twinGroup: row.twinGroup, category: reading.category,
                    ordinal: ordinal, rankKeys: reading.rankKeys,
                    choices: orderedSchools(reading.schools.map(\.rawValue), ranking: ranking, tenant: tenant)
                        .map(\.code), provisional: row.state != .qualified))
        }
        return Roster(entries: entries.sorted { $0.ticket < $1.ticket }, coordination: coordination)
    }

    /// What the claim would give: known facts stand, and each unknown one is taken as the family claims it. Never lower.
    private static func provisional(
        _ row: ApplicationRow, _ tenant: Tenant, _ platform: Platform, _ tx: any Reading
    ) throws -> (category: CategoryID, schools: [SchoolCode], rankKeys: [Int])? {
        let answers = try platform.answers(of: row, in: tx)
        var facts = FactSheet(try FactRepository.list(of: row.id, revision: row.revision, row.key, in: tx))
        let claimed = answers.claimedFacts(divisions: Set(tenant.divisions), at: row.submittedAt)
        for fact in claimed.all where facts.state(fact.key).value == nil {
            if let value = fact.state.value { facts = facts.replacing(fact.key, with: value) }
        }
        let decision = decide(
            DecisionInput(policy: tenant.policy, catchments: tenant.catchmentPlan(row.stage), facts: facts))
        guard let category = decision.category else { return nil }
        let schools = (decision.catchment?.schools ?? []).map { SchoolCode(rawValue: $0) }
        return (category, schools, decision.rankKeys)
    }

    /// Draws: each child's number follows from the seed and its ticket; twins in one category share the number of the
    /// smaller ticket, and so stand next to each other.
    func draw(seed: [UInt8]) -> [AdmissionRepository.RosterEntry] {
        var groupTicket: [[UInt8]: String] = [:]
        for entry in entries {
            groupTicket[entry.twinGroup] = min(groupTicket[entry.twinGroup] ?? entry.ticket, entry.ticket)
        }
        return entries.map { entry in
            let number = DrawNumber(seed: seed, ticket: groupTicket[entry.twinGroup] ?? entry.ticket)
            return AdmissionRepository.RosterEntry(
                candidate: Candidate(
                    application: entry.application, ticket: entry.ticket, category: entry.ordinal,
                    rankKeys: entry.rankKeys, drawNumber: number, choices: entry.choices), category: entry.category,
                provisional: entry.provisional)
        }
    }

    /// Merkle root over the roster in the order of tickets, hexadecimal.
    var root: String {
        let leaves = entries.map { entry in
            Array(
                ([entry.ticket, entry.category.rawValue, entry.rankKeys.map(String.init).joined(separator: ",")]
                    + entry.choices.map(\.rawValue)).joined(separator: "|").utf8)
        }
        return Hex.encode(MerkleTree(leaves: leaves).root)
    }
}
