import Enrollment
import Foundation
import Logging
import Protection
import Storage
import Tenancy

/// Asks the departments about one claim and records what they say. Asking happens outside any transaction; a reply that
/// comes after an edit or a withdrawal changes nothing.
struct CheckCredential: Sendable {
    let platform: Platform
    let logger: Logger

    /// Work that was done before, or that nobody needs any more, is done.
    @discardableResult
    func callAsFunction(_ job: JobRepository.Row) async throws -> QueueWorker.Outcome {
        guard let work = try await load(job) else { return .done }
        let askedAt = platform.clock.real()
        let replies = await ask(work)
        let answeredAt = platform.clock.real()
        let context = VerificationContext(
            divisions: Set(work.tenant.divisions), monthsReference: work.tenant.policy.referenceDates.months,
            today: platform.clock.business().day, gazetteer: platform.tenants().gazetteer, answers: work.answers)
        let reading = readReplies(replies, to: work.claim, in: context)
        if case .unavailable(let cause) = reading.outcome {
            logger.notice(
                "department unavailable",
                metadata: [
                    "credential": "\(job.credential)", "cause": "\(cause.rawValue)", "attempt": "\(job.attempts + 1)",
                ])
        }
        let outcome = try await record(reading, of: work, job, askedAt: askedAt, answeredAt: answeredAt)
        platform.changes.applicationChanged(job.application)
        return outcome
    }

    private struct Work: Sendable {
        let tenant: Tenant
        let guardian: PersonID
        let answers: ApplicationAnswers
        let claim: CredentialClaim
    }

    private func load(_ job: JobRepository.Row) async throws -> Work? {
        let platform = platform
        return try await platform.database.read(.tenant(job.key.tenant, job.key.season)) { tx in
            guard let row = try ApplicationRepository.find(job.application, of: job.key, in: tx),
                // As it is now: a repair may have carried the work over to its revision since a worker took it.
                let current = try JobRepository.find(job.id, of: job.application, job.key, in: tx),
                current.revision == row.revision,
                row.state != .withdrawn,
                let tenant = platform.tenants().tenant(job.key.tenant),
                let claimed = try ClaimRepository.list(
                    of: row.id, revision: row.revision, row.key, in: tx
                ).first(where: { $0.credential == job.credential }), Self.waiting.contains(claimed.status)
            else { return nil }
            let sealer = try platform.vault.sealer(of: row)
            return Work(
                tenant: tenant, guardian: row.guardian, answers: try platform.answers(of: row, in: tx),
                claim: try sealer.open(claimed.sealedClaim, SealContext.claim(row.id, job.credential)))
        }
    }

    private func ask(_ work: Work) async -> [SourceReply] {
        let questions = work.claim.subjects.map { subject in
            CredentialQuestion(
                credential: work.claim.credential, subject: subject.document, subjectName: subject.name,
                purpose: .enrollment, organisation: work.tenant.code,
                operatorAccount: platform.settings.operatorAccount)
        }
        let limit = Self.limit(platform.tenants().connector(work.claim.credential))
        return await withTaskGroup(of: (Int, SourceReply).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask { (index, await answer(question, within: limit)) }
            }
            var replies = [SourceReply?](repeating: nil, count: questions.count)
            for await (index, reply) in group { replies[index] = reply }
            return replies.compactMap(\.self)
        }
    }

    /// What a source says; one that says nothing is silent in time, so that it holds no place in the queue for ever.
    private func answer(_ question: CredentialQuestion, within limit: Duration) async -> SourceReply {
        await withTaskGroup(of: SourceReply.self) { group in
            group.addTask { await platform.source.ask(question) }
            group.addTask {
                // Cut short by the answer, which then comes first.
                try? await Task.sleep(for: limit)
                return .unavailable(.timeout)
            }
            defer { group.cancelAll() }
            return await group.next() ?? .unavailable(.timeout)
        }
    }

    /// The transport keeps the deadline of each call, of which a question may need several; this is what is left when it
    /// does not. Shorter than a lease.
    private static func limit(_ connector: Connector?) -> Duration {
        min(.milliseconds((connector?.deadlineMilliseconds ?? 5000) * 4), .seconds(45))
    }

    private func record(
        _ reading: CheckReading, of work: Work, _ job: JobRepository.Row, askedAt: Instant, answeredAt: Instant
    ) async throws -> QueueWorker.Outcome {
        let platform = platform
        let businessNow = platform.clock.business()
        let pause = Self.pause(attempt: job.attempts, first: platform.settings.firstRetryPause, random: platform.random)
        // The guardian's scope, because the guardian is told who asked; two answers about one application take turns.
        let scope = Scope.filing(work.guardian, job.key.tenant, job.key.season, job.application)
        return try await platform.database.write(scope) { tx in
            guard let row = try ApplicationRepository.hold(job.application, of: job.key, in: tx),
                let current = try JobRepository.find(job.id, of: job.application, job.key, in: tx),
                current.revision == row.revision,
                row.state != .withdrawn,
                // Whoever did this before may have died before the work was acknowledged.
                try Self.claims(row, tx).contains(where: {
                    $0.credential == job.credential && Self.waiting.contains($0.status)
                })
            else { return .done }
            let sealer = try platform.vault.sealer(of: row)
            let check = CheckID(from: platform.random)
            let connector = platform.tenants().connectors.first { $0.credential == job.credential }
            try CheckRepository.insert(
                .init(
                    id: check, credential: job.credential, revision: row.revision,
                    questionHash: Self.questionHash(work.claim, platform.vault), outcome: reading.outcome.code,
                    sealedRecords: reading.records.isEmpty
                        ? nil : try sealer.seal(reading.records, SealContext.records(check)),
                    attempt: current.attempts + 1, askedAt: askedAt, answeredAt: answeredAt,
                    validUntil: answeredAt.adding(.seconds(Int64(connector?.validHours ?? 24) * 3600))),
                of: row.id, row.key, in: tx)
            try logQueries(work, reading, row, at: businessNow, tx)
            try ClaimRepository.setStatus(
                Self.status(reading.outcome).rawValue, differing: Self.differing(reading.outcome), check: check,
                checkedAt: businessNow, retryAt: reading.outcome.isWaiting ? businessNow.adding(pause) : nil,
                credential: job.credential, of: row.id, revision: row.revision, row.key, in: tx)
            // What was asked for and is not in an answer that came is for a person, not for more waiting.
            var states = reading.facts
            for key in work.claim.facts where states[key] == nil { states[key] = .unknown(.notSupported) }
            for (key, state) in states {
                try FactRepository.put(
                    Fact(
                        key: key, state: state, source: .check, credential: job.credential, asOf: businessNow.day,
                        fetchedAt: businessNow), of: row.id, revision: row.revision, row.key, in: tx)
            }
            if reading.outcome.isWaiting {
                // Work is due by real time, also where the page's clock is a demonstration's.
                try JobRepository.postpone(
                    job.id, of: job.application, job.key, until: platform.clock.real().adding(pause), in: tx)
            }
            let state = try DecideAgain(platform: platform, tenant: work.tenant, now: businessNow).run(
                row, event: .checked, actor: .machine, in: tx)
            let departments = max(row.departmentMilliseconds ?? 0, Int(answeredAt.milliseconds - askedAt.milliseconds))
            let isSettled = try state == .qualified || !Self.asksMore(row, tx)
            let settled = row.settledAt ?? (isSettled ? businessNow : nil)
            try ApplicationRepository.setSettled(
                at: settled, departmentMilliseconds: row.settledAt == nil ? departments : row.departmentMilliseconds,
                of: row.id, row.key, in: tx)
            return reading.outcome.isWaiting ? .putBack : .done
        }
    }

    /// Statuses of claims that wait for a source.
    private static let waiting: Set<String> = Set(
        [CredentialStatus.waiting, .queued, .sourceDown].map(\.rawValue))

    private static func claims(_ row: ApplicationRow, _ tx: any Reading) throws -> [ClaimRepository.Row] {
        try ClaimRepository.list(of: row.id, revision: row.revision, row.key, in: tx)
    }

    /// Whether some source still has to answer about this revision.
    private static func asksMore(_ row: ApplicationRow, _ tx: any Reading) throws -> Bool {
        try claims(row, tx).contains { waiting.contains($0.status) }
    }

    private func logQueries(
        _ work: Work, _ reading: CheckReading, _ row: ApplicationRow, at now: Instant, _ tx: any Writing
    ) throws {
        let guardian = try platform.vault.sealer(of: row.guardian, in: tx)
        for subject in work.claim.subjects {
            try QueryLogRepository.add(
                .init(
                    credential: work.claim.credential, purpose: .enrollment,
                    operatorAccount: platform.settings.operatorAccount, organisation: row.key.tenant,
                    sealedSubject: try guardian.seal(subject.name, SealContext.querySubject(row.guardian)),
                    outcome: reading.outcome.code, at: now), id: CheckID(from: platform.random), about: row.guardian,
                in: tx)
        }
    }

    private static func questionHash(_ claim: CredentialClaim, _ vault: Vault) -> [UInt8] {
        vault.lookupHash(
            "question", "\(claim.credential)|" + claim.subjects.map(\.document.number).joined(separator: "|"))
    }

    static func status(_ outcome: CheckOutcome) -> CredentialStatus {
        switch outcome {
        case .confirmed: .confirmed
        case .refuted: .differs
        case .notFound: .notFound
        case .multiple: .multiple
        case .unavailable: .sourceDown
        case .notSupported: .notSupported
        case .queued: .queued
        case .expired: .expired
        }
    }

    private static func differing(_ outcome: CheckOutcome) -> [FieldName] {
        if case .refuted(let fields) = outcome { return fields }
        return []
    }

    /// Doubles with each attempt up to five minutes, with up to a quarter more by chance, so that families who failed
    /// together do not come back together.
    private static func pause(attempt: Int, first: Duration, random: RandomSource) -> Duration {
        let doubled = min(first * (1 << min(attempt, 10)), .seconds(300))
        return doubled + doubled * Int(random.bytes(1).first ?? 0) / 1024
    }
}
