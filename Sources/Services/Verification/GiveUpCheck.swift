import Enrollment
import Logging
import Storage
import Tenancy

/// Hands a check to a person that failed in every try by a defect of ours. No family waits for a program to be mended,
/// and none is turned down by it.
struct GiveUpCheck: Sendable {
    let platform: Platform
    let logger: Logger

    func callAsFunction(_ job: JobRepository.Row, cause: String) async throws {
        logger.critical(
            "a check was given up",
            metadata: ["job": "\(job.id)", "credential": "\(job.credential)", "cause": "\(cause)"])
        do { try await giveUp(job, cause: cause, deciding: true) } catch let error where !(error is CancellationError) {
            // What fails may be the decision itself.
            logger.error("an application could not be decided again", metadata: ["error": "\(errorCode(error))"])
            try await giveUp(job, cause: cause, deciding: false)
        }
        platform.changes.applicationChanged(job.application)
    }

    private func giveUp(_ job: JobRepository.Row, cause: String, deciding: Bool) async throws {
        let platform = platform
        let now = platform.clock.business()
        try await platform.database.write(.tenant(job.key.tenant, job.key.season)) { tx in
            let row = try ApplicationRepository.hold(job.application, of: job.key, in: tx)
            guard try DeadJobRepository.bury(job, cause: cause, at: platform.clock.real(), in: tx), let row else {
                return
            }
            try ClaimRepository.setStatus(
                CredentialStatus.notSupported.rawValue, differing: [], check: nil, checkedAt: nil, retryAt: nil,
                credential: job.credential, of: row.id, revision: row.revision, row.key, in: tx)
            let unanswered = try FactRepository.list(of: row.id, revision: row.revision, row.key, in: tx).filter {
                $0.source == .check && $0.credential == job.credential && $0.state.value == nil
            }
            for fact in unanswered {
                try FactRepository.put(
                    Fact(
                        key: fact.key, state: .unknown(.notSupported), source: .check, credential: job.credential,
                        asOf: now.day, fetchedAt: now), of: row.id, revision: row.revision, row.key, in: tx)
            }
            guard deciding, let tenant = platform.tenants().tenant(row.key.tenant) else { return }
            try DecideAgain(platform: platform, tenant: tenant, now: now).run(
                row, event: .checked, actor: .machine, in: tx)
        }
    }
}
