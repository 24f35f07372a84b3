import Foundation
import Storage
import Testing

@Suite("Every repository's function, on both databases, among neighbours", .timeLimit(.minutes(5)))
struct CatalogueTests {
    @Test("each public function of a repository has a probe, and each probe a function")
    func complete() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Storage")
            .standardizedFileURL
        let functions = try RepositoryFunctions.all(under: sources)
        #expect(functions.count > 70, "the functions are no longer found")
        let probed = Set(Probe.all.map(\.function))
        for missing in functions.subtracting(probed).sorted() {
            Issue.record("\(missing) has no probe in Tests/StorageTests/Isolation/Probes")
        }
        for stale in probed.subtracting(functions).sorted() { Issue.record("\(stale) is probed and does not exist") }
        let names = Probe.all.map(\.name)
        #expect(Set(names).count == names.count, "two probes have one name")
    }

    @Test("in its scopes a call gives the same everywhere; in all others nothing exists", arguments: Driver.allCases)
    func scopes(driver: Driver) async throws {
        try await Planted.run(driver) { database in
            for probe in Probe.all {
                let expected = try await probe.run(on: database)
                if case .thrown(.notFound) = expected { Issue.record("\(probe.name) does not work in \(probe.scope)") }
                for scope in Planted.scopes {
                    let outcome = try await probe.run(on: database, in: scope)
                    if probe.works(in: scope) {
                        #expect(
                            outcome == expected || (!probe.isAlike && !Self.refused(outcome)),
                            "\(probe.name) in \(scope)")
                    } else if !Self.refused(outcome) {
                        Issue.record("\(probe.name) works in \(scope): \(outcome)")
                    }
                }
            }
        }
    }

    private static func refused(_ outcome: Probe.Outcome) -> Bool {
        switch outcome {
        case .thrown(.notFound), .thrown(.outsideScope): true
        default: false
        }
    }

    /// Calls after which the databases differ, and why they may.
    private static let differing: [String: String] = [:]

    @Test("both databases answer each call alike, and are left with the same rows")
    func alike() async throws {
        var seen: [Driver: [String: (outcome: Probe.Outcome, rows: Set<String>)]] = [:]
        for driver in Driver.allCases {
            seen[driver] = try await Planted.run(driver) { database in
                let dump = try await Dump(database)
                let planted = try await database.write(.province) { try dump.rows(in: $0) }
                #expect(planted.count == Planted.rows.count)
                var seen: [String: (outcome: Probe.Outcome, rows: Set<String>)] = [:]
                for probe in Probe.all {
                    let (outcome, rows) = try await probe.run(on: database) { tx, outcome -> Set<String> in
                        // After an error PostgreSQL takes no further statement; nothing was written then.
                        if case .thrown = outcome { return [] }
                        return try dump.rows(in: tx)
                    }
                    seen[probe.name] = (outcome: outcome, rows: rows)
                }
                return seen
            }
        }
        for probe in Probe.all {
            guard let one = seen[.sqlite]?[probe.name], let other = seen[.postgresql]?[probe.name] else { continue }
            #expect(one.outcome == other.outcome, "\(probe.name)")
            let difference = one.rows.symmetricDifference(other.rows)
            #expect(difference.isEmpty == (Self.differing[probe.name] == nil), "\(probe.name)")
        }
    }
}
