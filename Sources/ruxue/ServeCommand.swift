import ArgumentParser
import Assembly

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "启动门户。Serves the portal.")

    @OptionGroup var common: CommonOptions
    @Option(help: "监听地址 Address to listen on. (RUXUE_HOST, 127.0.0.1)") var host: String?
    @Option(help: "端口 Port. (RUXUE_PORT, 8080)") var port: String?
    @Option(help: "公开网址 Public address. (RUXUE_PUBLIC_ADDRESS)") var publicAddress: String?
    @Option(help: "演示时间 Start of a demonstration's time, such as 2026-07-06T09:00:00+08:00.") var businessClock: String?
    @Option(help: "部门无应答时首次重试的毫秒数 First pause before a silent source is asked again.") var retryMilliseconds: String?
    @Flag(help: "只提供页面，由 ruxue work 核验。Serve pages only; ruxue work checks.") var noWorker = false

    func run() async throws {
        let settings = try common.resolved([
            "host": host, "port": port, "public-address": publicAddress, "business-clock": businessClock,
            "retry-milliseconds": retryMilliseconds,
        ])
        let installation = try await Installation.open(settings, asksOutside: true)
        let json = common.json
        try await Serve(installation, works: !noWorker) { port in
            let address = settings.publicAddress ?? "http://\(settings.host):\(port)"
            Output.line(json ? "{\"address\":\"\(address)\"}" : "门户已就绪 The portal is served at \(address)/")
        }.run()
    }
}

struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "只做核验，不提供页面。Checks credentials, serves no pages.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let installation = try await Installation.open(try common.resolved(), asksOutside: true)
        try await Serve(installation, works: true, serves: false).run()
    }
}

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "启动模拟部门与统一身份认证。Serves stand-in departments and sign-in.",
        subcommands: [SandboxServeCommand.self, SandboxPeopleCommand.self], defaultSubcommand: SandboxServeCommand.self)
}

struct SandboxServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "启动。Serves them.")

    @OptionGroup var common: CommonOptions
    @Option(help: "监听地址 Address to listen on. (RUXUE_HOST, 127.0.0.1)") var host: String?
    @Option(help: "端口 Port. (8090)") var port: String = "8090"
    @Option(help: "门户网址 The portal's address.") var portal: String = "http://127.0.0.1:8080"
    @Option(help: "部门应答的毫秒数 Milliseconds a department takes.") var latency: Int = 40

    func run() async throws {
        let settings = try common.resolved(["host": host, "port": port])
        let json = common.json
        try await RunSandbox(settings, portal: portal, latencyMilliseconds: latency) { port in
            let address = "http://\(settings.host):\(port)"
            Output.line(
                json ? "{\"address\":\"\(address)\"}" : "模拟部门已就绪 The stand-ins are served at \(address)/control/")
        }.run()
    }
}

struct SandboxPeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "列出样例人员。Lists the sample people.")

    @Flag(help: "输出 JSON。Print JSON.") var json = false

    func run() throws { try Output.show(RunSandbox.people(), json: json) }
}
