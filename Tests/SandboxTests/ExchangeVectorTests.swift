import Foundation
import Testing

@testable import Sandbox

@Suite struct ExchangeVectorTests {
    struct Vectors: Decodable {
        struct Vector: Decodable {
            let appkey, aes_key_hex, secret, secret_cbc, secret_ecb, sign_with_appkey, sign_with_secret: String
        }
        let sid, rid, rtime: String
        let vectors: [Vector]
    }

    @Test("the departments sign, wrap and recognise what the published vectors say")
    func vectors() throws {
        let file = try #require(
            Bundle.module.url(forResource: "exchange_vectors", withExtension: "json", subdirectory: "Fixtures"))
        let all = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        #expect(all.vectors.count == 2)
        for vector in all.vectors {
            let key = ExchangeCryptography.wrappingKey(appkey: vector.appkey)
            #expect(key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == vector.aes_key_hex)
            for (mode, expected) in [(SandboxSettings.SecretMode.cbc, vector.secret_cbc), (.ecb, vector.secret_ecb)] {
                let wrapped = try ExchangeCryptography.wrapped(
                    secret: vector.secret, appkey: vector.appkey, mode: mode)
                #expect(wrapped == expected)
            }
            for (key, expected) in [
                (vector.appkey, vector.sign_with_appkey), (vector.secret, vector.sign_with_secret),
            ] {
                let signature = ExchangeCryptography.signature(
                    key: key, service: all.sid, requester: all.rid, time: all.rtime)
                #expect(signature == expected)
                #expect(
                    ExchangeCryptography.isSigned(
                        expected, key: key, service: all.sid, requester: all.rid, time: all.rtime))
                #expect(
                    !ExchangeCryptography.isSigned(
                        expected, key: key, service: all.rid, requester: all.sid, time: all.rtime))
            }
        }
    }
}
