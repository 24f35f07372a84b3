import ArgumentParser
import Assembly
import Enrollment
import Foundation
import Sandbox
import Services

struct SeasonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "season", abstract: "一季：生成、重放、演示时间。A season: generate, replay, its clock.",
        subcommands: [GenerateCommand.self, ReplayCommand.self, ClockCommand.self])
}

struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "生成一季家庭与各部门的登记。Generates families and the registers they stand in.")

    @OptionGroup var common: CommonOptions
    @Option(help: "租户，可重复 Tenant code; may be repeated.") var tenant: [String] = ["430922"]
    @Option(help: "每个租户的家庭数 Families per tenant.") var families: Int = 2600
    @Option(help: "种子 Seed.") var seed: UInt64 = 2026
    @Option(help: "输出目录 Output folder.") var out: String

    func validate() throws {
        guard (1...600_000).contains(families) else { throw ValidationError("--families 1…600000") }
    }

    func run() async throws {
        let settings = try common.resolved()
        let wanted = Dictionary(tenant.map { (TenantCode(rawValue: $0), families) }, uniquingKeysWith: { first, _ in first })
        let manifest = try GenerateSeason(settings)(families: wanted, seed: seed, into: out)
        if common.json { return try Output.json(manifest) }
        Output.line("已生成 \(families * wanted.count) 户到 \(out)。Generated \(families * wanted.count) families into \(out).")
    }
}

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "让生成的家庭经门户报名，并与预期核对。Drives generated families through the portal and compares with the truth.")

    @Option(help: "一季的目录 Folder of the season.") var season: String
    @Option(help: "门户 The portal's address.") var portal: String = "http://127.0.0.1:8080"
    @Option(help: "模拟部门 The sandbox's address; departments are switched off and on there.") var sandbox: String?
    @Option(help: "同时进行的家庭数 Families at once.") var concurrency: Int = 16
    @Option(help: "只重放前 N 户 Only the first N families.") var limit: Int?
    @Flag(help: "截止后录取并答复 Then close the window, give the seats and answer.") var admit = false
    @Flag(help: "输出 JSON。Print JSON.") var json = false

    func run() async throws {
        let bar = ProgressBar()
        let report = try await ReplaySeason()(
            folder: season,
            replay: ReplaySettings(portal: portal, sandbox: sandbox, concurrency: concurrency, admits: admit),
            limit: limit
        ) { progress in
            bar.show(Self.words(progress.phase), done: progress.done, total: progress.total)
        }
        bar.end()
        if json { try Output.json(report) } else { Self.show(report) }
        if !report.isClean { throw ExitCode(1) }
    }

    private static func words(_ phase: ReplayProgress.Phase) -> String {
        switch phase {
        case .outage: "部门停机 Outage  "
        case .filing: "家庭报名 Filing  "
        case .reacting: "家庭处理 Repairs "
        case .reviewing: "人工审核 Reviews "
        case .admitting: "录取     Seats   "
        case .answering: "家庭确认 Answers "
        case .checking: "核对     Checks  "
        }
    }

    private static func show(_ report: ReplayReport) {
        Output.line("家庭 Families \(report.families)，孩子 children \(report.children)，已登记 filed \(report.filed)，每秒 \(report.familiesPerSecond.formatted(.number.precision(.fractionLength(1)))) 户 families/s")
        Output.line("状态 States:")
        for (state, count) in report.states.sorted(by: { $0.key < $1.key }) { Output.line("  \(state)  \(count)") }
        Output.line("类别 Categories:")
        for (category, count) in report.categories.sorted(by: { $0.key < $1.key }) { Output.line("  \(category)  \(count)") }
        if let latency = report.verificationOverLatency {
            Output.line("核验超出部门用时 Verification over the departments' own time: 中位数 median \(Int(latency.median)) ms, p95 \(Int(latency.p95)) ms")
        }
        if let placements = report.placements {
            Output.line("录取 placed \(placements.placed)，待统筹 without a seat \(placements.unplaced)，放弃 released \(placements.released)")
            for (school, count) in placements.perSchool.sorted(by: { $0.key < $1.key }) { Output.line("  \(school)  \(count)") }
        }
        for failure in report.failures.prefix(20) {
            Output.line("中断 Stopped: \(failure.who) \(failure.phase) \(failure.cause) \(failure.path)")
        }
        for difference in report.disagreements.prefix(40) {
            Output.line(
                "不符 Disagreement: \(difference.receipt) \(difference.kind.rawValue) \(difference.field): expected \(difference.expected), got \(difference.got)")
        }
        Output.line(
            report.isClean
                ? "与预期完全一致。No disagreement with the truth."
                : "不符 \(report.disagreements.count) 处，中断 \(report.failures.count) 处。\(report.disagreements.count) disagreements, \(report.failures.count) stopped.")
    }
}

struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "移动演示时间。Moves a demonstration's time.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "时间，如 2026-07-25T09:00:00+08:00 An instant.") var instant: String

    func run() async throws {
        guard let instant = Instant(instant) else { throw ValidationError("时间写作 2026-07-25T09:00:00+08:00") }
        try await common.withInstallation { installation in
            try await MoveDemonstrationClock(installation.platform)(to: instant)
        }
        if common.json { return try Output.json(["business_clock": instant.text]) }
        Output.line("演示时间现在是 \(instant.text)。The demonstration's time is now \(instant.text).")
    }
}
