import Crypto
import CryptoExtras
import Foundation

/// The national exchange's signature and its wrapping of secrets, from the department's side. The product has its own.
enum ExchangeCryptography {
    /// The IV of deployments in CBC mode.
    private static let initialVector = Array("AESCBCPKCS5Paddi".utf8)

    /// base64(HMAC-SHA256(key, service + requester + time)), in that order.
    static func signature(key: String, service: String, requester: String, time: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Data((service + requester + time).utf8), using: SymmetricKey(data: Data(key.utf8)))
        return Data(code).base64EncodedString()
    }

    /// Whether a signature is right, in time that does not depend on where it is wrong.
    static func isSigned(_ signature: String, key: String, service: String, requester: String, time: String) -> Bool {
        guard let code = Data(base64Encoded: signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: Data((service + requester + time).utf8), using: SymmetricKey(data: Data(key.utf8)))
    }

    /// SHA1(SHA1(appkey)), the first sixteen bytes. What `SHA1PRNG` gave the first implementation, so everybody's key.
    static func wrappingKey(appkey: String) -> [UInt8] {
        let once = Data(Insecure.SHA1.hash(data: Data(appkey.utf8)))
        return Array(Insecure.SHA1.hash(data: once).prefix(16))
    }

    /// The secret as the exchange hands it out: AES-128 with PKCS#5 padding, base64.
    static func wrapped(secret: String, appkey: String, mode: SandboxSettings.SecretMode) throws -> String {
        let key = SymmetricKey(data: wrappingKey(appkey: appkey))
        switch mode {
        case .cbc:
            let vector = try AES._CBC.IV(ivBytes: initialVector)
            return try AES._CBC.encrypt(Data(secret.utf8), using: key, iv: vector).base64EncodedString()
        case .ecb:
            return try Data(electronicCodeBook(Array(secret.utf8), key: key)).base64EncodedString()
        }
    }

    /// Every block by itself, as some deployments do it.
    private static func electronicCodeBook(_ text: [UInt8], key: SymmetricKey) throws -> [UInt8] {
        let padding = 16 - text.count % 16
        let padded = text + Array(repeating: UInt8(padding), count: padding)
        return try stride(from: 0, to: padded.count, by: 16).flatMap { start in
            var block = Array(padded[start..<start + 16])
            try AES.permute(&block, key: key)
            return block
        }
    }
}
