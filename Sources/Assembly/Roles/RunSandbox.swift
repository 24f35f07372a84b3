import Enrollment
import Foundation
import Gateways
import Hummingbird
import Logging
import Protection
import Sandbox
import ServiceLifecycle
import Tenancy
import UnixSignals

/// The stand-in departments and identity provider, in a process of their own.
public struct RunSandbox: Sendable {
    let settings: Settings
    let portal: String
    let latencyMilliseconds: Int
    let onRunning: @Sendable (_ port: Int) async -> Void

    /// - Parameter portal: the portal's public address, to which signed-in browsers are sent back.
    public init(
        _ settings: Settings, portal: String, latencyMilliseconds: Int,
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.settings = settings
        self.portal = portal
        self.latencyMilliseconds = latencyMilliseconds
        self.onRunning = onRunning
    }

    /// Runs until it is stopped. Writes the accounts with which `serve` reaches it, once its port is known.
    public func run() async throws {
        let directory = try DataDirectory(settings.dataDirectory)
        let connectors = try Installation.loadTenants(settings).connectors
        let secrets = Secrets()
        var registers = RegisterBook()
        var identities: [SandboxIdentity] = []
        if let season = settings.seasonDirectory {
            let folder = URL(fileURLWithPath: season, isDirectory: true)
            registers = try RegisterBook.load(from: folder)
            identities = try SandboxIdentity.load(from: folder)
        }
        var sandbox = SandboxSettings(
            port: settings.port, requesters: [secrets.requester: secrets.appkey], secretMode: .cbc,
            clientID: secrets.clientID, clientSecret: secrets.clientSecret,
            redirectAddresses: [portal + "/sign-in/callback", "http://127.0.0.1/sign-in/callback"])
        sandbox.host = settings.host
        sandbox.latencyMilliseconds = latencyMilliseconds
        sandbox.jitterMilliseconds = latencyMilliseconds / 2
        let logger = settings.logger("sandbox")
        let host = settings.host
        let onRunning = onRunning
        let application = await sandboxApplication(
            settings: sandbox, registers: registers, identities: identities, connectors: connectors,
            clock: Installation.realClock, random: RandomSource { randomBytes($0) }, logger: logger,
            onRunning: { port in
                do {
                    try secrets.write(to: directory, address: "http://\(host):\(port)")
                    await onRunning(port)
                } catch {
                    logger.critical("the accounts could not be written", metadata: ["error": "\(error)"])
                }
            })
        try await runServices([.init(service: application)], on: settings, logger: logger)
    }

    /// Who the sample people are, one line each.
    public static func people() -> CommandAnswer {
        let people = SamplePeople.identities
        var lines: [String] = []
        for group in [SandboxIdentity.Group.family, .officer] {
            lines.append(group == .family ? "家庭 Families" : "工作人员 Officers")
            for person in people where person.group == group {
                lines.append("  \(person.name)  \(person.label?.zh ?? "")")
                if let english = person.label?.en { lines.append("      \(english)") }
            }
        }
        return CommandAnswer(lines, json: people)
    }
}

/// Fresh for every run of the sandbox; kept in files that only their owner may read.
private struct Secrets: Sendable {
    let requester = "ruxue-demonstration"
    let appkey = Hex.encode(randomBytes(16))
    let clientID = "ruxue"
    let clientSecret = Hex.encode(randomBytes(24))

    func write(to directory: DataDirectory, address: String) throws {
        try directory.writeSecret(
            ExchangeAccount(address: address, requester: requester, appkey: appkey, mode: .cbc),
            to: directory.exchangeAccount)
        try directory.writeSecret(
            OpenIDSettings(issuer: address, clientID: clientID, clientSecret: clientSecret),
            to: directory.signInAccount)
    }
}
