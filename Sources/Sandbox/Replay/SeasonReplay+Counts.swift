import Enrollment

/// Holds the desks' own counts against what families were told, tenant by tenant.
extension SeasonReplay {
    /// A desk's counts, of which a replay reads the states.
    private struct Counts: Decodable, Sendable {
        let byState: [ReplayState: Int]

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            byState = try Dictionary(
                uniqueKeysWithValues: ReplayState.allCases.map { state in
                    (state, try values.decodeIfPresent(Int.self, forKey: Key(stringValue: state.rawValue)) ?? 0)
                })
        }

        private struct Key: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
    }

    /// Counts may be a moment behind what families see.
    private static let longestLag: Duration = .seconds(5)

    /// Asks each tenant's first reviewer how many applications there are, after families have read theirs.
    func countAtDesks(_ report: inout ReplayReport) async throws {
        let tenants = tenants(of: Array(families.indices))
        guard let any = tenants.first else { return }
        let desks = try await desks(
            tenants.map { officers(of: $0).firstReviewer }, .checking, next: "/county/\(any)")
        var counts = ReplayReport.DeskCounts()
        for tenant in tenants {
            let officer = officers(of: tenant).firstReviewer
            guard let desk = desks[officer] else { continue }
            let own = await ledger.children(of: tenant).compactMap(\.reading?.state)
            let expected = Dictionary(own.map { ($0, 1) }, uniquingKeysWith: +)
            counts.own += own.count
            try await attempt(officer, .checking) {
                let path = "/api/v1/county/\(tenant)/counts"
                let end = ContinuousClock.now.advanced(by: min(settings.patience, Self.longestLag))
                let counted = try await pace.poll(path: path) { () -> (answer: Counts?, state: String) in
                    let counts: Counts = try await desk.decoded(path)
                    let isWhole = expected.allSatisfy { counts.byState[$0.key] ?? 0 >= $0.value }
                    return (isWhole || ContinuousClock.now >= end ? counts : nil, "counts")
                }
                counts.atDesks += counted.byState.values.reduce(0, +)
                for (state, count) in expected where counted.byState[state] ?? 0 < count {
                    counts.missing["\(tenant)/\(state.rawValue)"] = count - (counted.byState[state] ?? 0)
                }
            }
        }
        report.counts = counts
    }
}
