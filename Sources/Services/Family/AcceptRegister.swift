public import Enrollment
import Storage

/// The family accepts what a register says: the claim becomes false by its own word, and nobody else's.
public struct AcceptRegister: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(
        _ viewer: Viewer, _ receipt: ReceiptNumber, _ credential: CredentialID
    ) async throws {
        let platform = platform
        try await platform.writeOwn(receipt, viewer, action: "application.accept_register") { row, tx in
            let file = try ApplicationFile.open(row, platform: platform, in: tx)
            guard let claim = file.claims.first(where: { $0.row.credential == credential }),
                credential != .household
            else { throw ServiceError.notFound }
            guard row.state.isUnresolved, claim.isDisputed else { throw ServiceError.stateChanged(row.state) }
            if claim.isRepairable {
                // Without title or contract the family lives in its home by other right: the rules are asked anew, and
                // so are the registers that this needs.
                let home = file.answers.home
                let rented = HomeAnswer(kind: .rented, community: home.community, address: home.address)
                try NextRevision(platform: platform, viewer: viewer, file: file).write(
                    file.answers.replacing(home: rented),
                    askingAgain: [.realEstateTitle, .purchaseContract], event: .registerAccepted, in: tx)
                return
            }
            let now = platform.clock.business()
            for (key, value) in Self.accepted(claim.claim) {
                try FactRepository.put(
                    Fact(
                        key: key, state: .known(value), source: .acceptance, credential: credential, asOf: now.day,
                        fetchedAt: now), of: row.id, revision: row.revision, row.key, in: tx)
            }
            try ClaimRepository.setStatus(
                CredentialStatus.accepted.rawValue, differing: [], check: nil, checkedAt: nil, retryAt: nil,
                credential: credential, of: row.id, revision: row.revision, row.key, in: tx)
            try DecideAgain(platform: platform, tenant: file.tenant, now: now).run(
                row, event: .registerAccepted, actor: .family, in: tx)
        }
    }

    /// What the claim's facts are once the register is right.
    private static func accepted(_ claim: CredentialClaim) -> [FactKey: FactValue] {
        var values: [FactKey: FactValue] = [:]
        for key in claim.facts {
            switch FactVocabulary.description(of: key)?.type {
            case .flag: values[key] = .flag(false)
            case .integer: values[key] = .integer(0)
            case .code, .date, nil: continue
            }
        }
        return values
    }
}
