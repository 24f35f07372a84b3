import Crypto
import CryptoExtras
import Enrollment
import Foundation

/// The requester's side of the exchange, written for the tests from the published description.
struct ExchangeCaller: Sendable {
    let sandbox: RunningSandbox
    var requester = RunningSandbox.requester
    var appkey = RunningSandbox.appkey
    var family = "gjgxjhpt"

    struct NoSecret: Error {}

    func sign(_ key: String, _ service: String, _ time: String) -> String {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: Data(key.utf8)))
        for part in [service, requester, time] { hmac.update(data: Data(part.utf8)) }
        return Data(hmac.finalize()).base64EncodedString()
    }

    /// The four signed values.
    func values(_ key: String, _ service: String, time: String? = nil) -> [String: String] {
        let time = time ?? String(sandbox.clock.now.milliseconds)
        return [
            "\(family)_rid": requester, "\(family)_sid": service, "\(family)_rtime": time,
            "\(family)_sign": sign(key, service, time),
        ]
    }

    func refresh(_ service: String, time: String? = nil) async throws -> PlainClient.Reply {
        let body = try JSONEncoder().encode(values(appkey, service, time: time))
        return try await sandbox.client.send(
            "POST", sandbox.address + "/auth/refresh", headers: ["Content-Type": "application/json"],
            body: String(decoding: body, as: UTF8.self))
    }

    /// Refreshes and decrypts (CBC).
    func secret(_ service: String) async throws -> String {
        let reply = try await refresh(service)
        guard let data = reply.json["data"] as? [String: Any], let text = data["secret"] as? String,
            let wrapped = Data(base64Encoded: text)
        else { throw NoSecret() }
        let inner = Data(Insecure.SHA1.hash(data: Data(appkey.utf8)))
        let key = SymmetricKey(data: Data(Insecure.SHA1.hash(data: inner)).prefix(16))
        let plain = try AES._CBC.decrypt(wrapped, using: key, iv: .init(ivBytes: Array("AESCBCPKCS5Paddi".utf8)))
        return String(decoding: plain, as: UTF8.self)
    }

    func query(
        _ path: String, _ service: String, secret: String, time: String? = nil, _ fields: [String: String]
    ) async throws -> PlainClient.Reply {
        var headers = values(secret, service, time: time)
        headers["Content-Type"] = "application/json"
        let body = String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
        return try await sandbox.client.send("POST", sandbox.address + path, headers: headers, body: body)
    }

    /// Asks the household register, the usual question of these tests.
    func household(_ secret: String, number: String, name: String, time: String? = nil) async throws
        -> PlainClient.Reply
    {
        try await query(
            "/public-security/household", "s_household", secret: secret, time: time,
            Self.question(["gmsfhm": number, "xm": name]))
    }

    static func question(_ subject: [String: String]) -> [String: String] {
        subject.merging(["sqmd": "enrollment", "sqjg": "430922", "czr": "worker-1"]) { own, _ in own }
    }
}
