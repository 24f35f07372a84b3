import Enrollment
import Synchronization

/// The exchange's memory of the secrets that it handed out, by requester and service.
///
/// Several are good at once: a requester of several processes refreshes in each.
final class SecretBook: Sendable {
    private struct Owner: Hashable {
        let requester: String
        let service: String
    }

    private struct Secret {
        let value: String
        let ends: Instant
    }

    /// How many secrets of one owner are remembered; an older one is forgotten before its time.
    private static let remembered = 16

    private let secrets = Mutex<[Owner: [Secret]]>([:])
    private let lifetime: Duration
    private let random: RandomSource

    init(lifetime: Duration, random: RandomSource) {
        self.lifetime = lifetime
        self.random = random
    }

    /// Makes a secret and tells when it ends.
    func issue(requester: String, service: String, now: Instant) -> (value: String, ends: Instant) {
        let secret = Secret(value: random.hexadecimal(16), ends: now.adding(lifetime))
        secrets.withLock {
            let living = ($0[Owner(requester: requester, service: service)] ?? []).filter { $0.ends > now }
            $0[Owner(requester: requester, service: service)] = living.suffix(Self.remembered - 1) + [secret]
        }
        return (secret.value, secret.ends)
    }

    /// Whether a call is signed with a secret that has not ended.
    func accepts(signature: String, requester: String, service: String, time: String, now: Instant) -> Bool {
        let living = secrets.withLock { $0[Owner(requester: requester, service: service)] ?? [] }
        return living.contains {
            $0.ends > now
                && ExchangeCryptography.isSigned(
                    signature, key: $0.value, service: service, requester: requester, time: time)
        }
    }
}
