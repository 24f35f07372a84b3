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

    /// Room that is left open until so much of it is free is worth a claim only after a moment.
    private static let moment = Duration.milliseconds(20)
    private let capacity: Int
    private var turns: DeficitRoundRobin<TenantSeason>
    private var places: [TenantSeason: [Int: JobRepository.Place]] = [:]
    private var underWay: [JobID: (job: Claimed, leaseUntil: Instant)] = [:]
    private var done: [TenantSeason: [Claimed]] = [:]
    /// Claims that are being made: at most one of a tenant's.
    private var claiming: [TenantSeason: Int] = [:]
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isWakeComing = false
    private var isClosed = false
    private let signal: WorkSignal

    init(capacity: Int, quantum: Int, signal: WorkSignal) {
        self.capacity = capacity
        self.signal = signal
        turns = DeficitRoundRobin(quantum: quantum)
    }

    var free: Int { capacity - underWay.count - claiming.values.reduce(0, +) }
    /// Whether something is known that could be claimed, or is being claimed.
    var isIdle: Bool { turns.isEmpty && claiming.isEmpty }

    /// Takes over where work is due in all tenants: those that had some keep their turns.
    func found(_ due: [JobRepository.Due]) {
        places = [:]
        note(due)
        for key in turns.keys where places[key] == nil { turns.remove(key) }
        wake()
    }

    /// Takes over where work fell due lately, beside what is known.
    func foundMore(_ due: [JobRepository.Due]) {
        note(due)
        wake()
    }

    private func note(_ due: [JobRepository.Due]) {
        for place in due.sorted(by: { $0.key.tenant < $1.key.tenant }) {
            guard let since = place.since else { continue }
            let start = JobRepository.Place(before: since)
            places[place.key, default: [:]][place.slot] = min(start, places[place.key]?[place.slot] ?? start)
            turns.add(place.key)
        }
    }

    /// The next claim, of the slot whose work has waited longest; waits while nobody has work or there is no room for
    /// more. Nil when the desk was closed. To be followed by ``took(_:in:leaseUntil:)`` or ``failed(_:)``.
    func nextTurn() async -> Turn? {
        while !isClosed {
            if let turn = turn() { return turn }
            await withCheckedContinuation { waiting.append($0) }
        }
        return nil
    }

    private func turn() -> Turn? {
        guard free > 0, let (key, allowance) = turns.next(atMost: free, except: Set(claiming.keys)),
            let (slot, after) = places[key]?.min(by: { $0.value < $1.value })
        else { return nil }
        claiming[key] = allowance
        return Turn(key: key, slot: slot, after: after, limit: allowance, done: done.removeValue(forKey: key) ?? [])
    }

    /// Nobody gets a turn any more.
    func close() {
        isClosed = true
        wake()
    }

    private func wake() {
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    private func wakeSoon() async {
        // A sleep cut short is a wake a little earlier.
        try? await Task.sleep(for: Self.moment)
        isWakeComing = false
        wake()
    }

    /// Notes what a claim gave. Fewer than asked for means that the slot has no more for now.
    func took(_ claimed: [Claimed], in turn: Turn, leaseUntil: Instant) {
        claiming[turn.key] = nil
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
        wake()
    }

    /// Notes a claim that failed: what it would have acknowledged still has to be.
    func failed(_ turn: Turn) {
        claiming[turn.key] = nil
        done[turn.key, default: []] += turn.done
        wake()
    }

    /// Notes the end of a piece of work, and that it is to be acknowledged unless it has been put back.
    func end(_ job: Claimed, acknowledge: Bool) async {
        underWay[job.row.id] = nil
        if acknowledge { done[job.row.key, default: []].append(job) }
        // A handful at a time is worth a claim; the last one is worth one in any case.
        if underWay.isEmpty || free >= max(1, capacity / 4) {
            wake()
        } else if !waiting.isEmpty, !isWakeComing {
            isWakeComing = true
            Task { await wakeSoon() }
        }
        // What is done is acknowledged when nothing more comes for it to go along with.
        if underWay.isEmpty, isIdle { await signal.raise(.done) }
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

/// Wakes who looks for work: raised when work is added or all of it is done, or when a time is over.
actor WorkSignal {
    enum Cause: Sendable { case added, done, time }

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
