/// How patiently states are read: soon at first, then less and less often, never for ever. A province's queue may be long:
/// families who wait must not take the time that it needs.
struct ReplayPace: Sendable {
    let limit: Duration
    private static let first: Duration = .milliseconds(10)
    private static let longest: Duration = .seconds(2)

    /// Asks until there is an answer.
    /// - Parameter ask: the answer, or nil and the state that stands in its way.
    func poll<Answer: Sendable>(
        path: String, _ ask: () async throws -> (answer: Answer?, state: String)
    ) async throws -> Answer {
        let end = ContinuousClock.now.advanced(by: limit)
        var wait = Self.first
        while true {
            let (answer, state) = try await ask()
            if let answer { return answer }
            guard ContinuousClock.now < end else { throw ReplayFailure(cause: .unsettled(state), path: path) }
            try await Task.sleep(for: wait)
            wait = min(wait * 2, Self.longest)
        }
    }
}
