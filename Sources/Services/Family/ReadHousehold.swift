import Enrollment
import Storage
import Tenancy

/// Reads a family's household: kept for a day, then asked again. Every query is logged for the family to see.
struct ReadHousehold: Sendable {
    let platform: Platform

    enum Answer: Sendable {
        case consentNeeded
        case household(Household)
        case none
        case unavailable
    }

    static let consentPurpose = "household_prefill"

    func callAsFunction(_ viewer: Viewer) async throws -> Answer {
        let platform = platform
        let now = platform.clock.real()
        let kept: Answer? = try await platform.database.read(.person(viewer.person)) { tx in
            guard
                try PersonRepository.hasConsented(person: viewer.person, purpose: Self.consentPurpose, in: tx)
            else { return .consentNeeded }
            guard let extract = try PersonRepository.household(of: viewer.person, in: tx),
                extract.fetchedAt.adding(.seconds(24 * 3600)) > now
            else { return nil }
            let sealer = try platform.vault.sealer(of: viewer.person, in: tx)
            return .household(try sealer.open(extract.sealed, SealContext.household(viewer.person)))
        }
        if let kept { return kept }
        return try await ask(viewer)
    }

    private func ask(_ viewer: Viewer) async throws -> Answer {
        let platform = platform
        let question = CredentialQuestion(
            credential: .household, subject: viewer.identity.document, subjectName: viewer.identity.name,
            purpose: .prefill, organisation: Self.province, operatorAccount: platform.settings.operatorAccount)
        let reply = await platform.source.ask(question)
        let now = platform.clock.real()
        let businessNow = platform.clock.business()
        let answer: Answer
        var outcome = "unavailable"
        switch reply {
        case .records(let records):
            if let household = Household(records, gazetteer: platform.tenants().gazetteer) {
                answer = .household(household)
                outcome = "confirmed"
            } else {
                answer = .none
                outcome = "not_found"
            }
        case .unavailable, .queued, .notSupported: answer = .unavailable
        }
        let logged = outcome
        try await platform.database.write(.person(viewer.person)) { tx in
            let sealer = try platform.vault.sealer(of: viewer.person, in: tx)
            if case .household(let household) = answer {
                try PersonRepository.setHousehold(
                    try sealer.seal(household, SealContext.household(viewer.person)), of: viewer.person, at: now,
                    in: tx)
            }
            try QueryLogRepository.add(
                .init(
                    credential: .household, purpose: .prefill, operatorAccount: platform.settings.operatorAccount,
                    organisation: Self.province,
                    sealedSubject: try sealer.seal(
                        viewer.identity.name, SealContext.querySubject(viewer.person)), outcome: logged, at: businessNow
                ),
                id: CheckID(from: platform.random), about: viewer.person, in: tx)
        }
        return answer
    }

    /// The province asks before a county is known.
    private static let province: TenantCode = "430000"
}

/// Records that the family lets the portal read its household.
public struct GiveHouseholdConsent: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer) async throws {
        let now = platform.clock.real()
        try await platform.database.write(.person(viewer.person)) { tx in
            try PersonRepository.addConsent(
                person: viewer.person, purpose: ReadHousehold.consentPurpose, textVersion: ConsentText.version,
                application: nil, at: now, in: tx)
        }
    }
}

/// The version of the consent texts in the message files; raised whenever their meaning changes.
enum ConsentText { static let version = "2026-1" }
