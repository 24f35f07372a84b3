public import Enrollment
import Storage
import Tenancy

/// Repairs one field of a claim: a new revision in which only that credential is asked again.
public struct RepairCredential: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(
        _ viewer: Viewer, _ receipt: ReceiptNumber, _ credential: CredentialID, _ form: HomeForm
    ) async throws {
        let platform = platform
        try await platform.writeOwn(receipt, viewer, action: "application.repair") { row, tx in
            let file = try ApplicationFile.open(row, platform: platform, in: tx)
            guard let claim = file.claims.first(where: { $0.row.credential == credential }), claim.isRepairable else {
                throw ServiceError.notFound
            }
            guard row.state.isUnresolved, claim.isDisputed || claim.status == .person else {
                throw ServiceError.stateChanged(row.state)
            }
            let answers = file.answers
            let home = try SaveHome.read(
                form, kind: answers.home.kind, community: answers.home.community, address: answers.home.address,
                guardian: ClaimSubject(name: answers.guardian.name, document: answers.guardian.document),
                otherParent: answers.otherParent,
                child: ClaimSubject(name: answers.child.name, document: answers.child.document))
            try NextRevision(platform: platform, viewer: viewer, file: file).write(
                answers.replacing(home: home), askingAgain: [credential], event: .repaired, in: tx)
        }
    }
}

/// Writes a revision that differs in one place from the one before.
struct NextRevision: Sendable {
    let platform: Platform
    let viewer: Viewer
    let file: ApplicationFile

    func write(
        _ answers: ApplicationAnswers, askingAgain: Set<CredentialID>, event: ApplicationEventType, in tx: any Writing
    ) throws {
        let row = file.row
        let now = platform.clock.business()
        let filing = FilingPlan(answers: answers, tenant: file.tenant, at: now)
        let former = Set(file.claims.map(\.row.credential))
        let keeping = former.subtracting(askingAgain)
        guard
            try ApplicationRepository.record(
                event, moving: row.id, of: row.key, from: row.state, to: .verifying, actor: .family, at: now, in: tx)
        else { throw ServiceError.stateChanged(row.state) }
        for credential in askingAgain.union(former.subtracting(filing.plan.needed.map(\.credential))) {
            try JobRepository.cancel(of: row.id, credential: credential, row.key, in: tx)
        }
        try ApplicationRepository.setPersonAsked(false, of: row.id, row.key, in: tx)
        try CarryOver.findings(
            from: row.revision, to: row.revision + 1, except: changedFacts(answers, askingAgain), of: row.id, row.key,
            in: tx)
        try RevisionWriter(platform: platform, tenant: file.tenant, now: now).write(
            filing, number: row.revision + 1, of: row.with(personAsked: false), by: viewer.person, keeping: keeping,
            in: tx)
        for item in filing.plan.needed where askingAgain.contains(item.credential) {
            try PersonRepository.addConsent(
                person: viewer.person, purpose: "enrollment.\(item.credential)", textVersion: ConsentText.version,
                application: row.id, at: now, in: tx)
        }
    }
    /// Facts that findings no longer speak of: what is asked again, and with another home whatever is about the home.
    private func changedFacts(_ answers: ApplicationAnswers, _ askingAgain: Set<CredentialID>) -> [FactKey] {
        FactVocabulary.all.map(\.key).filter { key in
            if let credential = answers.credential(yielding: key), askingAgain.contains(credential) { return true }
            let isAboutHome = key.rawValue.hasPrefix("home.") || key == .parentsOwnNoHome
            return isAboutHome && answers.home != file.answers.home
        }
    }
}
