import Enrollment

/// When work is looked for. A look at everything passes over what is finished and cannot be cleared away yet, which may be
/// dear; so what fell due lately is looked for by itself in between. Either takes a small part of the time at most.
struct QueueLooks {
    enum Kind { case everything, lately }

    private let settings: QueueWorker.Settings
    private var lastAtEverything: (at: ContinuousClock.Instant, cost: Duration)?
    private var last: (at: ContinuousClock.Instant, cost: Duration)?
    private var wasAdded = false
    private var next: Instant?

    init(settings: QueueWorker.Settings) { self.settings = settings }

    mutating func workWasAdded() { wasAdded = true }

    /// What is to be looked for now, if anything.
    /// - Parameter isIdle: whether nothing is known that could be done instead.
    func due(isIdle: Bool) -> Kind? {
        guard let lastAtEverything, let last else { return .everything }
        let now = ContinuousClock.now
        if now - lastAtEverything.at >= max(settings.poll * 5, lastAtEverything.cost * 100) { return .everything }
        return now - last.at >= rest(after: last.cost, isIdle: isIdle) ? .lately : nil
    }

    private func rest(after cost: Duration, isIdle: Bool) -> Duration {
        isIdle ? cost * 4 : max(wasAdded ? .milliseconds(50) : settings.poll, cost * 25)
    }

    /// - Parameter next: when the next work will be due, where that was asked.
    mutating func looked(_ kind: Kind, next: Instant?, took cost: Duration) {
        last = (.now, cost)
        if kind == .everything {
            lastAtEverything = (.now, cost)
            self.next = next
        }
        wasAdded = false
    }

    /// How long there is nothing to look for.
    func pause(isIdle: Bool, at now: Instant) -> Duration {
        guard let last else { return .zero }
        let rest = rest(after: last.cost, isIdle: isIdle)
        guard isIdle else { return max(.milliseconds(1), rest - (.now - last.at)) }
        if wasAdded { return rest }
        let untilDue = next.map { Duration.milliseconds($0.milliseconds - now.milliseconds) }.flatMap {
            $0 > .zero ? $0 : nil
        }
        return max(min(untilDue ?? settings.poll, settings.poll), rest)
    }
}
