import Crypto
import Enrollment
import Foundation
import Synchronization

/// The provider's memory of codes and access tokens. A code is good once and for sixty seconds; one that comes a second
/// time takes back the token that it gave (RFC 6749, 4.1.2).
final class GrantBook: Sendable {
    /// What a code or a token stands for.
    struct Grant: Sendable {
        let subject: String
        let clientID: String
        let redirectAddress: String
        let challenge: String
        let nonce: String?
    }

    private struct Code {
        let grant: Grant
        let ends: Instant
        var token: String?
        var isUsed = false
    }

    private struct Token {
        let subject: String
        let ends: Instant
    }

    private struct Memory {
        var codes: [String: Code] = [:]
        var tokens: [String: Token] = [:]
        var issued = 0

        /// Forgets what ended, now and then.
        mutating func sweep(_ now: Instant) {
            issued += 1
            guard issued.isMultiple(of: 1024) else { return }
            codes = codes.filter { $0.value.ends > now }
            tokens = tokens.filter { $0.value.ends > now }
        }
    }

    static let codeLifetime: Duration = .seconds(60)
    static let tokenLifetime: Duration = .seconds(600)

    private let memory = Mutex(Memory())
    private let random: RandomSource

    init(random: RandomSource) { self.random = random }

    /// A new code.
    func code(for grant: Grant, now: Instant) -> String {
        let code = random.base64URL(24)
        memory.withLock {
            $0.sweep(now)
            $0.codes[code] = Code(grant: grant, ends: now.adding(Self.codeLifetime))
        }
        return code
    }

    /// Exchanges a code for a token; nil when the code is unknown, used or ended, or when client, address or verifier
    /// are not those of the authorization. A code that was tried with the wrong things is used up.
    func redeem(
        code: String, clientID: String, redirectAddress: String, verifier: String, now: Instant
    ) -> (grant: Grant, token: String)? {
        let token = random.base64URL(24)
        let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64URLText
        return memory.withLock { memory in
            guard let found = memory.codes[code] else { return nil }
            guard !found.isUsed else {
                if let token = found.token { memory.tokens[token] = nil }
                return nil
            }
            memory.codes[code]?.isUsed = true
            guard found.ends > now, found.grant.clientID == clientID, found.grant.challenge == challenge,
                found.grant.redirectAddress == redirectAddress
            else { return nil }
            memory.codes[code]?.token = token
            memory.tokens[token] = Token(subject: found.grant.subject, ends: now.adding(Self.tokenLifetime))
            return (found.grant, token)
        }
    }

    /// Whose token this is; nil when it is unknown, taken back or ended.
    func subject(ofToken token: String, now: Instant) -> String? {
        memory.withLock { $0.tokens[token].flatMap { $0.ends > now ? $0.subject : nil } }
    }
}
