/// How the sandbox is served and whom it knows. Secrets come from the caller's settings file, never from here.
public struct SandboxSettings: Sendable {
    /// How a deployment of the exchange encrypts the secrets that it hands out.
    public enum SecretMode: String, Sendable, Codable, CaseIterable { case cbc, ecb }

    /// The address to listen on. Only the machine itself should reach the sandbox.
    public var host: String
    /// 0 takes a free port, told to the `onRunning` of ``sandboxApplication(settings:registers:identities:connectors:clock:random:logger:onRunning:)``.
    public var port: Int
    /// Requester (`…_rid`) to appkey.
    public var requesters: [String: String]
    public var secretMode: SecretMode
    /// How long a secret of the exchange is good for.
    public var secretLifetime: Duration
    /// The one OpenID Connect client.
    public var clientID: String
    public var clientSecret: String
    /// Addresses that a sign-in may return to. One on 127.0.0.1 or localhost without a port allows every port there
    /// (RFC 8252, 7.3).
    public var redirectAddresses: [String]
    /// The provider's issuer; nil is `http://host:port`.
    public var issuer: String?
    /// How long a healthy department takes, give or take the jitter.
    public var latencyMilliseconds: Int
    public var jitterMilliseconds: Int

    public init(
        host: String = "127.0.0.1", port: Int = 0, requesters: [String: String], secretMode: SecretMode = .cbc,
        secretLifetime: Duration = .seconds(30 * 60), clientID: String = "ruxue", clientSecret: String,
        redirectAddresses: [String], issuer: String? = nil, latencyMilliseconds: Int = 40, jitterMilliseconds: Int = 20
    ) {
        self.host = host
        self.port = port
        self.requesters = requesters
        self.secretMode = secretMode
        self.secretLifetime = secretLifetime
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.redirectAddresses = redirectAddresses
        self.issuer = issuer
        self.latencyMilliseconds = latencyMilliseconds
        self.jitterMilliseconds = jitterMilliseconds
    }
}
