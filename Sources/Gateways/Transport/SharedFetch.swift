/// Lets one caller at a time fetch a thing that many want, and gives the others what it got.
actor SharedFetch<Key: Hashable & Sendable, Value: Sendable> {
    private typealias Outcome = Result<Value, GatewayError>
    private var waiting: [Key: [CheckedContinuation<Outcome?, Never>]] = [:]

    /// Fetches, or waits for the fetch under way for the same key. The first caller's failure is everybody's failure,
    /// except its cancellation: then another caller fetches.
    func value(
        for key: Key, fetch: @Sendable () async throws(GatewayError) -> Value
    ) async throws(GatewayError) -> Value {
        while waiting[key] != nil {
            let outcome = await withCheckedContinuation { waiting[key, default: []].append($0) }
            if let outcome { return try outcome.get() }
        }
        waiting[key] = []
        let outcome: Outcome
        do { outcome = .success(try await fetch()) } catch { outcome = .failure(error) }
        let shared: Outcome?
        if case .failure(.transport(.cancelled)) = outcome { shared = nil } else { shared = outcome }
        for follower in waiting.removeValue(forKey: key) ?? [] { follower.resume(returning: shared) }
        return try outcome.get()
    }
}
