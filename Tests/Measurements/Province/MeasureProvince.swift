import Enrollment
import Foundation
import Logging
import Protection
import Services
import Storage
import StorageDrivers
import Synchronization
import Tenancy

/// Looks at the province's numbers as its desk does, while applications come in and move: `--database`, `--tenants`,
/// `--writers`. Reads from standard input what to do next, a line each, and answers each with a line of JSON: `look N`
/// looks N times, a millisecond apart; `fold` reads the deltas without what is kept; `recount` compares with a count of
/// the applications while everything goes on; the end of the input ends it, with a last recount.
struct MeasureProvince: Sendable {
    private let address: String
    private let tenants: String
    private let writers: Int
    private let batch: Int

    struct Looks: Encodable {
        /// Of looking up twelve cubes, in microseconds.
        let median: Double
        let p99: Double
        let slowest: Double
        /// How far behind the numbers were when they were served, in milliseconds.
        let medianAge: Double
        let p99Age: Double
        let oldest: Double
        /// Applications taken in and moves made in each second meanwhile.
        let taken: Double
        let moved: Double
        let total: Int
    }

    struct Fold: Encodable {
        let milliseconds: Double
        let deltas: Int
    }

    struct End: Encodable {
        let applications: Int
        let deltas: Int
        let taken: Int
        let moved: Int
        let recounts: Int
        let wrong: Int
        let peakMegabytes: Double
    }

    init(_ options: Options) throws {
        address = try options.text("database")
        tenants = try options.text("tenants")
        writers = try options.number("writers", else: 2)
        batch = try options.number("batch", else: 32)
    }

    func run() async throws -> End {
        let database = try await PostgreSQLDatabase.open(try PostgreSQLSettings(address))
        let platform = try platform(database)
        let load = ProvinceLoad(database: database, tenants: platform.tenants().tenants.map(\.code), batch: batch)
        let lines = Self.lines()
        var (recounts, wrong) = (0, 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<writers { group.addTask { try await load.run(seed: UInt64(number + 1)) } }
            group.addTask { await platform.province.keepFresh(platform) { print("{\"failed\": \"\($0)\"}") } }
            group.addTask { await CompactCounters(platform, logger: Logger(label: "measure")).run() }
            for await line in lines {
                let words = line.split(separator: " ")
                switch words.first {
                case "look":
                    try Self.answer(await look(words.count > 1 ? Int(words[1]) ?? 1000 : 1000, platform, load))
                case "fold":
                    let begun = ContinuousClock.now
                    let folded = try await database.read(.province) {
                        try CounterRepository.fold(season: Measure.season, in: $0)
                    }
                    try Self.answer(
                        Fold(
                            milliseconds: (ContinuousClock.now - begun) / .milliseconds(1),
                            deltas: folded.values.reduce(0) { $0 + $1.rows }))
                case "recount":
                    let result = try await RecountCounters(platform)()
                    recounts += 1
                    wrong += result.differing.count
                    try Self.answer(result)
                default: throw OptionError(words: "look N, fold or recount")
                }
            }
            group.cancelAll()
            do { while try await group.next() != nil {} } catch is CancellationError {
                // The load was told to stop.
            }
        }
        let last = try await RecountCounters(platform)()
        let done = load.done
        try await database.close()
        return End(
            applications: last.applications, deltas: last.deltas, taken: done.taken, moved: done.moved,
            recounts: recounts + 1, wrong: wrong + last.differing.count, peakMegabytes: try Measure.peakMegabytes())
    }

    private func look(_ number: Int, _ platform: Platform, _ load: ProvinceLoad) async throws -> Looks {
        let read = ReadProvince(platform)
        let officer = try Self.officer(platform.tenants())
        // The first look after a while waits for a fold; a desk that is being looked at does not.
        _ = try await read(officer)
        var times: [Double] = []
        var ages: [Double] = []
        var total = 0
        let (begun, before) = (ContinuousClock.now, load.done)
        for _ in 0..<number {
            let start = ContinuousClock.now
            let numbers = try await read(officer)
            var sum = 0
            for cube in ProvinceNumbers.Cube.allCases { sum += numbers.counts(cube).values.reduce(0, +) }
            times.append((ContinuousClock.now - start) / .microseconds(1))
            guard sum == numbers.total * ProvinceNumbers.Cube.allCases.count else {
                throw OptionError(words: "cubes of one moment differ")
            }
            ages.append(Double(platform.clock.real().milliseconds - numbers.asOf.milliseconds))
            total = numbers.total
            try await Task.sleep(for: .milliseconds(1))
        }
        let (seconds, after) = ((ContinuousClock.now - begun) / .seconds(1), load.done)
        times.sort()
        ages.sort()
        return Looks(
            median: times[number / 2], p99: times[number * 99 / 100], slowest: times[number - 1],
            medianAge: ages[number / 2], p99Age: ages[number * 99 / 100], oldest: ages[number - 1],
            taken: Double(after.taken - before.taken) / seconds, moved: Double(after.moved - before.moved) / seconds,
            total: total)
    }

    private static func officer(_ registry: TenantRegistry) throws -> Viewer {
        guard let province = registry.provinceCode else { throw OptionError(words: "there are no tenants") }
        let grant = StaffGrant(
            id: StaffGrantID(from: .system), tenant: province, role: .provinceOfficer, from: Instant(milliseconds: 0),
            until: nil)
        return Viewer(
            person: PersonID(from: .system),
            identity: SignedInIdentity(
                subject: "sample", name: try PersonName("曾样例"),
                document: try PersonDocument(kind: .passport, number: "SAMPLE001"), phone: nil),
            csrf: "", grants: [grant])
    }

    private func platform(_ database: any Database) throws -> Platform {
        let clock = DemonstrationClock(aheadMilliseconds: 0)
        return Platform(
            database: database, vault: Vault(KeyRing.generate()), clock: clock.clock, random: .system,
            source: CredentialSource { _ in .unavailable(.connection) },
            identity: IdentityProvider(
                authorizationAddress: { _ in throw OptionError(words: "nobody signs in") },
                redeem: { _, _ in throw OptionError(words: "nobody signs in") }),
            changes: Changes(), settings: PlatformSettings(signInRedirectAddress: ""),
            registry: try TenantRegistry.load(directory: tenants, season: Measure.season), demonstrationClock: nil,
            background: Background { work in Task { await work() } })
    }

    private static func answer(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
    }

    /// Standard input, read by a thread of its own, because reading waits.
    private static func lines() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            while let line = readLine() { continuation.yield(line) }
            continuation.finish()
        }
        return stream
    }
}
