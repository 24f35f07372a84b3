/// The platform's account at a data exchange, as its settings file (mode 0600) says.
public struct ExchangeAccount: Hashable, Sendable, Codable, CustomStringConvertible {
    /// How the exchange encrypts the secrets it hands out; deployments differ.
    public enum Mode: String, Sendable, Codable {
        /// AES/CBC/PKCS5 with the exchange's fixed initialisation vector.
        case cbc
        case ecb
    }

    /// The exchange's address, without a slash at the end: `https://exchange.example`.
    public let address: String
    /// The requester's id (`…_rid`).
    public let requester: String
    public let appkey: String
    public let mode: Mode

    public init(address: String, requester: String, appkey: String, mode: Mode) {
        self.address = address
        self.requester = requester
        self.appkey = appkey
        self.mode = mode
    }

    /// Where the account is and whose it is; never the key.
    public var description: String { "\(requester) at \(address)" }
}
