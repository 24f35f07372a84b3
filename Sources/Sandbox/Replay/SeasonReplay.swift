public import Enrollment

/// Drives a generated season through the portal as families and officers would, and holds what comes out against the
/// truth.
///
/// Each person has a browser of its own that follows links, fills forms and keeps cookies; beside pages, only the JSON
/// that says where an application stands is read. The sandbox's control interface switches a department off for a
/// short part of the season.
public struct SeasonReplay: Sendable {
    let settings: ReplaySettings
    let families: [GeneratedFamily]
    let manifest: SeasonManifest
    let exchange: ReplayExchange
    let progress: @Sendable (ReplayProgress) -> Void
    let clock: Clock
    let ledger = ReplayLedger()
    let traffic = ReplayTraffic()
    let browsers: [ReplayBrowser]
    let pace: ReplayPace

    /// - Parameters:
    ///   - families: those to replay; all of `families.json` or a part of it.
    ///   - exchange: carries one request and follows no redirect.
    ///   - progress: called once for every family or case that is done; from one task at a time.
    ///   - clock: its real time measures rates.
    public init(
        settings: ReplaySettings, families: [GeneratedFamily], manifest: SeasonManifest,
        exchange: @escaping ReplayExchange, progress: @escaping @Sendable (ReplayProgress) -> Void = { _ in },
        clock: Clock
    ) {
        self.settings = settings
        self.families = families
        self.manifest = manifest
        self.exchange = exchange
        self.progress = progress
        self.clock = clock
        let portals = ReplayPortals(settings.portals)
        let traffic = traffic
        browsers = families.indices.map { index in
            ReplayBrowser(
                portals: portals, firstTurn: index, patience: settings.patience, traffic: traffic, exchange: exchange)
        }
        pace = ReplayPace(limit: settings.patience)
    }

    /// The families in the order in which they come: those of one tenant as they were generated, those of several mixed,
    /// as a province's families come, and the same for the same season.
    public static func ordered(_ families: [GeneratedFamily], of manifest: SeasonManifest) -> [GeneratedFamily] {
        guard manifest.tenants.count > 1 else { return families }
        var random = SeasonRandom(seed: manifest.seed, stream: "arrivals")
        return random.shuffled(families)
    }

    /// Replays the season. A family whose application is there from an earlier replay goes on with it, so that a replay
    /// that was stopped can be started again, and reviews and seats can be a replay of their own; how such an application
    /// got where it is, is not checked.
    /// - Throws: only when it is cancelled, or when the sandbox's departments or the clock cannot be switched; whatever
    ///   goes wrong with a family or an officer stands in the report.
    public func run() async throws -> ReplayReport {
        var report = ReplayReport()
        report.families = families.count
        report.children = families.reduce(0) { $0 + $1.children.count }
        report.kinds = Dictionary(families.map { ($0.kind.rawValue, 1) }, uniquingKeysWith: +)
        let latency = try await departmentLatency()

        try await healDepartments()
        let waves = ReplayWave.all(families, manifest)
        var plainFamilies = 0
        for wave in waves {
            try await open(wave, of: waves.count)
            let interrupted = Set(try await familiesForOutages(wave.families))
            let plain = wave.families.filter { !interrupted.contains($0) }
            plainFamilies += plain.count
            try await timed(.outage, &report) { try await outages(interrupted.sorted()) }
            try await timed(.filing, &report) { try await forEach(.filing, plain) { try await file($0) } }
            try await timed(.reacting, &report) {
                try await forEach(.reacting, wave.families) { try await react($0) }
            }
            try await timed(.reviewing, &report) { try await review(wave) }
        }
        if let seconds = report.secondsByPhase[ReplayProgress.Phase.filing.rawValue], seconds > 0 {
            report.familiesPerSecond = Double(plainFamilies) / seconds
        }
        try await timed(.checking, &report) { try await readAll() }
        try await countAtDesks(&report)
        await check(&report, latency: latency)
        if settings.admits {
            try await timed(.admitting, &report) { try await admit() }
            try await timed(.answering, &report) { try await answerOffers() }
            await checkAdmission(&report)
        }
        let children = await ledger.children
        report.filed = children.count
        report.states = Dictionary(
            children.compactMap { $0.reading.map { ($0.state.rawValue, 1) } }, uniquingKeysWith: +)
        report.categories = Dictionary(
            children.compactMap { $0.reading.map { ($0.category?.rawValue ?? "none", 1) } }, uniquingKeysWith: +)
        report.failures = await ledger.failures
        report.traffic = traffic.report
        report.submissions = traffic.submissions
        return report
    }

    /// A family at its browser.
    func family(_ index: Int) -> FamilyReplay {
        FamilyReplay(family: families[index], browser: browsers[index], pace: pace, traffic: traffic)
    }

    /// A browser of somebody who is no family.
    func browser(firstTurn: Int = 0) -> ReplayBrowser {
        ReplayBrowser(
            portals: ReplayPortals(settings.portals), firstTurn: firstTurn, patience: settings.patience,
            traffic: traffic, exchange: exchange)
    }

    /// Runs something for every item, so many at once, and tells how far it is.
    func forEach<Item: Sendable>(
        _ phase: ReplayProgress.Phase, _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Void
    ) async throws {
        let count = ReplayCount(phase, total: items.count, progress)
        await count.begin()
        try await forEach(items, atOnce: settings.concurrency) { item in
            try await body(item)
            await count.step()
        }
    }

    /// Runs something for every item, so many at once.
    func forEach<Item: Sendable>(
        _ items: [Item], atOnce limit: Int, _ body: @escaping @Sendable (Item) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var rest = items.makeIterator()
            for _ in 0..<max(1, limit) {
                guard let item = rest.next() else { break }
                group.addTask { try await body(item) }
            }
            while try await group.next() != nil {
                guard let item = rest.next() else { continue }
                group.addTask { try await body(item) }
            }
        }
    }

    /// Runs one person's part; what stops it goes into the report.
    func attempt(_ who: String, _ phase: ReplayProgress.Phase, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as ReplayFailure {
            await ledger.fail(
                ReplayReport.Failure(who: who, phase: phase.rawValue, cause: failure.word, path: failure.path))
        }
    }

    private func timed(
        _ phase: ReplayProgress.Phase, _ report: inout ReplayReport, _ body: () async throws -> Void
    ) async throws {
        let start = clock.real().milliseconds
        try await body()
        report.secondsByPhase[phase.rawValue, default: 0] += Double(clock.real().milliseconds - start) / 1000
    }
}
