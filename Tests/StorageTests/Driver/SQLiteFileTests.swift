import Foundation
import Storage
import StorageDrivers
import Testing

/// What happens on disk.
@Suite struct SQLiteFileTests {
    /// A directory for one test, which removes it.
    private func withDirectory(_ body: (URL) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "ruxue-test-\(UUID().uuidString)")
        defer {
            // A leftover directory in the temporary folder is no reason to fail.
            try? FileManager.default.removeItem(at: directory)
        }
        try await body(directory)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("commits are on disk: the writer's connection says synchronous = FULL, write-ahead log, foreign keys")
    func durable() async throws {
        let database = try await SQLiteDatabase.temporary()
        let settings = try await database.write(.queue) { tx in
            [
                try tx.row("PRAGMA synchronous")?.value("synchronous"),
                try tx.row("PRAGMA journal_mode")?.value("journal_mode"),
                try tx.row("PRAGMA foreign_keys")?.value("foreign_keys"),
                try tx.row("PRAGMA secure_delete")?.value("secure_delete"),
                try tx.row("PRAGMA busy_timeout")?.value("timeout"),
            ]
        }
        #expect(settings == [.integer(2), .text("wal"), .integer(1), .integer(1), .integer(5_000)])
        try await database.close()
    }

    @Test("a write holds the write lock from its first moment, so that it cannot fail between reading and writing")
    func immediate() async throws {
        try await withDirectory { directory in
            let path = directory.appending(path: "a.sqlite").path
            let (first, second) = (try await SQLiteDatabase.open(path: path), try await SQLiteDatabase.open(path: path))
            try await first.write(.migration) { tx in try tx.execute("CREATE TABLE n (v INTEGER) STRICT") }
            try await first.write(.queue) { tx in try tx.execute("INSERT INTO n VALUES (0)") }
            // Two pools stand for two processes: SQLite's locks, not the pool's queue, keep them apart.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for database in [first, second] {
                    group.addTask {
                        for _ in 0..<25 {
                            try await database.write(.queue) { tx in
                                let v = try tx.row("SELECT v FROM n")?.int("v") ?? -1
                                try tx.execute("UPDATE n SET v = \(v + 1)")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await second.read(.queue) { tx in try tx.row("SELECT v FROM n")?.int("v") } == 50)
            try await first.close()
            try await second.close()
        }
    }

    @Test("what was written is there when the file is opened again")
    func reopened() async throws {
        try await withDirectory { directory in
            let path = directory.appending(path: "deep/er/a.sqlite").path
            let first = try await SQLiteDatabase.open(path: path)
            try await first.write(.migration) { tx in
                try tx.batch(["CREATE TABLE n (v TEXT) STRICT", "INSERT INTO n VALUES ('there')"])
            }
            try await first.close()
            let second = try await SQLiteDatabase.open(path: path)
            #expect(try await second.read(.queue) { tx in try tx.row("SELECT v FROM n")?.text("v") } == "there")
            try await second.close()
        }
    }

    @Test("the database, its log and its directory are for the owner alone, also when an older file was not")
    func permissions() async throws {
        try await withDirectory { directory in
            let path = directory.appending(path: "a.sqlite").path
            let first = try await SQLiteDatabase.open(path: path)
            try await first.write(.migration) { tx in try tx.execute("CREATE TABLE n (v TEXT) STRICT") }
            #expect(try mode(directory.path) == 0o700)
            for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600) }
            try await first.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            let second = try await SQLiteDatabase.open(path: path)
            for suffix in ["", "-wal", "-shm"] { #expect(try mode(path + suffix) == 0o600) }
            try await second.close()
        }
    }

    @Test("a file that is no database is called damaged and is left as it is")
    func garbage() async throws {
        try await withDirectory { directory in
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            let file = directory.appending(path: "a.sqlite")
            let content = Data(repeating: 65, count: 8_192)
            try content.write(to: file)
            await #expect(throws: StorageError.corrupted) { try await SQLiteDatabase.open(path: file.path) }
            #expect(try Data(contentsOf: file) == content)
        }
    }

    @Test("an erased value is not to be found in the file after a checkpoint")
    func erased() async throws {
        try await withDirectory { directory in
            let path = directory.appending(path: "a.sqlite").path
            let key = [UInt8]((0..<64).map { UInt8(200 - $0) })
            let database = try await SQLiteDatabase.open(path: path)
            try await database.write(.migration) { tx in
                try tx.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, data_key BLOB) STRICT")
                try tx.execute("INSERT INTO person VALUES (1, \(key)), (2, NULL)")
            }
            try await database.write(.queue) { tx in try tx.execute("DELETE FROM person WHERE id = 1") }
            // The last connection to close carries the log over into the file and removes it.
            try await database.close()
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).firstRange(of: Data(key)) == nil)
        }
    }
}
