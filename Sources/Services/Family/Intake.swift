import Enrollment
import Storage
import Synchronization
import Tenancy

/// Work that goes on when whoever began it has left; Assembly says how.
public struct Background: Sendable {
    let run: @Sendable (@escaping @Sendable () async -> Void) -> Void

    public init(_ run: @escaping @Sendable (@escaping @Sendable () async -> Void) -> Void) { self.run = run }
}

/// How much intake takes on.
public struct IntakeLimits: Sendable {
    /// Submissions that may wait; one more is asked to come back.
    public let waiting: Int
    /// Submissions in one transaction.
    public let batch: Int
    /// How many a tenant has at once when it is its turn: a tenant's are written together, which costs the less for each
    /// the more there are.
    public let turn: Int
    /// Transactions at once.
    public let lanes: Int

    public init(waiting: Int = 2000, batch: Int = 256, turn: Int = 16, lanes: Int = 2) {
        self.waiting = waiting
        self.batch = batch
        self.turn = turn
        self.lanes = lanes
    }
}

/// Takes in new submissions together: those that arrive while others are being written to disk go to disk in the next
/// transaction, sorted by tenant. A tenant with many waiting takes turns with the others, a few at a time. Order gives
/// nothing: submission time has no value.
final class Intake: Sendable {
    private struct Waiting {
        let submission: NewSubmission
        let answer: CheckedContinuation<IntakeOutcome, any Error>
    }

    private struct State {
        var byTenant: [TenantCode: [Waiting]] = [:]
        var turns: [TenantCode] = []
        var count = 0
        var busyLanes = 0
    }

    private let limits: IntakeLimits
    private let background: Background
    private let state = Mutex(State())

    init(limits: IntakeLimits, background: Background) {
        self.limits = limits
        self.background = background
    }

    /// Submissions that wait for a transaction.
    var waiting: Int { state.withLock(\.count) }

    /// Returns when the submission is on disk.
    /// - Throws: ``ServiceError/overloaded(retryAfterSeconds:)`` when too many wait already; nothing was taken in then.
    func take(_ submission: NewSubmission, platform: Platform) async throws -> IntakeOutcome {
        try await withCheckedThrowingContinuation { answer in
            enum Next { case wait, begin, refuse }
            let next: Next = state.withLock { state in
                guard state.count < limits.waiting else { return .refuse }
                let tenant = submission.tenant.code
                if state.byTenant[tenant] == nil { state.turns.append(tenant) }
                state.byTenant[tenant, default: []].append(Waiting(submission: submission, answer: answer))
                state.count += 1
                guard state.busyLanes < limits.lanes else { return .wait }
                state.busyLanes += 1
                return .begin
            }
            switch next {
            case .wait: break
            case .begin: background.run { [self] in await work(platform) }
            case .refuse: answer.resume(throwing: ServiceError.overloaded(retryAfterSeconds: 3))
            }
        }
    }

    private func work(_ platform: Platform) async {
        while let batch = next() { await commit(batch, platform) }
    }

    /// The next batch, grouped by tenant in the order of their codes; nil, and one lane fewer, when nobody waits.
    private func next() -> [[Waiting]]? {
        state.withLock { state in
            guard state.count > 0 else {
                state.busyLanes -= 1
                return nil
            }
            var taken: [TenantCode: [Waiting]] = [:]
            var left = min(limits.batch, state.count)
            state.count -= left
            while left > 0 {
                let tenant = state.turns.removeFirst()
                let waiting = state.byTenant.removeValue(forKey: tenant) ?? []
                let served = waiting.prefix(min(limits.turn, left))
                taken[tenant, default: []] += served
                left -= served.count
                if served.count < waiting.count {
                    state.byTenant[tenant] = Array(waiting.dropFirst(served.count))
                    state.turns.append(tenant)
                }
            }
            return taken.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func commit(_ groups: [[Waiting]], _ platform: Platform, isSecond: Bool = false) async {
        let submissions = groups.map { $0.map(\.submission) }
        do {
            let scope = Scope.intake(submissions[0][0].tenant.code, platform.season)
            let outcomes = try await platform.database.write(scope) { tx in
                try IntakeTransaction(platform: platform).write(submissions, in: tx)
            }
            for (group, results) in zip(groups, outcomes) {
                for (waiting, outcome) in zip(group, results) { waiting.answer.resume(returning: outcome) }
            }
        } catch {
            let all = groups.flatMap { $0 }
            if error as? StorageError == .busy, !isSecond {
                // Two processes met in one child from two sides; nothing was written.
                await commit(groups, platform, isSecond: true)
            } else if all.count > 1, Self.isOneOfThem(error) {
                // One of them broke the transaction for all. Nothing was written, and each now stands for itself.
                for waiting in all { await commit([[waiting]], platform) }
            } else {
                for waiting in all { waiting.answer.resume(throwing: error) }
            }
        }
    }

    /// Whether an error comes of what was written rather than of the database.
    private static func isOneOfThem(_ error: any Error) -> Bool {
        guard let error = error as? StorageError else { return true }
        return error.retry == .useless
    }
}
