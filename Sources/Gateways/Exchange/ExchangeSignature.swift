import Enrollment
import Foundation
import Protection

/// The arithmetic of the national exchange: how calls are signed and how secrets are unwrapped.
enum ExchangeSignature {
    /// `base64(HMAC-SHA256(key, sid + rid + rtime))`, in that order.
    static func sign(key: [UInt8], service: String, requester: String, time: String) -> String {
        let message = Array((service + requester + time).utf8)
        return Data(ExchangePrimitives.hmacSHA256(key: key, message: message)).base64EncodedString()
    }

    /// The first 16 bytes of the SHA-1 of the SHA-1 of the appkey.
    static func wrappingKey(appkey: String) -> [UInt8] {
        Array(ExchangePrimitives.sha1(ExchangePrimitives.sha1(Array(appkey.utf8))).prefix(16))
    }

    /// Decrypts the secret of a refresh answer; nil when it does not decrypt under this appkey and mode.
    static func unwrap(_ base64: String, appkey: String, mode: ExchangeAccount.Mode) -> [UInt8]? {
        guard let sealed = Data(base64Encoded: base64) else { return nil }
        let plain = ExchangePrimitives.aes128Decrypt(
            Array(sealed), key: wrappingKey(appkey: appkey),
            mode: mode == .cbc ? .cbc(vector: Array("AESCBCPKCS5Paddi".utf8)) : .ecb)
        return plain?.isEmpty == true ? nil : plain
    }

    /// The four signed values by their wire names: headers of a query, body of a refresh.
    static func values(
        family: Connector.HeaderFamily, key: [UInt8], service: String, requester: String, at instant: Instant
    ) -> [String: String] {
        let time = String(instant.milliseconds)
        return [
            "\(family.rawValue)_rid": requester,
            "\(family.rawValue)_sid": service,
            "\(family.rawValue)_rtime": time,
            "\(family.rawValue)_sign": sign(key: key, service: service, requester: requester, time: time),
        ]
    }
}
