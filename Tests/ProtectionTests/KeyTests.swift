import Foundation
import Protection
import Testing

@Suite struct KeyTests {
    /// Runs a body with a fresh directory and removes it afterwards.
    private func withDirectory(_ body: (URL) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "ruxue-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer {
            // A leftover directory in the temporary folder is no reason to fail.
            try? FileManager.default.removeItem(at: directory)
        }
        try body(directory)
    }

    @Test("a new key file belongs to its owner alone and gives the same keys ever after")
    func create() throws {
        try withDirectory { directory in
            let path = directory.appending(path: "keys.json").path
            let made = try KeyFile.loadOrCreate(path, createIfMissing: true)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try KeyFile.load(path) == made)
            #expect(try KeyFile.loadOrCreate(path, createIfMissing: false) == made)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["keys.json"])
            #expect(Set([made.master, made.lookup, made.token, made.ticket].map { $0.revealed() }).count == 4)
        }
    }

    @Test("processes that make the key file at once all end with the same keys")
    func race() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "ruxue-keys-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let path = directory.appending(path: "keys.json").path
        let rings = try await withThrowingTaskGroup(of: KeyRing.self) { group in
            for _ in 0..<20 { group.addTask { try KeyFile.loadOrCreate(path, createIfMissing: true) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(rings.allSatisfy { $0 == rings[0] })
        try FileManager.default.removeItem(at: directory)
    }

    @Test(
        "a key file that others may read is refused, with the command that mends it", arguments: [0o640, 0o604, 0o660])
    func permissions(mode: Int) throws {
        try withDirectory { directory in
            let path = directory.appending(path: "keys.json").path
            _ = try KeyFile.loadOrCreate(path, createIfMissing: true)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let error = try #require(throws: ProtectionError.self) { try KeyFile.load(path) }
            #expect(error.code == "keyFile.permissions")
            #expect("\(error)".contains("chmod 600 '\(path)'"))
        }
    }

    @Test("a missing key file beside existing data is an error that says so, and no file is made")
    func missing() throws {
        try withDirectory { directory in
            let path = directory.appending(path: "keys.json").path
            let error = try #require(throws: ProtectionError.self) {
                try KeyFile.loadOrCreate(path, createIfMissing: false)
            }
            #expect(error.code == "keyFile.missing")
            #expect("\(error)".contains("opens only with the keys"))
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("a cut or foreign file is not taken for keys and not replaced", arguments: ["", "{}", "{\"format\":", "密钥"])
    func malformed(text: String) throws {
        try withDirectory { directory in
            let path = directory.appending(path: "keys.json").path
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect(throws: ProtectionError.keyFileMalformed(path: path)) {
                try KeyFile.loadOrCreate(path, createIfMissing: true)
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(text.utf8))
        }
    }

    @Test("a directory that does not exist is named in the error")
    func noDirectory() throws {
        try withDirectory { directory in
            let path = directory.appending(path: "none/keys.json").path
            let error = try #require(throws: ProtectionError.self) {
                try KeyFile.loadOrCreate(path, createIfMissing: true)
            }
            #expect(error.code == "keyFile.unusable")
            #expect("\(error)".contains(path))
        }
    }

    @Test("a secret never prints itself, in no way Swift has of printing")
    func printing() {
        let secret = SecretBytes(Array("open sesame".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: Optional(secret)), dumped] {
            #expect(!text.contains("sesame") && !text.contains("111"))
        }
        var ring = ""
        dump(KeyRing(master: secret, lookup: secret, token: secret, ticket: secret), to: &ring)
        #expect(!ring.contains("111"))
    }

    @Test("secrets are equal when their bytes are; the array a secret was taken from is empty")
    func equality() {
        var source: [UInt8] = [1, 2, 3]
        #expect(SecretBytes(wiping: &source) == SecretBytes([1, 2, 3]))
        #expect(source.isEmpty)
        #expect(SecretBytes([1, 2, 3]) != SecretBytes([1, 2, 4]))
        #expect(SecretBytes([1, 2, 3]) != SecretBytes([1, 2]))
        #expect(SecretBytes([]) == SecretBytes([]))
    }
}
