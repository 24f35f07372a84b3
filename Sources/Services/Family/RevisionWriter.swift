import Enrollment
import Storage
import Tenancy

/// Writes a revision: sealed answers, choices, claims with the work that checks them, declared facts, first decision.
struct RevisionWriter: Sendable {
    let platform: Platform
    let tenant: Tenant
    let now: Instant

    /// - Parameter keeping: credentials whose claim is the same as in the revision before; their checks, facts and
    ///   pending work are carried over and nobody is asked again.
    func write(
        _ filing: FilingPlan, number: Int, of row: ApplicationRow, by person: PersonID,
        keeping: Set<CredentialID> = [], in tx: any Writing
    ) throws {
        let key = row.key
        let sealer = try platform.vault.sealer(of: row)
        try ApplicationRepository.insert(
            revision: RevisionRow(
                number: number, sealedAnswers: try sealer.seal(filing.answers, SealContext.answers(row.id)),
                by: person, at: now),
            choices: filing.schools.map(\.code), of: row.id, key, in: tx)
        for fact in filing.declared.all {
            try FactRepository.put(fact, of: row.id, revision: number, key, in: tx)
        }
        let kept = keeping.intersection(filing.plan.needed.map(\.credential))
        if number > 1, !kept.isEmpty {
            try CarryOver.claims(kept.sorted(), from: number - 1, to: number, of: row.id, key, in: tx)
        }
        for item in filing.plan.needed where !kept.contains(item.credential) {
            try ask(item, filing.answers.claim(item), number, row, sealer, tx)
        }
        try DecideAgain(platform: platform, tenant: tenant, now: now).run(
            row.with(revision: number, state: .verifying), event: nil, actor: .machine, in: tx)
    }

    private func ask(
        _ item: CheckPlan.Item, _ claim: CredentialClaim, _ number: Int, _ row: ApplicationRow, _ sealer: PersonSealer,
        _ tx: any Writing
    ) throws {
        let asked = try asking(item, claim, number, row.key, row.id, sealer)
        try ClaimRepository.insert(asked.claim, of: row.id, revision: number, row.key, in: tx)
        for fact in asked.facts { try FactRepository.put(fact, of: row.id, revision: number, row.key, in: tx) }
        try JobRepository.enqueue(asked.job, due: platform.clock.real(), in: tx)
    }

    /// A claim that is to be checked, the facts that wait for it, and the work of checking it.
    func asking(
        _ item: CheckPlan.Item, _ claim: CredentialClaim, _ number: Int, _ key: TenantSeason, _ id: ApplicationID,
        _ sealer: PersonSealer
    ) throws -> (claim: ClaimRepository.Row, facts: [Fact], job: JobRepository.Row) {
        let connector = platform.tenants().connectors.first { $0.credential == item.credential }
        return (
            claim: .init(
                credential: item.credential,
                sealedClaim: try sealer.seal(claim, SealContext.claim(id, item.credential)),
                status: CredentialStatus.waiting.rawValue,
                answerBy: now.adding(.seconds(Int64(connector?.answerHours ?? 24) * 3600))),
            facts: item.facts.map {
                Fact(
                    key: $0, state: .unknown(.waiting), source: .check, credential: item.credential, asOf: now.day,
                    fetchedAt: now)
            },
            job: .init(
                key: key, id: JobID(from: platform.random), application: id, revision: number,
                credential: item.credential, attempts: 0)
        )
    }
}

extension ApplicationRow {
    /// The row as it is once a transaction has changed these.
    func with(revision: Int? = nil, state: ApplicationState? = nil, personAsked: Bool? = nil) -> ApplicationRow {
        ApplicationRow(
            key: key, id: id, receipt: receipt, child: child, guardian: guardian, stage: stage,
            state: state ?? self.state, stateSince: stateSince, revision: revision ?? self.revision, ticket: ticket,
            twinGroup: twinGroup, personAsked: personAsked ?? self.personAsked, submittedAt: submittedAt,
            dataKey: dataKey, keySubject: keySubject, settledAt: revision == nil ? settledAt : nil,
            departmentMilliseconds: revision == nil ? departmentMilliseconds : nil, category: category)
    }
}
