import Foundation

/// A checked authorization request (OpenID Connect Core, 3.1.2.1; PKCE, RFC 7636).
struct AuthorizationRequest: Sendable {
    enum Problem: Error, Sendable {
        /// The client or the return address is not known: nothing may be sent there.
        case untrusted(String)
        /// The client made a mistake and is told so at its return address.
        case invalid(returnTo: String)
    }

    let clientID: String
    let redirectAddress: String
    let scope: String
    let state: String?
    let nonce: String?
    /// base64url(SHA-256(verifier)).
    let challenge: String
    let locales: String?

    init(_ fields: FormFields, settings: SandboxSettings) throws(Problem) {
        guard let clientID = fields["client_id"], clientID == settings.clientID else { throw .untrusted("client_id") }
        guard let address = fields["redirect_uri"], Self.isRegistered(address, in: settings.redirectAddresses) else {
            throw .untrusted("redirect_uri")
        }
        let state = fields["state"]
        func invalid(_ code: String) -> Problem {
            .invalid(
                returnTo: Self.address(address, adding: [(name: "error", value: code), (name: "state", value: state)]))
        }
        guard fields["response_type"] == "code" else { throw invalid("unsupported_response_type") }
        guard let scope = fields["scope"], scope.split(separator: " ").contains("openid") else {
            throw invalid("invalid_scope")
        }
        guard fields["code_challenge_method"] == "S256", let challenge = fields["code_challenge"],
            challenge.count == 43
        else { throw invalid("invalid_request") }
        self.clientID = clientID
        redirectAddress = address
        self.scope = scope
        self.state = state
        nonce = fields["nonce"]
        self.challenge = challenge
        locales = fields["ui_locales"]
    }

    /// The request again as fields, to be carried through the page's forms.
    var fields: [(name: String, value: String?)] {
        [
            (name: "client_id", value: clientID), (name: "redirect_uri", value: redirectAddress),
            (name: "response_type", value: "code"), (name: "scope", value: scope), (name: "state", value: state),
            (name: "nonce", value: nonce), (name: "code_challenge", value: challenge),
            (name: "code_challenge_method", value: "S256"), (name: "ui_locales", value: locales),
        ]
    }

    /// Where the browser goes with a code.
    func returnAddress(code: String) -> String {
        Self.address(redirectAddress, adding: [(name: "code", value: code), (name: "state", value: state)])
    }

    private static func address(_ address: String, adding fields: [(name: String, value: String?)]) -> String {
        address + (address.contains("?") ? "&" : "?") + FormFields.encoded(fields)
    }

    /// Letter by letter, but for the port of an address on the machine itself (RFC 8252, 7.3).
    private static func isRegistered(_ address: String, in registered: [String]) -> Bool {
        if registered.contains(address) { return true }
        guard var parts = URLComponents(string: address), parts.scheme == "http", parts.user == nil,
            parts.fragment == nil, parts.host == "127.0.0.1" || parts.host == "localhost", parts.port != nil
        else { return false }
        parts.port = nil
        return parts.string.map(registered.contains) ?? false
    }
}
