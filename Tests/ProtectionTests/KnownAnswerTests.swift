import Testing

@testable import Protection

/// Published answers, so that sealed data and hashes mean the same in any other implementation.
@Suite struct KnownAnswerTests {
    @Test("AES-256-GCM gives the published ciphertexts (McGrew and Viega, test cases 14 and 16)")
    func gcm() throws {
        let zero = try AES256GCM.seal(
            [UInt8](repeating: 0, count: 16), key: testKey(0), nonce: [UInt8](repeating: 0, count: 12),
            authenticating: [])
        #expect(Hex.encode(zero.dropFirst(12)) == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")

        let key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
        let plain = bytes(
            """
            d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
            1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
            """)
        let sealed = try AES256GCM.seal(
            plain, key: SecretBytes(key), nonce: bytes("cafebabefacedbaddecaf888"),
            authenticating: bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
        #expect(
            Hex.encode(sealed.dropFirst(12)) == """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662\
                76fc6ece0f4e1768cddf8853bb2d551b
                """)
    }

    @Test("SM4 encrypts the example block of GM/T 0002 (appendix A.1)")
    func sm4Block() throws {
        let block = bytes("0123456789abcdeffedcba9876543210")
        let context = try CipherContext(.sm4ECB, .encrypt, key: SecretBytes(block), nonce: [])
        #expect(Hex.encode(try context.update(block)) == "681edf34d206965e86b3e94f536e4246")
    }

    @Test("SM4 in counter mode gives the published ciphertext (draft-ribose-cfrg-sm4, A.2.5.1)")
    func sm4Counter() throws {
        let plain = ["aa", "bb", "cc", "dd", "ee", "ff", "aa", "bb"].map { String(repeating: $0, count: 8) }.joined()
        let context = try CipherContext(
            .sm4CTR, .encrypt, key: SecretBytes(bytes("0123456789abcdeffedcba9876543210")),
            nonce: bytes("000102030405060708090a0b0c0d0e0f"))
        #expect(
            Hex.encode(try context.update(bytes(plain))) == """
                ac3236cb970cc20791364c395a1342d1a3cbc1878c6f30cd074cce385cdd70c7\
                f234bc0e24c11980fd1286310ce37b926e02fcd0faa0baf38b2933851d824514
                """)
    }

    @Test(
        "HMAC-SHA-256 gives the answers of RFC 4231",
        arguments: [
            (
                String(repeating: "0b", count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                "4a656665", "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                String(repeating: "aa", count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmac(key: String, message: String, answer: String) {
        #expect(Hex.encode(hmacSHA256(key: bytes(key), message: Array(message.utf8))) == answer)
        #expect(Hex.encode(hmacSHA256(key: SecretBytes(bytes(key)), message: Array(message.utf8))) == answer)
    }

    @Test("SM3 gives the digests of GM/T 0004 (appendix A)")
    func sm3() {
        #expect(
            Hex.encode(Digest.sm3(Array("abc".utf8)))
                == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        #expect(
            Hex.encode(Digest.sm3(Array(String(repeating: "abcd", count: 16).utf8)))
                == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
    }

    @Test("HMAC-SM3 is RFC 2104's construction over SM3")
    func hmacSM3Construction() {
        let key = [UInt8](1...32)
        let message = Array("桃江县".utf8)
        let padded = key + [UInt8](repeating: 0, count: 32)
        let inner = Digest.sm3(padded.map { $0 ^ 0x36 } + message)
        #expect(hmacSM3(key: SecretBytes(key), message: message) == Digest.sm3(padded.map { $0 ^ 0x5c } + inner))
    }

    @Test("SHA-256 gives the digests of FIPS 180-4")
    func sha256() {
        #expect(
            Hex.encode(Digest.sha256(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Hex.encode(Digest.sha256([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
