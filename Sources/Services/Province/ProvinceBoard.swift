import Enrollment
import Storage
import Synchronization
import Tenancy

/// The province's numbers as this process keeps them: folded in the background while somebody looks at them, so that
/// looking costs no query; never more than a second behind what is on disk.
public final class ProvinceBoard: Sendable {
    private struct State {
        var numbers: ProvinceNumbers?
        var foldedAt: ContinuousClock.Instant?
        var lookedAt: ContinuousClock.Instant?
        /// How long the last fold took.
        var took = Duration.zero
        var isFolding = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// How old what is served may be.
    static let oldest = Duration.milliseconds(1000)
    /// Between two folds in the background, when they are quick.
    static let longestPause = Duration.milliseconds(400)
    static let shortestPause = Duration.milliseconds(50)
    /// For how long after the last look the background goes on folding.
    static let interest = Duration.seconds(30)

    private let state = Mutex(State())

    public init() {}

    /// The numbers, at most a second old. Waits for a fold only when nobody has looked for a while.
    func numbers(_ platform: Platform) async throws -> ProvinceNumbers {
        while true {
            let kept: ProvinceNumbers? = state.withLock { state in
                let now = ContinuousClock.now
                state.lookedAt = now
                guard let foldedAt = state.foldedAt, now - foldedAt <= Self.oldest else { return nil }
                return state.numbers
            }
            if let kept { return kept }
            try Task.checkCancellation()
            try await fold(platform)
        }
    }

    /// Folds while somebody looks, until its task is cancelled.
    /// - Parameter failed: is told of what went wrong; the next fold is tried in any case.
    public func keepFresh(_ platform: Platform, failed: @Sendable (any Error) -> Void) async {
        // A sleep that was cancelled ends it.
        while (try? await Task.sleep(for: pause)) != nil {
            let isWatched = state.withLock { state in
                state.lookedAt.map { ContinuousClock.now - $0 < Self.interest } ?? false
            }
            guard isWatched else { continue }
            do { try await fold(platform) } catch is CancellationError { return } catch { failed(error) }
        }
    }

    /// Numbers are as old as the pause and two folds when the next ones come: slow folds follow each other at once.
    private var pause: Duration {
        let took = state.withLock { $0.took }
        return max(Self.shortestPause, min(Self.longestPause, Self.oldest - .milliseconds(200) - took * 2))
    }

    /// Folds, or waits for the fold that somebody else began: one at a time.
    private func fold(_ platform: Platform) async throws {
        let isMine = state.withLock { state in
            defer { state.isFolding = true }
            return !state.isFolding
        }
        guard isMine else {
            await withCheckedContinuation { waiting in
                let isOver = state.withLock { state in
                    if state.isFolding { state.waiting.append(waiting) }
                    return !state.isFolding
                }
                if isOver { waiting.resume() }
            }
            return
        }
        // The fold shows what was committed before it began, so that is its age.
        let begun = ContinuousClock.now
        let folded: Result<ProvinceNumbers, any Error>
        do { folded = .success(try await Self.read(platform)) } catch { folded = .failure(error) }
        let waiting = state.withLock { state in
            if case .success(let numbers) = folded {
                state.numbers = numbers
                state.foldedAt = begun
                state.took = .now - begun
            }
            state.isFolding = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
        _ = try folded.get()
    }

    private static func read(_ platform: Platform) async throws -> ProvinceNumbers {
        let season = platform.season
        let registry = platform.tenants()
        let cities = Dictionary(registry.listings.map { ($0.code, $0.city) }, uniquingKeysWith: { first, _ in first })
        let (asOf, businessAsOf) = (platform.clock.real(), platform.clock.business())
        let folded = try await platform.database.read(.province) { try CounterRepository.fold(season: season, in: $0) }
            .filter { !$0.key.isReserved }
        return ProvinceNumbers(
            folded, season: season, asOf: asOf, businessAsOf: businessAsOf, city: { cities[$0] })
    }
}
