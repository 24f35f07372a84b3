import Enrollment
import Foundation
import Testing

@testable import Gateways

@Suite("The exchange's arithmetic")
struct ExchangeSignatureTests {
    @Test("keys, secrets in both modes and signatures are those of the published vectors")
    func vectors() throws {
        let sheet = try ExchangeVectors.load()
        #expect(sheet.vectors.count == 2)
        for vector in sheet.vectors {
            let key = ExchangeSignature.wrappingKey(appkey: vector.appkey)
            #expect(key.map { String(format: "%02x", $0) }.joined() == vector.aes_key_hex)
            let secret = Array(vector.secret.utf8)
            #expect(ExchangeSignature.unwrap(vector.secret_cbc, appkey: vector.appkey, mode: .cbc) == secret)
            #expect(ExchangeSignature.unwrap(vector.secret_ecb, appkey: vector.appkey, mode: .ecb) == secret)
            for (key, expected) in [(vector.appkey, vector.sign_with_appkey), (vector.secret, vector.sign_with_secret)]
            {
                #expect(
                    ExchangeSignature.sign(
                        key: Array(key.utf8), service: sheet.sid, requester: sheet.rid, time: sheet.rtime) == expected)
            }
        }
    }

    @Test("a secret for another appkey, cut short or not base64 is no secret")
    func wrongSecrets() throws {
        let sheet = try ExchangeVectors.load()
        let vector = sheet.vectors[0]
        for wrapped in [sheet.vectors[1].secret_cbc, String(vector.secret_cbc.dropLast(8)), "", "***"] {
            #expect(ExchangeSignature.unwrap(wrapped, appkey: vector.appkey, mode: .cbc) == nil)
        }
    }

    @Test("an account is read from its settings and never prints its key")
    func account() throws {
        let json = #"{"address":"http://127.0.0.1:1","requester":"r","appkey":"not to be seen","mode":"ecb"}"#
        let account = try JSONDecoder().decode(ExchangeAccount.self, from: Data(json.utf8))
        #expect(account.mode == .ecb && account.appkey == "not to be seen")
        #expect("\(account)" == "r at http://127.0.0.1:1")
    }
}

struct ExchangeVectors: Decodable {
    struct Vector: Decodable {
        let appkey, aes_key_hex, secret, secret_cbc, secret_ecb, sign_with_appkey, sign_with_secret: String
    }

    let sid, rid, rtime: String
    let vectors: [Vector]

    static func load() throws -> ExchangeVectors {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/exchange_vectors.json")
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }
}
