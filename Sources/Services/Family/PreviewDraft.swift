import Catchments
public import Enrollment
import Protection
import Tenancy

/// Shows what will happen if a draft is submitted: the county, the school or schools, what is checked and why.
public struct PreviewDraft: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ id: DraftID) async throws -> DraftPreview {
        let draft = try await platform.draft(id, of: viewer)
        let reading = try FilingPlan(draft: draft, viewer: viewer, platform: platform)
        return DraftPreview(
            draft: draft.view(id, guardianName: viewer.identity.name), tenant: reading.tenant,
            window: reading.tenant.policy.calendar.window(on: platform.clock.business().day),
            claimedCategory: reading.claimedDecision.category.flatMap { reading.tenant.policy.category($0) },
            catchment: reading.claimedDecision.catchment ?? .needsPerson(.placeNotCanonical), schools: reading.schools,
            checks: platform.tenants().connectors.map { connector in
                PlannedCheck(
                    connector: connector,
                    facts: reading.plan.needed.first { $0.credential == connector.credential }?.facts ?? [])
            },
            submissionKey: Hex.encode(platform.random.bytes(16)))
    }
}

/// A complete draft read against its tenant's rules: who decides, what is claimed, what has to be checked.
struct FilingPlan: Sendable {
    let tenant: Tenant
    let answers: ApplicationAnswers
    let plan: CheckPlan
    let claimedDecision: Decision
    let declared: FactSheet
    /// Schools open to the family if its claim holds, in its order where it has ranked them.
    let schools: [School]

    init(draft: Draft, viewer: Viewer, platform: Platform) throws {
        guard let relation = draft.relation, let home = draft.home,
            let community = draft.community(platform.tenants().gazetteer), community == home.community
        else { throw ServiceError.invalid([FormProblem("community", "community.unknown")]) }
        let tenant = platform.tenants().tenant(
            serving: DivisionCode(rawValue: community.division), stage: draft.stage)
        guard let tenant else { throw ServiceError.invalid([FormProblem("division", "division.not_served")]) }
        let answers = ApplicationAnswers(
            child: draft.child,
            guardian: PersonIdentity(
                name: viewer.identity.name, document: viewer.identity.document,
                birthDate: viewer.identity.document.birthDate ?? draft.child.birthDate),
            relation: relation, otherParent: draft.otherParent, stage: draft.stage,
            householdCommunity: draft.household?.community, home: home, ranking: draft.ranking,
            phone: draft.phone ?? "")
        self.init(answers: answers, tenant: tenant, at: platform.clock.business())
    }

    init(answers: ApplicationAnswers, tenant: Tenant, at now: Instant) {
        let divisions = Set(tenant.divisions)
        let claimed = answers.claimedFacts(divisions: divisions, at: now)
        let declared = answers.declaredFacts(divisions: divisions, at: now)
        let plan = planChecks(
            policy: tenant.policy, claimed: claimed, declared: declared,
            yielding: { answers.credential(yielding: $0) })
        let decision = decide(
            DecisionInput(policy: tenant.policy, catchments: tenant.catchmentPlan(answers.stage), facts: claimed))
        self.tenant = tenant
        self.answers = answers
        self.plan = plan
        self.declared = declared
        claimedDecision = decision
        schools = orderedSchools(decision.catchment?.schools ?? [], ranking: answers.ranking, tenant: tenant)
    }
}

/// Schools open to a family, first in its own order, then those it did not rank in the plan's order: a school that turns
/// out to be open is never lost because it was not on a form.
func orderedSchools(_ open: [String], ranking: [SchoolCode], tenant: Tenant) -> [School] {
    let codes = open.map { SchoolCode(rawValue: $0) }
    // A ranking that was refused for naming a school twice is kept as it was typed; here each stands once.
    let ranked = ranking.reduce(into: [SchoolCode]()) { list, code in
        if codes.contains(code), !list.contains(code) { list.append(code) }
    }
    return (ranked + codes.filter { !ranked.contains($0) }).compactMap { tenant.school($0) }
}
