import Catchments
public import Enrollment
import Storage
import Tenancy

/// An officer asks the family for something.
public struct RequestSupplement: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(
        _ viewer: Viewer, _ tenant: TenantCode, _ receipt: ReceiptNumber, note: String
    ) async throws {
        try viewer.require(.firstReviewer, in: tenant)
        var problems: [FormProblem] = []
        let text = FormReading.text(note, field: "note", code: "note.length", lengths: 2...500, into: &problems)
        guard let text else { throw ServiceError.invalid(problems) }
        let platform = platform
        try await platform.writeCase(receipt, tenant, by: viewer, action: "review.supplement") { row, tx in
            let now = platform.clock.business()
            guard row.state == .firstReview,
                try ApplicationRepository.record(
                    .supplementRequested, moving: row.id, of: row.key, from: row.state, to: .supplementRequested,
                    actor: .officer, at: now, in: tx)
            else { throw ServiceError.stateChanged(row.state) }
            let sealer = try platform.vault.sealer(of: row)
            try ReviewRepository.insert(
                .init(
                    author: "officer", sealedText: try sealer.seal(CaseNote(text: text), SealContext.note(row.id)),
                    by: viewer.person,
                    at: now), of: row.id, row.key, in: tx)
        }
    }
}

/// The first reviewer (初审) records what it found and hands the case to a second person.
public struct ReviewFirst: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// - Parameters:
    ///   - verdict: `findings`, or `coordination` where no category fits and the bureau has to place the child.
    ///   - findings: typed values by fact; an empty one leaves the fact open.
    public func callAsFunction(
        _ viewer: Viewer, _ tenant: TenantCode, _ receipt: ReceiptNumber, verdict: String,
        findings: [FactKey: String], reason: String
    ) async throws {
        try viewer.require(.firstReviewer, in: tenant)
        var problems: [FormProblem] = []
        let text = FormReading.text(reason, field: "reason", code: "reason.length", lengths: 2...500, into: &problems)
        let values = readFindings(findings, into: &problems)
        guard verdict == "findings" || verdict == "coordination" else { throw ServiceError.notFound }
        if verdict == "findings", values.isEmpty { problems.append(FormProblem("reason", "finding.none")) }
        guard problems.isEmpty, let text else { throw ServiceError.invalid(problems) }
        let platform = platform
        try await platform.writeCase(receipt, tenant, by: viewer, action: "review.first") { row, tx in
            let now = platform.clock.business()
            guard row.state == .firstReview,
                try ApplicationRepository.record(
                    .firstReviewed, moving: row.id, of: row.key, from: row.state, to: .secondReview, actor: .officer,
                    at: now, in: tx)
            else { throw ServiceError.stateChanged(row.state) }
            let sealer = try platform.vault.sealer(of: row)
            let sealedReason = try sealer.seal(text, SealContext.reason(row.id))
            for (fact, value) in values.sorted(by: { $0.key < $1.key }) {
                try ReviewRepository.insert(
                    .init(
                        id: FindingID(from: platform.random), fact: fact, value: value, sealedReason: sealedReason,
                        by: viewer.person, secondBy: nil, state: "proposed", at: now),
                    of: row.id, revision: row.revision, row.key, in: tx)
            }
            try ReviewRepository.insert(
                .init(
                    stage: ReviewView.Stage.first.rawValue, by: viewer.person, verdict: verdict,
                    sealedReason: sealedReason, at: now), of: row.id, revision: row.revision, row.key, in: tx)
        }
    }

    private func readFindings(
        _ findings: [FactKey: String], into problems: inout [FormProblem]
    ) -> [FactKey: FactValue] {
        var values: [FactKey: FactValue] = [:]
        for (key, text) in findings where !text.isEmpty {
            guard let description = FactVocabulary.description(of: key), let value = read(text, description) else {
                problems.append(FormProblem("finding.\(key)", "finding.value"))
                continue
            }
            values[key] = value
        }
        return values
    }

    private func read(_ text: String, _ description: FactDescription) -> FactValue? {
        switch description.type {
        case .flag: return text == "yes" ? .flag(true) : text == "no" ? .flag(false) : nil
        case .integer: return Int(text).flatMap { (0...1200).contains($0) ? .integer($0) : nil }
        case .date: return CivilDate(text).map { .date($0) }
        case .code:
            if !description.codes.isEmpty { return description.codes.contains(text) ? .code(text) : nil }
            guard let community = Community(canonical: text), platform.tenants().gazetteer.contains(community) else {
                return nil
            }
            return .code(text)
        }
    }
}

/// The second reviewer (复审), who is another person, signs or returns what the first one found. Only signed findings
/// count.
public struct ReviewSecond: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// - Parameter verdict: `approve` or `return`.
    public func callAsFunction(
        _ viewer: Viewer, _ tenant: TenantCode, _ receipt: ReceiptNumber, verdict: String, reason: String
    ) async throws {
        try viewer.require(.secondReviewer, in: tenant)
        var problems: [FormProblem] = []
        let text = FormReading.text(reason, field: "reason", code: "reason.length", lengths: 2...500, into: &problems)
        guard verdict == "approve" || verdict == "return" else { throw ServiceError.notFound }
        guard let text else { throw ServiceError.invalid(problems) }
        let platform = platform
        let rules = try platform.tenant(tenant)
        try await platform.writeCase(receipt, tenant, by: viewer, action: "review.second") { row, tx in
            let now = platform.clock.business()
            let reviews = try ReviewRepository.reviews(of: row.id, revision: row.revision, row.key, in: tx)
            guard row.state == .secondReview,
                let first = reviews.last(where: { $0.stage == ReviewView.Stage.first.rawValue })
            else { throw ServiceError.stateChanged(row.state) }
            guard first.by != viewer.person else { throw ServiceError.sameReviewer }
            let sealer = try platform.vault.sealer(of: row)
            try ReviewRepository.insert(
                .init(
                    stage: ReviewView.Stage.second.rawValue, by: viewer.person, verdict: verdict,
                    sealedReason: try sealer.seal(text, SealContext.reason(row.id)), at: now),
                of: row.id, revision: row.revision, row.key, in: tx)
            if verdict == "return" {
                try ReviewRepository.close(
                    as: "returned", secondBy: viewer.person, of: row.id, revision: row.revision, row.key, in: tx)
                try move(row, to: .firstReview, .returnedToFirstReview, now, tx)
                return
            }
            try sign(row, by: viewer, now, tx)
            try ApplicationRepository.setPersonAsked(false, of: row.id, row.key, in: tx)
            if first.verdict == "coordination" {
                try DecideAgain(platform: platform, tenant: rules, now: now).run(
                    row, event: nil, actor: .officer, in: tx)
                try move(row, to: .coordination, .secondReviewed, now, tx)
                return
            }
            try move(row, to: .firstReview, .secondReviewed, now, tx)
            try DecideAgain(platform: platform, tenant: rules, now: now).run(
                row.with(state: .firstReview, personAsked: false), event: nil, actor: .officer, in: tx)
        }
    }

    private func sign(_ row: ApplicationRow, by viewer: Viewer, _ now: Instant, _ tx: any Writing) throws {
        let findings = try ReviewRepository.findings(of: row.id, revision: row.revision, row.key, in: tx)
        for finding in findings where finding.state == "proposed" {
            try FactRepository.put(
                Fact(
                    key: finding.fact, state: .known(finding.value), source: .finding, credential: nil, asOf: now.day,
                    fetchedAt: now), of: row.id, revision: row.revision, row.key, in: tx)
        }
        try ReviewRepository.close(
            as: "signed", secondBy: viewer.person, of: row.id, revision: row.revision, row.key, in: tx)
    }

    private func move(
        _ row: ApplicationRow, to state: ApplicationState, _ type: ApplicationEventType, _ now: Instant,
        _ tx: any Writing
    ) throws {
        guard
            try ApplicationRepository.record(
                type, moving: row.id, of: row.key, from: row.state, to: state, actor: .officer, at: now, in: tx)
        else { throw ServiceError.stateChanged(row.state) }
    }
}
