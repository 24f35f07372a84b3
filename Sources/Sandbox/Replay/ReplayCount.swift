/// Tells how far a phase is while several tasks work on it.
actor ReplayCount {
    private let phase: ReplayProgress.Phase
    private var total: Int
    private var done = 0
    private let progress: @Sendable (ReplayProgress) -> Void

    /// - Parameter total: how many are expected; it grows when there are more.
    init(_ phase: ReplayProgress.Phase, total: Int, _ progress: @escaping @Sendable (ReplayProgress) -> Void) {
        self.phase = phase
        self.total = total
        self.progress = progress
    }

    func begin() { if total > 0 { tell() } }

    func step() {
        done += 1
        total = max(total, done)
        tell()
    }

    private func tell() { progress(ReplayProgress(phase: phase, done: done, total: total)) }
}
