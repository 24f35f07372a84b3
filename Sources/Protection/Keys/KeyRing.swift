public import Foundation

/// An installation's keys, 32 bytes each, one for each use.
public struct KeyRing: Sendable, Equatable {
    /// Wraps the data keys; changed by wrapping them anew.
    public let master: SecretBytes
    /// Keyed hashes for look-ups; fixed within a season.
    public let lookup: SecretBytes
    /// Hashes of session tokens, and the seal of a sign-in under way.
    public let token: SecretBytes
    /// Draw tickets: pseudonyms that nobody can compute from a child's data.
    public let ticket: SecretBytes

    public init(master: SecretBytes, lookup: SecretBytes, token: SecretBytes, ticket: SecretBytes) {
        self.master = master
        self.lookup = lookup
        self.token = token
        self.ticket = ticket
    }

    /// Draws fresh keys.
    public static func generate() -> KeyRing {
        KeyRing(master: .random(), lookup: .random(), token: .random(), ticket: .random())
    }

    /// The key file's text: one JSON object of hexadecimal keys.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try encoder.encode(
            Form(
                format: Self.format, master: Hex.encode(master.revealed()), lookup: Hex.encode(lookup.revealed()),
                token: Hex.encode(token.revealed()), ticket: Hex.encode(ticket.revealed())))
    }

    /// Reads what ``encoded()`` wrote; nil for anything else, a key of another length included.
    public init?(decoding data: Data) {
        // Why the text does not parse is not asked: the decoder's error could quote a key.
        guard let form = try? JSONDecoder().decode(Form.self, from: data), form.format == Self.format,
            let master = Self.key(form.master), let lookup = Self.key(form.lookup), let token = Self.key(form.token),
            let ticket = Self.key(form.ticket)
        else { return nil }
        self.init(master: master, lookup: lookup, token: token, ticket: ticket)
    }

    private static let format = "ruxue-keys-1"

    private static func key(_ text: String) -> SecretBytes? {
        guard var bytes = Hex.decode(text), bytes.count == 32 else { return nil }
        return SecretBytes(wiping: &bytes)
    }

    private struct Form: Codable {
        let format: String
        let master: String
        let lookup: String
        let token: String
        let ticket: String
    }
}
