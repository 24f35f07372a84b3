/// Which credentials have to be checked for a family, and which the county's rules do not need from it.
public struct CheckPlan: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        public let credential: CredentialID
        /// Facts for which it is asked, in the order of their keys.
        public let facts: [FactKey]
    }

    public let needed: [Item]

    public func needs(_ credential: CredentialID) -> Bool { needed.contains { $0.credential == credential } }
}

/// Plans the fewest checks that can settle a family's claim: evaluates the rules as if the claim were true, takes the
/// facts that made each category what it is, and asks only for those the family's own word does not settle.
/// - Parameters:
///   - claimed: the facts the claim would give if every department confirmed it.
///   - declared: facts that stand on the family's word, being against its own interest.
///   - yielding: the credential that can tell a fact for this claim, or nil where no register can.
public func planChecks(
    policy: Policy, claimed: FactSheet, declared: FactSheet, yielding: (FactKey) -> CredentialID?
) -> CheckPlan {
    var wanted: Set<FactKey> = [.householdWithGuardian]
    for category in policy.categories {
        let trace = category.condition.evaluate(claimed)
        wanted.formUnion(trace.decisive)
        if trace.truth == .yes {
            wanted.insert(category.place)
            wanted.formUnion(category.rankKeys.map(\.fact))
            break
        }
    }
    var byCredential: [CredentialID: [FactKey]] = [:]
    for key in wanted.sorted() where declared.state(key).value == nil {
        guard let credential = yielding(key) else { continue }
        byCredential[credential, default: []].append(key)
    }
    let order = CredentialID.principal
    return CheckPlan(
        needed: byCredential.map { CheckPlan.Item(credential: $0.key, facts: $0.value) }
            .sorted { (order.firstIndex(of: $0.credential) ?? .max) < (order.firstIndex(of: $1.credential) ?? .max) })
}
