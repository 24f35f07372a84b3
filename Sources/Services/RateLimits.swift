import Enrollment
import Storage
import Synchronization

/// How often one person may send a form in a minute, whichever process takes it.
///
/// Each process counts for itself and once a second adds its counts to the database's and learns the others': no request
/// waits for it, and what a burst over several processes can exceed the limit by is what it sends within that second.
public final class RateLimits: Sendable {
    /// Forms a family may send in a minute: far more than anybody can fill in, far fewer than a program would try.
    public static let formsAMinute = 120
    private static let stretchMilliseconds: Int64 = 60_000

    private struct State {
        var stretch: Int64 = 0
        /// Counted here and not in the database yet.
        var fresh: [[UInt8]: Int] = [:]
        /// What the database knew last, with what is fresh.
        var totals: [[UInt8]: Int] = [:]
    }

    private let state = Mutex(State())

    init() {}

    /// Counts one form.
    /// - Throws: ``ServiceError/tooMany(retryAfterSeconds:)`` when the person has sent as many in this minute.
    func count(_ subject: [UInt8], at now: Instant) throws {
        let stretch = now.milliseconds / Self.stretchMilliseconds
        let isOver = state.withLock { state in
            if state.stretch != stretch { state = State(stretch: stretch) }
            guard state.totals[subject, default: 0] < Self.formsAMinute else { return true }
            state.totals[subject, default: 0] += 1
            state.fresh[subject, default: 0] += 1
            return false
        }
        guard isOver else { return }
        let left = (stretch + 1) * Self.stretchMilliseconds - now.milliseconds
        throw ServiceError.tooMany(retryAfterSeconds: Int(left / 1000) + 1)
    }

    /// Adds what was counted here to the database and learns what others counted.
    func exchange(_ platform: Platform) async throws {
        let (stretch, fresh) = state.withLock { state in
            defer { state.fresh = [:] }
            return (state.stretch, state.fresh)
        }
        guard !fresh.isEmpty else { return }
        let totals: [[UInt8]: Int] = try await platform.database.write(.province) { tx in
            try RateRepository.forget(before: stretch - 1, in: tx)
            return try RateRepository.add(fresh, stretch: stretch, in: tx)
        }
        state.withLock { state in
            guard state.stretch == stretch else { return }
            for (subject, n) in totals { state.totals[subject] = n + state.fresh[subject, default: 0] }
        }
    }
}

/// Counts a form that a viewer sends.
public struct CountForm: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// Officers, who answer for what they do and may work through a list quickly, are not counted.
    public func callAsFunction(_ viewer: Viewer) throws {
        guard viewer.grants.isEmpty else { return }
        try platform.rates.count(
            platform.vault.lookupHash("rate.forms", viewer.person.description), at: platform.clock.real())
    }
}
