public import Enrollment
import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore
import Synchronization

/// Builds the sandbox: the departments under one exchange address, the identity provider, and their control page.
///
/// The sample people are always there; registers and identities of season folders come on top.
/// - Parameters:
///   - connectors: whose service ids, paths and header families the departments answer to; a credential that no
///     department keeps is left out.
///   - clock: its real time is what secrets, codes and signed times are judged by.
///   - onRunning: called with the port once the server listens.
public func sandboxApplication(
    settings: SandboxSettings, registers: RegisterBook = RegisterBook(), identities: [SandboxIdentity] = [],
    connectors: [Connector], clock: Clock, random: RandomSource = .system, logger: Logger = Logger(label: "sandbox"),
    onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) async -> some ApplicationProtocol {
    var book = SamplePeople.registers
    book.merge(registers)
    let departments = Department.all(RegisterIndex(book))
    let served = connectors.filter { departments[$0.credential] != nil }
    let controls = DepartmentControls(
        credentials: served.map(\.credential),
        healthy: DepartmentBehaviour(
            latencyMilliseconds: settings.latencyMilliseconds, jitterMilliseconds: settings.jitterMilliseconds))
    let port = BoundPort(settings.port)
    let issuer: @Sendable () -> String = { settings.issuer ?? "http://\(settings.host):\(port.value)" }

    let router = Router(context: SandboxRequestContext.self)
    DepartmentRoutes(
        settings: settings, connectors: served, departments: departments, controls: controls,
        secrets: SecretBook(lifetime: settings.secretLifetime, random: random), clock: clock, random: random
    ).add(to: router)
    ControlRoutes(connectors: served, controls: controls).add(to: router)
    IdentityProviderRoutes(
        settings: settings, directory: IdentityDirectory(samples: SamplePeople.identities, season: identities),
        grants: GrantBook(random: random), signer: await IDTokenSigner(random: random), clock: clock, issuer: issuer
    ).add(to: router)
    router.get(RouterPath(SandboxPage.styleAddress)) { _, _ in
        Response(
            status: .ok, headers: [.contentType: "text/css; charset=utf-8", .cacheControl: "max-age=300"],
            body: .init(byteBuffer: ByteBuffer(string: SandboxPage.style)))
    }
    for address in ["/healthz", "/readyz"] { router.get(RouterPath(address)) { _, _ in HTTPResponse.Status.ok } }

    return Application(
        router: router, configuration: .init(address: .hostname(settings.host, port: settings.port)),
        onServerRunning: { channel in
            if let bound = channel.localAddress?.port { port.value = bound }
            await onRunning(port.value)
        }, logger: logger)
}

/// The port that the server was given; 0 asks for any.
private final class BoundPort: Sendable {
    private let port: Mutex<Int>

    init(_ port: Int) { self.port = Mutex(port) }

    var value: Int {
        get { port.withLock { $0 } }
        set { port.withLock { $0 = newValue } }
    }
}
