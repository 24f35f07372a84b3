import ArgumentParser
import Assembly

struct SeasonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "season", abstract: "一季：打开、关闭、生成、重放、演示时间。A season: open, close, generate, replay, its clock.",
        subcommands: [
            OpenCommand.self, CloseCommand.self, GenerateCommand.self, ReplayCommand.self, ClockCommand.self,
        ])
}

struct OpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "打开一季：建立当年的分区。Opens a season: makes its partitions.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "年份 The season's year.") var season: Int

    func validate() throws {
        guard (2020...2100).contains(season) else { throw ValidationError("2020…2100") }
    }

    func run() async throws {
        try Output.show(try await DatabaseCommands(try common.resolved()).openSeason(season), json: common.json)
    }
}

struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "关闭一季：还有孩子没有着落时拒绝。Closes a season; refuses while a child is without a final state.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "年份 The season's year.") var season: Int

    func validate() throws {
        guard (2020...2100).contains(season) else { throw ValidationError("2020…2100") }
    }

    func run() async throws {
        try Output.show(try await DatabaseCommands(try common.resolved()).closeSeason(season), json: common.json)
    }
}

struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "生成一季家庭与各部门的登记。Generates families and the registers they stand in.")

    @OptionGroup var common: CommonOptions
    @Option(help: "租户，可重复 Tenant code; may be repeated. (430922)") var tenant: [String] = []
    @Flag(help: "所有招生的租户 All tenants that enroll.") var allTenants = false
    @Option(help: "家庭数：每个租户，或 --all-tenants 的总数 Families: of each tenant, or in all with --all-tenants.")
    var families: Int = 2600
    @Option(help: "全省时一个租户的倍数 With --all-tenants, one tenant with several times its share: CODE:FACTOR or none.")
    var skew: String = "430922:7"
    @Option(help: "种子 Seed.") var seed: UInt64 = 2026
    @Option(help: "输出目录 Output folder.") var out: String

    func validate() throws {
        guard (1...600_000).contains(families) else { throw ValidationError("--families 1…600000") }
        guard tenant.isEmpty || !allTenants else { throw ValidationError("--tenant / --all-tenants") }
    }

    func run() async throws {
        let bar = ProgressBar()
        let answer = try SeasonCommands(try common.resolved()).generate(
            allTenants
                ? .all(families: families, skew: skew)
                : .each(tenant.isEmpty ? ["430922"] : tenant, families: families),
            seed: seed, into: out
        ) { bar.show($0, done: $1, total: $2) }
        bar.end()
        try Output.show(answer, json: common.json)
    }
}

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "让生成的家庭经门户报名，并与预期核对。Drives generated families through the portal and compares with the truth.")

    @OptionGroup var common: CommonOptions
    @Option(help: "门户，可重复 The portal's address; repeated, processes of one portal that share --public-address.")
    var portal: [String] = ["http://127.0.0.1:8080"]
    @Option(help: "模拟部门 The sandbox's address; departments are switched off and on there.") var sandbox: String?
    @Option(help: "同时进行的家庭数 Families at once.") var concurrency: Int = 16
    @Option(help: "只重放前 N 户 Only the first N families.") var limit: Int?
    @Option(help: "一份登记最多等几秒 Seconds that an application may take to settle.") var patience: Int = 600
    @Flag(help: "截止后录取并答复 Then close the window, give the seats and answer.") var admit = false

    func validate() throws {
        guard (1...10_000).contains(concurrency) else { throw ValidationError("--concurrency 1…10000") }
        guard (1...86_400).contains(patience) else { throw ValidationError("--patience 1…86400") }
        guard !portal.isEmpty else { throw ValidationError("--portal") }
    }

    func run() async throws {
        var replay = SeasonCommands.Replay(portals: portal, sandbox: sandbox)
        replay.concurrency = concurrency
        replay.limit = limit
        replay.admits = admit
        replay.patienceSeconds = patience
        let bar = ProgressBar()
        let answer = try await SeasonCommands(try common.resolved()).replay(replay) { label, done, total in
            bar.show(label, done: done, total: total)
        }
        bar.end()
        try Output.show(answer, json: common.json)
    }
}

struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "移动演示时间。Moves a demonstration's time.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "时间，如 2026-07-25T09:00:00+08:00 An instant.") var instant: String

    func run() async throws {
        try Output.show(try await OfficeCommands(try common.resolved()).moveClock(to: instant), json: common.json)
    }
}
