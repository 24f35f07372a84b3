import Enrollment
import Storage

/// What a queue's worker knows: whose turn it is, where in each slot it has got to, what is under way and what is done.
/// None of it is the truth: a worker that forgets all of it finds the same work again.
actor QueueDesk {
    typealias Claimed = JobRepository.Claimed

    /// A claim to be made, with what is to be acknowledged in the same transaction.
    struct Turn: Sendable {
        let key: TenantSeason
        let slot: Int
        let after: JobRepository.Place
        let limit: Int
        let done: [Claimed]
    }

    private let capacity: Int
    private var turns: DeficitRoundRobin<TenantSeason>
    private var places: [TenantSeason: [Int: JobRepository.Place]] = [:]
    private var underWay: [JobID: (job: Claimed, leaseUntil: Instant)] = [:]
    private var done: [TenantSeason: [Claimed]] = [:]
    private let signal: WorkSignal

    init(capacity: Int, quantum: Int, signal: WorkSignal) {
        self.capacity = capacity
        self.signal = signal
        turns = DeficitRoundRobin(quantum: quantum)
    }

    var free: Int { capacity - underWay.count }
    var hasTurns: Bool { !turns.isEmpty }

    /// Takes over where work is due in all tenants: those that had some keep their turns.
    func found(_ due: [JobRepository.Due]) {
        var now: [TenantSeason: [Int: JobRepository.Place]] = [:]
        for place in due {
            guard let since = place.since else { continue }
            now[place.key, default: [:]][place.slot] = .init(before: since)
        }
        for key in turns.keys where now[key] == nil { turns.remove(key) }
        for key in now.keys.sorted(by: { $0.tenant < $1.tenant }) { turns.add(key) }
        places = now
    }

    /// The next claim, of the slot whose work has waited longest; nil when nobody has work or there is no room for more.
    func turn() -> Turn? {
        guard free > 0, let (key, allowance) = turns.next(atMost: free),
            let (slot, after) = places[key]?.min(by: { $0.value < $1.value })
        else { return nil }
        return Turn(key: key, slot: slot, after: after, limit: allowance, done: done.removeValue(forKey: key) ?? [])
    }

    /// Notes what a claim gave. Fewer than asked for means that the slot has no more for now.
    func took(_ claimed: [Claimed], in turn: Turn, leaseUntil: Instant) {
        for job in claimed { underWay[job.row.id] = (job, leaseUntil) }
        let isExhausted = claimed.count < turn.limit
        if isExhausted {
            places[turn.key]?[turn.slot] = nil
        } else if let last = claimed.last {
            places[turn.key]?[turn.slot] = .init(due: last.due, id: last.row.id)
        }
        if places[turn.key]?.isEmpty ?? true {
            places[turn.key] = nil
            turns.remove(turn.key)
        } else {
            turns.serve(claimed.count, of: turn.key)
        }
    }

    /// Notes a claim that failed: what it would have acknowledged still has to be.
    func failed(_ turn: Turn) { keep(turn.done, of: turn.key) }

    func keep(_ jobs: [Claimed], of key: TenantSeason) { done[key, default: []] += jobs }

    /// Notes the end of a piece of work, and that it is to be acknowledged unless it has been put back.
    func end(_ job: Claimed, acknowledge: Bool) async {
        underWay[job.row.id] = nil
        if acknowledge { done[job.row.key, default: []].append(job) }
        // A handful at a time is worth a claim; the last one is worth one in any case.
        if underWay.isEmpty || free == max(1, capacity / 4) { await signal.raise(.room) }
    }

    /// What is done in tenants that no claim is coming for, or in all.
    func leftOver(all: Bool) -> [TenantSeason: [Claimed]] {
        let left = all ? done : done.filter { !turns.contains($0.key) }
        for key in left.keys { done[key] = nil }
        return left
    }

    /// What is under way under a lease that ends before an instant; taken as renewed until another.
    func renewing(endingBefore instant: Instant, until: Instant) -> [TenantSeason: [Claimed]] {
        var ending: [TenantSeason: [Claimed]] = [:]
        for (id, held) in underWay where held.leaseUntil < instant {
            ending[held.job.row.key, default: []].append(held.job)
            underWay[id] = (held.job, until)
        }
        return ending
    }
}

/// Wakes the worker: raised when work is added or there is room for more, or when a time is over.
actor WorkSignal {
    enum Cause: Sendable { case added, room, time }

    private var raised: Set<Cause> = []
    private var waiting: CheckedContinuation<Void, Never>?

    func raise(_ cause: Cause) {
        raised.insert(cause)
        waiting?.resume()
        waiting = nil
    }

    /// Waits until the signal is raised, was raised since the last time, or the time is over.
    /// - Returns: why, which is forgotten by that.
    func wait(atMost limit: Duration) async -> Set<Cause> {
        if raised.isEmpty, limit > .zero, !Task.isCancelled {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    // Cut short by whatever comes first; that includes the worker's own end.
                    try? await Task.sleep(for: limit)
                    await self.raise(.time)
                }
                await sleep()
                group.cancelAll()
            }
        }
        defer { raised = [] }
        return raised.subtracting([.time])
    }

    /// Whether work was added since the last time this was asked or waited for.
    func takeAdded() -> Bool { raised.remove(.added) != nil }

    private func sleep() async {
        guard raised.isEmpty else { return }
        await withCheckedContinuation { waiting = $0 }
    }
}
