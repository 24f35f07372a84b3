import Enrollment

/// Families whose counties register in the same days: they are replayed together, while the clock stands there.
struct ReplayWave: Sendable {
    /// Positions in the replay's list.
    let families: [Int]
    /// A day inside the window; nil where the season does not say.
    let day: CivilDate?

    /// The waves of a season, the earliest window first.
    static func all(_ families: [GeneratedFamily], _ manifest: SeasonManifest) -> [ReplayWave] {
        let windows = Dictionary(
            manifest.tenants.map { ($0.code, Window($0)) }, uniquingKeysWith: { first, _ in first })
        let groups = Dictionary(grouping: families.indices) { windows[families[$0].tenant] ?? Window() }
        return groups.sorted { $0.key < $1.key }.map { ReplayWave(families: $0.value.sorted(), day: $0.key.day) }
    }

    private struct Window: Hashable, Comparable {
        var opens: CivilDate?
        var closes: CivilDate?

        init() {}

        init(_ part: SeasonManifest.TenantPart) {
            opens = part.opens
            closes = part.closes
        }

        /// Some days after it opens, when a window is at its busiest.
        var day: CivilDate? {
            guard let opens, let closes else { return nil }
            return opens.adding(days: min(5, (closes.dayNumber - opens.dayNumber) / 2))
        }

        private var order: [Int] { [opens?.dayNumber ?? 0, closes?.dayNumber ?? 0] }

        static func < (left: Window, right: Window) -> Bool { left.order.lexicographicallyPrecedes(right.order) }
    }
}
