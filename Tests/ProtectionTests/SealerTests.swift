import Protection
import Testing

@Suite struct SealerTests {
    @Test("what was sealed opens again, whatever its length", arguments: SealingSuite.allCases)
    func roundTrip(suite: SealingSuite) throws {
        let sealer = Sealer(suite: suite, key: testKey())
        for count in [0, 1, 15, 16, 17, 1_000, 100_000] {
            let plain = randomBytes(count)
            #expect(try sealer.open(sealer.seal(plain, context: "a"), context: "a") == plain)
        }
    }

    @Test("no sealed value repeats, not even of the same text", arguments: SealingSuite.allCases)
    func fresh(suite: SealingSuite) throws {
        let sealer = Sealer(suite: suite, key: testKey())
        let all = try (0..<200).map { _ in try sealer.seal([1, 2, 3], context: "a") }
        #expect(Set(all).count == 200)
    }

    @Test("any flipped bit, cut or added byte keeps a value shut", arguments: SealingSuite.allCases)
    func tamper(suite: SealingSuite) throws {
        let sealer = Sealer(suite: suite, key: testKey())
        let sealed = try sealer.seal(Array("样例·一".utf8), context: "person.identity:1")
        for index in sealed.indices {
            for bit in 0..<8 {
                var changed = sealed
                changed[index] ^= 1 << bit
                #expect(throws: ProtectionError.self) {
                    try sealer.open(changed, context: "person.identity:1")
                }
            }
        }
        for count in 0..<sealed.count {
            #expect(throws: ProtectionError.self) {
                try sealer.open(Array(sealed.prefix(count)), context: "person.identity:1")
            }
        }
        #expect(throws: ProtectionError.authentication) {
            try sealer.open(sealed + [0], context: "person.identity:1")
        }
    }

    @Test("a value moved to another row, or met with another key, does not open", arguments: SealingSuite.allCases)
    func place(suite: SealingSuite) throws {
        let sealed = try Sealer(suite: suite, key: testKey(1)).seal([9], context: "person.identity:1")
        #expect(throws: ProtectionError.authentication) {
            try Sealer(suite: suite, key: testKey(1)).open(sealed, context: "person.identity:2")
        }
        #expect(throws: ProtectionError.authentication) {
            try Sealer(suite: suite, key: testKey(2)).open(sealed, context: "person.identity:1")
        }
    }

    @Test("after a change of suite the old values still open")
    func changeOfSuite() throws {
        let old = try Sealer(suite: .aes256GCM_SHA256, key: testKey()).seal([1, 2], context: "a")
        #expect(old.first == 1)
        #expect(try Sealer(suite: .sm4CTR_HMACSM3, key: testKey()).open(old, context: "a") == [1, 2])
    }

    @Test("a suite from the future and a key of the wrong length are named as such")
    func named() {
        let sealer = Sealer(suite: .aes256GCM_SHA256, key: testKey())
        #expect(throws: ProtectionError.unknownSuite) {
            try sealer.open([99] + randomBytes(60), context: "a")
        }
        #expect(throws: ProtectionError.malformed) { try sealer.open([], context: "a") }
        #expect(throws: ProtectionError.keyLength) {
            try Sealer(suite: .aes256GCM_SHA256, key: .random(16)).seal([], context: "a")
        }
    }

    @Test("a data key wrapped under the master key comes back the same")
    func wrap() throws {
        let master = Sealer(suite: .aes256GCM_SHA256, key: .random())
        let dataKey = SecretBytes.random()
        let wrapped = try master.wrap(dataKey, context: "person.data_key:1")
        #expect(try master.unwrap(wrapped, context: "person.data_key:1") == dataKey)
    }
}
